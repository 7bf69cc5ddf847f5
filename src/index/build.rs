//! Makes a sheet from the marks of a segment.
//!
//! Names are cut into words on all cores; each distinct word is read aloud and looked up in
//! the lexicon once, however many marks hold it.

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use super::column::{ClassBits, ClassSets, NO_CLASS, PackedColumn, WELL_KNOWN};
use super::sheet::{Facts, Phrase, Section, Sheet, SheetWriter, WordConcept};
use crate::Result;
use crate::mark::{Mark, NiceClasses};
use crate::meaning::lexicon::{self, ConceptMatch, Relation};
use crate::meaning::{MAX_FORM, WHOLE_READINGS, WHOLE_SPELLINGS, WordForms, concepts_of, each_whole, goods};
use crate::name::Name;

/// Marks in one task.
const TASK_MARKS: u32 = 16_384;

/// A mark, reduced to what a sheet holds of it.
struct Row {
    id: String,
    facts: Facts,
    classes: ClassBits,
    source: Option<String>,
    words: Vec<Box<str>>,
    phrases: Vec<(u32, Range<usize>, u32)>,
    goods: Vec<u32>,
}

/// Builds the sheet of `mark_count` marks. `read` gives the marks of a range, in order, and
/// may be called from several threads; `progress` is told of each finished range.
///
/// # Errors
/// What `read` returns.
pub(super) fn build(
    mark_count: u32,
    read: impl Fn(Range<u32>) -> Result<Vec<Mark>> + Sync,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Sheet> {
    let ranges: Vec<Range<u32>> =
        (0..mark_count).step_by(TASK_MARKS as usize).map(|start| start..(start + TASK_MARKS).min(mark_count)).collect();
    let parts: Vec<Vec<Row>> = ranges
        .into_par_iter()
        .map(|range| {
            let count = u64::from(range.end - range.start);
            let rows = read(range)?.iter().map(row).collect();
            progress(count);
            Ok(rows)
        })
        .collect::<Result<_>>()?;
    let rows: Vec<Row> = parts.into_iter().flatten().collect();
    Ok(Sheet::from_words(assemble(rows)))
}

fn row(mark: &Mark) -> Row {
    let name = Name::new(&mark.verbal_element);
    let is_anywhere = |found: &ConceptMatch| is_of_word(found, name.tokens()[found.tokens.start].text());
    let phrases = concepts_of(&name)
        .into_iter()
        .filter(|found| !is_anywhere(found))
        .map(|found| (found.concept.index(), found.tokens.clone(), found.nature()))
        .collect();
    Row {
        id: mark.id.clone(),
        facts: Facts::new(mark, mark.owner.as_deref().map_or(0, owner_key), digest(mark), 0),
        classes: class_bits(mark.classes, lexicon::well_known(&name.compact()).is_some()),
        source: mark.source.clone(),
        words: name.tokens().iter().map(|token| token.text().into()).collect(),
        phrases,
        goods: mark.goods.as_deref().map(goods::keys).unwrap_or_default(),
    }
}

/// True for what a word means wherever it stands. A number is none of that, TIGA is three, but
/// not in TIGA BELAS; nor is a form of address.
fn is_of_word(found: &ConceptMatch, first: &str) -> bool {
    found.tokens.len() == 1 && found.relation != Relation::Number && !lexicon::is_address(first)
}

/// Hash of an owner's name without business forms, so that "PT. MAJU JAYA" and "Maju Jaya, PT"
/// are one owner. 0 where nothing is left.
pub fn owner_key(owner: &str) -> u64 {
    let name = Name::new(owner);
    let mut words: Vec<&str> = name.tokens().iter().map(crate::name::Token::text).filter(|word| !is_business_form(word)).collect();
    if words.is_empty() {
        return 0;
    }
    words.sort_unstable();
    xxh3_64(words.join(" ").as_bytes()).max(1)
}

fn is_business_form(word: &str) -> bool {
    lexicon::weakness(word).is_some_and(|weakness| weakness.kind == lexicon::WeakKind::BusinessForm)
}

/// Fingerprint of a row: of the same bytes that the document store holds.
fn digest(mark: &Mark) -> u64 {
    xxh3_64(&serde_json::to_vec(mark).expect("a mark is plain data"))
}

fn assemble(mut rows: Vec<Row>) -> Vec<u64> {
    let sources = number_sources(&mut rows);
    let (words, tokens, token_starts) = number_words(&rows);
    let forms: Vec<WordForms> = words
        .par_iter()
        .map(|word| {
            let mut forms = WordForms::new(word);
            forms.written.iter_mut().chain(&mut forms.spoken).for_each(|form| form.truncate(MAX_FORM));
            forms
        })
        .collect();

    let mut sheet = SheetWriter::default();
    push_strings(&mut sheet, Section::IdStarts, Section::Ids, rows.iter().map(|row| row.id.as_str()));
    sheet.push(Section::Facts, &rows.iter().map(|row| row.facts).collect::<Vec<Facts>>());
    let classes: Vec<ClassBits> = rows.iter().map(|row| row.classes).collect();
    let classes = ClassSets::new(&classes);
    sheet.push(Section::ClassSets, &classes.sets);
    sheet.push(Section::ClassSetOf, &classes.set_of);
    sheet.push(Section::TokenStarts, &token_starts);
    sheet.push(Section::Tokens, &tokens);
    sheet.push(Section::Phrases, &phrases(&rows));
    if rows.iter().all(|row| row.goods.is_empty()) {
        sheet.push::<u32>(Section::GoodsStarts, &[]);
        sheet.push::<u32>(Section::Goods, &[]);
    } else {
        push_lists(&mut sheet, Section::GoodsStarts, Section::Goods, rows.iter().map(|row| row.goods.as_slice()));
    }
    sheet.push(Section::Sources, sources.iter().map(|source| format!("{source}\n")).collect::<String>().as_bytes());
    drop(rows);

    push_strings(&mut sheet, Section::WordStarts, Section::Words, words.iter().map(|word| &**word));
    let postings = postings(words.len(), &token_starts, &tokens);
    sheet.push(Section::PostingStarts, &postings.0);
    sheet.push(Section::Postings, &postings.1);
    drop(postings);
    sheet.push(Section::WordConcepts, &word_concepts(&words));

    let no_classes = ClassSets::of_none(words.len());
    let written = PackedColumn::pack(&no_classes, forms_of(&forms, |forms| &forms.written));
    push_word_column(&mut sheet, Section::WordWrittenGroups, &written);
    let spoken = PackedColumn::pack(&no_classes, forms_of(&forms, |forms| &forms.spoken));
    push_word_column(&mut sheet, Section::WordSpokenGroups, &spoken);
    let (written, spoken) = rayon::join(
        || whole_names(&classes, &token_starts, &tokens, &forms, WHOLE_SPELLINGS, |forms| &forms.written),
        || whole_names(&classes, &token_starts, &tokens, &forms, WHOLE_READINGS, |forms| &forms.spoken),
    );
    push_name_column(&mut sheet, Section::NameWrittenGroups, &written);
    push_name_column(&mut sheet, Section::NameSpokenGroups, &spoken);
    sheet.finish()
}

fn number_sources(rows: &mut [Row]) -> Vec<String> {
    let mut sources = vec![String::new()];
    for row in rows {
        let source = row.source.take().unwrap_or_default().replace('\n', " ");
        let known = sources.iter().position(|known| *known == source);
        // Past 65,535 distinct sources a source is no source but a note; they are counted as one.
        row.facts.source = known.unwrap_or_else(|| {
            if sources.len() < usize::from(u16::MAX) {
                sources.push(source);
                sources.len() - 1
            } else {
                0
            }
        }) as u16;
    }
    sources
}

/// Distinct words ascending, and each mark's words as their numbers.
fn number_words(rows: &[Row]) -> (Vec<Box<str>>, Vec<u32>, Vec<u32>) {
    let mut first_seen: HashMap<&str, u32> = HashMap::new();
    let mut tokens: Vec<u32> = Vec::with_capacity(rows.len() * 2);
    let mut token_starts: Vec<u32> = Vec::with_capacity(rows.len() + 1);
    token_starts.push(0);
    for row in rows {
        for word in &row.words {
            let next = first_seen.len() as u32;
            tokens.push(*first_seen.entry(word).or_insert(next));
        }
        token_starts.push(tokens.len() as u32);
    }
    let mut words: Vec<(&str, u32)> = first_seen.into_iter().collect();
    words.par_sort_unstable();
    let mut sorted_place = vec![0_u32; words.len()];
    for (place, (_, number)) in words.iter().enumerate() {
        sorted_place[*number as usize] = place as u32;
    }
    tokens.iter_mut().for_each(|token| *token = sorted_place[*token as usize]);
    (words.into_iter().map(|(word, _)| word.into()).collect(), tokens, token_starts)
}

fn phrases(rows: &[Row]) -> Vec<Phrase> {
    let of_row = |(mark, row): (usize, &Row)| -> Vec<Phrase> {
        let phrase = |(concept, tokens, relation): &(u32, Range<usize>, u32)| Phrase {
            mark: mark as u32,
            concept: *concept,
            start: tokens.start as u16,
            end: tokens.end as u16,
            relation: *relation,
        };
        row.phrases.iter().map(phrase).collect()
    };
    rows.iter().enumerate().flat_map(of_row).collect()
}

fn class_bits(classes: NiceClasses, is_well_known: bool) -> ClassBits {
    let of_classes = if classes.is_empty() { NO_CLASS } else { classes.bits() };
    if is_well_known { of_classes | WELL_KNOWN } else { of_classes }
}

/// Marks of each word, ascending and each once: starts by word, then marks.
fn postings(word_count: usize, token_starts: &[u32], tokens: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let is_first = |start: usize, at: usize| !tokens[start..at].contains(&tokens[at]);
    by_word(word_count, |visit| {
        for (mark, bounds) in (0..).zip(token_starts.windows(2)) {
            let start = bounds[0] as usize;
            (start..bounds[1] as usize).filter(|&at| is_first(start, at)).for_each(|at| visit(tokens[at], mark));
        }
    })
}

/// Marks by word, in the order in which `each` gives them for it: starts by word, then marks.
fn by_word(word_count: usize, each: impl Fn(&mut dyn FnMut(u32, u32))) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; word_count + 1];
    each(&mut |word, _| starts[word as usize + 1] += 1);
    for word in 0..word_count {
        starts[word + 1] += starts[word];
    }
    let mut next = starts.clone();
    let mut marks = vec![0_u32; starts[word_count] as usize];
    each(&mut |word, mark| {
        marks[next[word as usize] as usize] = mark;
        next[word as usize] += 1;
    });
    (starts, marks)
}

