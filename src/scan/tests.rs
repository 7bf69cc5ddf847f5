use proptest::prelude::*;

use super::*;
use crate::index::column::PackedColumn;

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

fn found_by_scan(query: &[u8], forms: &[Vec<u8>], needed: &Needed, threads: Threads) -> Vec<Candidate> {
    found_by(kernel::Path::fastest(), query, forms, needed, threads)
}

fn found_by(path: kernel::Path, query: &[u8], forms: &[Vec<u8>], needed: &Needed, threads: Threads) -> Vec<Candidate> {
    let packed = PackedColumn::pack(forms.len(), forms.iter().enumerate().map(|(item, form)| (item as u32, form.as_slice())));
    let pattern = Pattern::new(query, |a, b| a & 31 == b & 31);
    let measure = |candidate: Candidate| {
        // The group of a form is its length here, which a table can tell.
        let length = packed.groups[usize::from(candidate.group)].length as u8;
        Some(Candidate { form: packed.items[candidate.form as usize], group: length, ..candidate })
    };
    let mut found = scan_by(path, packed.as_column(), &pattern, needed, threads, measure);
    found.sort_unstable();
    found
}

proptest! {
    /// The scan finds what a table for each pair finds, at every lane width, on one thread and on many.
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
            if (window.0..=window.1).contains(&length) { ((length as f64 * share) as u8).max(1) } else { u8::MAX }
        });
        let is_wanted = |candidate: &Candidate| candidate.common >= needed[forms[candidate.form as usize].len()];
        let mut expected: Vec<Candidate> = forms
            .iter()
            .enumerate()
            .map(|(item, form)| Candidate {
                form: item as u32,
                common: common_by_table(query, form, |a, b| a == b) as u8,
                group: form.len() as u8,
            })
            .filter(is_wanted)
            .collect();
        expected.sort_unstable();
        for &path in kernel::Path::available() {
            prop_assert_eq!(&found_by(path, query, &forms, &needed, Threads::One), &expected);
        }
        prop_assert_eq!(found_by_scan(query, &forms, &needed, Threads::All), expected);
    }
}

#[test]
fn padding_and_lengths_left_out_are_never_found() {
    let forms = vec![vec![1, 2, 3], vec![1, 2]];
    let mut needed = [1; MAX_PATTERN + 1];
    needed[2] = u8::MAX;
    assert_eq!(found_by_scan(&[1, 2, 3], &forms, &needed, Threads::One), [Candidate { form: 0, common: 3, group: 3 }]);
    assert_eq!(found_by_scan(&[], &forms, &needed, Threads::One), []);
}
