use proptest::prelude::*;

use super::*;
use crate::index::column::{Blocks, ClassSets, EndSets, PLANES, PackedColumn, Row, kind};

/// Longest common subsequence by the textbook table.
fn common_by_table(query: &[u8], form: &[u8], relates: impl Fn(u8, u8) -> bool) -> usize {
    let mut row = vec![0_usize; form.len() + 1];
    for &q in query {
        let mut diagonal = 0;
        for (j, &f) in form.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if relates(q, f) { (diagonal + 1).max(above).max(row[j]) } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[form.len()]
}

/// Symbols of one kind are one to the kernels, and those of kind 0 match nothing.
fn relates(a: u8, b: u8) -> bool {
    kind(a) == kind(b) && kind(a) != 0
}

fn found_by_scan(query: &[u8], forms: &[Vec<u8>], classes: &[u64], needed: &[Needed], threads: Threads) -> Vec<Candidate> {
    found_by(kernel::Path::fastest(), query, forms, classes, needed, threads)
}

/// What the scan finds where a block's level is the place of its highest class, or none where that lacks.
fn found_by(path: kernel::Path, query: &[u8], forms: &[Vec<u8>], classes: &[u64], needed: &[Needed], threads: Threads) -> Vec<Candidate> {
    let packed = PackedColumn::pack(&ClassSets::new(classes), forms.iter().enumerate().map(|(item, form)| (item as u32, form.as_slice())));
    let equal = |own: u8| 1_u64 << own;
    let pattern = Pattern::new(query, equal, equal);
    let levels: Vec<u8> =
        packed.block_classes.iter().map(|classes| classes.checked_ilog2().map_or(PASSED_OVER, |highest| highest as u8)).collect();
    let measure = |_, candidate: Candidate| {
        // The group of a form is its length here, which a table can tell.
        let length = packed.groups[usize::from(candidate.group)].length as u8;
        Some(Candidate { form: packed.items[candidate.form as usize], group: length, ..candidate })
    };
    let needs = Needs { by_level: needed, levels: Some(&levels) };
    let job = Job { column: packed.as_column(), pattern: &pattern, needs };
    // A job finds the same whatever others are given with it.
    let other = Job { pattern: &Pattern::new(&[1, 2], equal, equal), ..job };
    let mut found = scan_by(path, &[other, job, other], threads, measure);
    assert_eq!(found[0], found[2]);
    found[1].sort_unstable();
    found.swap_remove(1)
}

proptest! {
    /// The scan finds what a table for each pair finds, whatever the lengths, on one thread and on many.
    #[test]
    fn scan_equals_brute_force(
        query in prop_oneof![
            proptest::collection::vec(1_u8..6, 0..10),
            proptest::collection::vec(1_u8..12, 0..34),
            proptest::collection::vec(1_u8..6, 33..70),
            proptest::collection::vec(1_u8..32, 0..130),
        ],
        forms in proptest::collection::vec(proptest::collection::vec(1_u8..12, 1..60), 0..90),
        beginnings in proptest::collection::vec((0_usize..200, 0_usize..130), 0..4),
        share in 0.0_f64..1.0,
        window in (0_usize..30, 0_usize..100),
    ) {
        let query = &query[..query.len().min(MAX_PATTERN)];
        // Some forms begin or end with a piece of the query, or the query with them.
        let mut forms = forms;
        for (start, len) in beginnings {
            let piece = &query[start.min(query.len())..(start + len).min(query.len()).max(start.min(query.len()))];
            forms.extend([piece.to_vec(), [&query[..len.min(query.len())], &[3]].concat(), [&[3, 4], query].concat(), [query, &[4]].concat()]);
        }
        forms.retain(|form| (1..=MAX_PATTERN).contains(&form.len()));
        // Outside of a window of lengths no number of common symbols will do.
        let needed: Needed = std::array::from_fn(|length| {
            let least = if (window.0..=window.1).contains(&length) { ((length as f64 * share) as u8).max(1) } else { u8::MAX };
            // Ends that don't hold ask for more.
            std::array::from_fn(|ends| least.saturating_add((6 - (ends & 3) - (ends >> 2)) as u8))
        });
        let ends = |form: &[u8]| {
            let beginning = form.iter().zip(query).take(3).take_while(|(a, b)| relates(**a, **b)).count();
            let end = form.iter().rev().zip(query.iter().rev()).take(3).take_while(|(a, b)| relates(**a, **b)).count();
            (beginning | end << 2) as u8
        };
        // Forms of no class are not read, those of the second ask for one symbol more; of either there is
        // enough for blocks of its own.
        let more = needed.map(|of_length| of_length.map(|least| least.saturating_add(1)));
        let levels = [needed, more];
        let kinds = [0_u64, 1, 2];
        let classes: Vec<u64> = (0..forms.len() * kinds.len()).map(|item| kinds[item / forms.len()]).collect();
        let forms = [forms.clone(), forms.clone(), forms].concat();
        // A block takes the highest class of its forms.
        let packed = PackedColumn::pack(&ClassSets::new(&classes), forms.iter().enumerate().map(|(item, form)| (item as u32, form.as_slice())));
        let level_of = |item: usize| {
            let form = packed.forms[item];
            let group = packed.groups.iter().rev().find(|group| group.first_form <= form).expect("a group");
            packed.block_classes[group.first_block as usize + (form - group.first_form) as usize / LANES].checked_ilog2()
        };
        let is_wanted = |candidate: &Candidate| {
            let form = &forms[candidate.form as usize];
            let common = common_by_table(query, form, relates);
            let needed = levels.get(usize::from(candidate.level));
            needed.is_some_and(|needed| common >= usize::from(needed[form.len()][usize::from(ends(form))].max(1)))
        };
        let mut expected: Vec<Candidate> = forms
            .iter()
            .enumerate()
            .map(|(item, form)| Candidate {
                form: item as u32,
                group: form.len() as u8,
                level: level_of(item).map_or(PASSED_OVER, |level| level as u8),
            })
            .filter(is_wanted)
            .collect();
        expected.sort_unstable();
        for &path in kernel::Path::available() {
            prop_assert_eq!(&found_by(path, query, &forms, &classes, &levels, Threads::One), &expected);
        }
        prop_assert_eq!(found_by_scan(query, &forms, &classes, &levels, Threads::All), expected);
    }
}

proptest! {
    /// Forms that are read at once are each found as if they were alone.
    #[test]
    fn a_pattern_of_several_forms_has_as_much_in_common_as_each(
        queries in proptest::collection::vec(proptest::collection::vec(1_u8..8, 1..20), 1..4),
        earlier in proptest::collection::vec(1_u8..8, 1..40),
    ) {
        let equal = |a: u8, b: u8| a == b;
        let same = |symbol: u8| 1 << symbol;
        let forms: Vec<&[u8]> = queries.iter().map(Vec::as_slice).collect();
        let pattern = Pattern::of_forms(&forms, MAX_PATTERN, same, same).expect("short forms fit");
        let column = PackedColumn::pack(&ClassSets::of_none(1), std::iter::once((0, earlier.as_slice())));
        let most = queries.iter().map(|query| common_by_table(query, &earlier, equal)).max().unwrap_or(0);
        // What each has in common the pattern has: asked for that much, it finds the form.
        let needed = [[most.max(1) as u8; ENDS]; MAX_PATTERN + 1];
        let job = Job { column: column.as_column(), pattern: &pattern, needs: Needs::of_all(&needed) };
        let found = scan(&[job], Threads::One, |_, candidate| Some(candidate)).concat();
        prop_assert!(most == 0 || found.len() == 1);
        for query in &queries {
            for (place, (&first, &last)) in query.iter().zip(query.iter().rev()).take(3).enumerate() {
                prop_assert!(pattern.beginning[place] >> first & 1 == 1);
                prop_assert!(pattern.end[place] >> last & 1 == 1);
            }
        }
    }
}

#[test]
fn padding_and_lengths_left_out_are_never_found() {
    let forms = vec![vec![1, 2, 3], vec![1, 2]];
    let mut needed = [[1; ENDS]; MAX_PATTERN + 1];
    needed[2] = [u8::MAX; ENDS];
    let found = |query: &[u8]| found_by_scan(query, &forms, &[1, 1], &[needed], Threads::One);
    assert_eq!(found(&[1, 2, 3]), [Candidate { form: 0, group: 3, level: 0 }]);
    assert_eq!(found(&[]), []);
}

/// Symbols that follow from `seed` alone, from 0, which is padding, to `most`.
fn symbols(seed: u64, count: usize, most: u8) -> Vec<u8> {
    let mut state = seed;
    let mut draw = || {
        // The constants of Knuth's MMIX generator.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8 % (most + 1)
    };
    (0..count).map(|_| draw()).collect()
}

/// What a path finds.
fn found_in_blocks(path: kernel::Path, blocks: Blocks<'_>, pattern: &Pattern, needed: &[u8; ENDS]) -> Vec<u32> {
    // In two runs, the first of one block; those of the second are of two levels, and some of none.
    let cut = blocks.count().min(1);
    let more = needed.map(|needed| needed.saturating_add(1));
    let levels: Vec<u8> = (0..blocks.count()).map(|block| [0, 1, 1, PASSED_OVER, 0][block % 5]).collect();
    let runs = [(0..cut, None), (cut..blocks.count(), Some(&levels[cut..]))];
    let mut found = Vec::new();
    for (part, levels) in runs {
        let rows = &blocks.rows[part.start * blocks.length..part.end * blocks.length];
        let blocks = Blocks { rows, end_sets: &blocks.end_sets[part.clone()], ..blocks };
        let mut reached = Vec::new();
        kernel::scan(path, &kernel::Run { blocks, needed: vec![needed, &more], levels }, pattern, &mut reached);
        assert!(reached.is_sorted());
        found.extend(reached.iter().map(|place| (part.start * LANES) as u32 + place));
    }
    found
}

/// Symbols of blocks, row by row, as a column has them.
fn packed(symbols: &[u8]) -> Vec<Row> {
    let row = |symbols: &[u8; LANES]| -> Row {
        let plane = |bit: usize| (0..).zip(symbols).fold(0, |plane, (lane, symbol)| plane | u32::from(symbol >> bit & 1) << lane);
        std::array::from_fn::<u32, PLANES, _>(plane)
    };
    symbols.as_chunks::<LANES>().0.iter().map(row).collect()
}

/// Holds every path to the portable one: each length of forms, patterns of many lengths, few and many blocks.
#[test]
#[expect(clippy::print_stderr, reason = "what a machine can't test must be said")]
fn every_path_says_what_the_portable_one_says() {
    for path in kernel::Path::ALL.iter().filter(|path| !kernel::Path::available().contains(path)) {
        eprintln!("passed over, this machine lacks it: {path:?}");
    }
    for length in 1..=300 {
        for (at, pattern_length) in [0, 1, 7, 8, 9, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128].into_iter().enumerate() {
            let seed = (length * 1000 + pattern_length) as u64;
            // Few symbols have much in common; all 63 codes show which bits of them are looked at.
            let (most, equal) = if length % 2 == 0 { (4, 0) } else { (63, 15) };
            let related = |query: u8| {
                let is_related = |symbol: u8| if equal == 0 { query == symbol } else { query & equal == symbol & equal };
                (1..64).filter(|&symbol| is_related(symbol)).fold(0, |all, symbol| all | 1_u64 << symbol)
            };
            let query: Vec<u8> = symbols(seed, pattern_length, most).iter().map(|&symbol| symbol.max(1)).collect();
            let pattern = Pattern::new(&query, related, related);
            // Few blocks that are one batch at most, as many as fill some, and more than are told by their ends in one go.
            let count = match (length % 35, length % 7) {
                (0, _) => 90,
                (_, 0) => 40,
                _ => (at + length) % 4,
            };
            let mut blocks = symbols(seed + 1, count * length * LANES, most);
            // In some lanes the query itself, from the beginning, at the end and all that fits of it.
            for block in blocks.chunks_exact_mut(length * LANES) {
                let fits = query.len().min(length);
                for (row, &symbol) in query[..fits].iter().enumerate() {
                    block[row * LANES] = symbol;
                    block[(length - fits + row) * LANES + 31] = query[query.len() - fits + row];
                }
            }
            let set = |row: &[u8]| row.iter().fold(0, |set, &symbol| set | 1 << kind(symbol));
            let end_sets = |block: &[u8]| -> EndSets { [set(&block[..LANES]), set(&block[(length - 1) * LANES..])] };
            let end_sets: Vec<EndSets> = blocks.chunks_exact(length * LANES).map(end_sets).collect();
            let rows = packed(&blocks);
            let blocks = Blocks { length, end_sets: &end_sets, rows: &rows };
            let graded = |least: u8| std::array::from_fn(|ends: usize| least.saturating_add(15 - ends as u8));
            let uneven = [15, 14, 9, 3, 13, 9, 9, 2, 8, 7, 3, 2, 4, 1, 1, 0];
            for needed in [[1; ENDS], graded(4), graded(20), graded(115), graded(128), [u8::MAX; ENDS], [0; ENDS], uneven] {
                let expected = found_in_blocks(kernel::Path::Portable, blocks, &pattern, &needed);
                for &path in kernel::Path::available() {
                    assert_eq!(
                        found_in_blocks(path, blocks, &pattern, &needed),
                        expected,
                        "{path:?}, forms of {length}, a pattern of {pattern_length}, {needed:?} needed"
                    );
                }
            }
        }
    }
}