fn word_concepts(words: &[Box<str>]) -> Vec<WordConcept> {
    let mut all: Vec<WordConcept> = words
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, word)| {
            let found = lexicon::concepts_in(&[word]);
            found.into_iter().filter(|found| is_of_word(found, word)).map(move |found| WordConcept {
                concept: found.concept.index(),
                word: number as u32,
                relation: found.nature(),
            })
        })
        .collect();
    all.par_sort_unstable();
    all
}

fn forms_of(forms: &[WordForms], side: impl Fn(&WordForms) -> &Vec<Vec<u8>> + Clone) -> impl Iterator<Item = (u32, &[u8])> + Clone {
    let of_word = move |(word, forms)| side(forms).iter().map(move |form| (word as u32, form.as_slice()));
    forms.iter().enumerate().flat_map(of_word)
}

/// Whole forms of the marks.
fn whole_names(
    classes: &ClassSets,
    token_starts: &[u32],
    tokens: &[u32],
    forms: &[WordForms],
    limit: usize,
    side: impl Fn(&WordForms) -> &Vec<Vec<u8>> + Sync,
) -> PackedColumn {
    // All forms in one buffer, with where each starts: two million small vectors would double the memory.
    let (mut symbols, mut bounds): (Vec<u8>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    let mut of_words: Vec<&[Vec<u8>]> = Vec::new();
    for mark in 0..classes.set_of.len() {
        let words = &tokens[token_starts[mark] as usize..token_starts[mark + 1] as usize];
        of_words.clear();
        of_words.extend(words.iter().map(|&word| side(&forms[word as usize]).as_slice()));
        let first = bounds.len();
        each_whole(&of_words, limit, |parts| {
            let start = symbols.len();
            parts.iter().for_each(|part| symbols.extend_from_slice(part));
            symbols.truncate(start + MAX_FORM);
            let is_new = bounds[first..].iter().all(|&(_, other)| {
                let end = bounds_end(&bounds, other, start);
                symbols[other as usize..end] != symbols[start..]
            });
            if is_new {
                bounds.push((mark as u32, start as u32));
            } else {
                symbols.truncate(start);
            }
        });
    }
    let end = symbols.len() as u32;
    let starts = bounds.iter().map(|&(_, start)| start).skip(1).chain(std::iter::once(end));
    let ranges = bounds.iter().zip(starts).map(|(&(mark, start), end)| (mark, &symbols[start as usize..end as usize]));
    PackedColumn::pack(classes, ranges)
}

/// End of the form that starts at `start`: where the next one starts, or `last`.
fn bounds_end(bounds: &[(u32, u32)], start: u32, last: usize) -> usize {
    let next = bounds.partition_point(|&(_, other)| other <= start);
    bounds.get(next).map_or(last, |&(_, other)| other as usize)
}

fn push_strings<'s>(sheet: &mut SheetWriter, starts: Section, values: Section, strings: impl Iterator<Item = &'s str>) {
    push_lists(sheet, starts, values, strings.map(str::as_bytes));
}

fn push_lists<'v, T: bytemuck::Pod>(sheet: &mut SheetWriter, starts: Section, values: Section, lists: impl Iterator<Item = &'v [T]>) {
    let mut all: Vec<T> = Vec::new();
    let mut bounds = vec![0_u32];
    for list in lists {
        all.extend_from_slice(list);
        bounds.push(all.len() as u32);
    }
    sheet.push(starts, &bounds);
    sheet.push(values, &all);
}

/// Pushes a column's sections, the first of which is `groups`; gives what stands that far behind the first.
fn push_column(sheet: &mut SheetWriter, groups: Section, column: &PackedColumn) -> impl Fn(usize) -> Section + use<> {
    let section = move |behind: usize| Section::ALL[groups as usize + behind];
    sheet.push(groups, &column.groups);
    sheet.push(section(1), &column.end_sets);
    sheet.push(section(2), &column.rows);
    sheet.push(section(3), &column.variants);
    sheet.push(section(4), &column.items);
    section
}

/// The same of words, with the forms of each.
fn push_word_column(sheet: &mut SheetWriter, groups: Section, column: &PackedColumn) {
    let section = push_column(sheet, groups, column);
    sheet.push(section(5), &column.form_starts);
    sheet.push(section(6), &column.forms);
}

/// The same of whole names, with the classes of each block.
fn push_name_column(sheet: &mut SheetWriter, groups: Section, column: &PackedColumn) {
    let section = push_column(sheet, groups, column);
    sheet.push(section(5), &column.block_classes);
}
