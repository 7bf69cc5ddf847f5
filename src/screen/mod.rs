//! Many queries: a list of names against the register and against itself.

pub mod list;

use std::collections::HashMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::Result;
use crate::index::{Index, owner_key};
use crate::mark::{Mark, NiceClasses};
use crate::score::{Band, JudgementConfig, Language};
use crate::search::{self, Query, SearchConfig, WordMemory};

/// One row of a list: `name` and what else the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Line (or row) of the file, from 1.
    pub line: u64,
    /// The row's own id.
    pub id: Option<String>,
    /// The name to screen.
    pub name: String,
    /// Nice classes; empty where the list does not say.
    pub classes: NiceClasses,
    /// Goods in the list's words.
    pub goods: Option<String>,
    /// Who asks.
    pub owner: Option<String>,
    /// Community or body.
    pub group: Option<String>,
}

/// A row of a list that could not be read: it gets its line in the output too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry {
    /// Line (or row) of the file, from 1.
    pub line: u64,
    /// The field at fault.
    pub field: Option<String>,
    /// What is wrong, and the mend.
    pub reason: String,
    /// The row's name, where it could be read.
    pub name: Option<String>,
    /// The row's id, where it could be read.
    pub id: Option<String>,
}

/// How to screen.
#[derive(Clone, Debug)]
pub struct ScreenConfig {
    /// Hits shown per row.
    pub limit: usize,
    /// Nothing below this score is shown; `None` is the start of the medium band.
    pub min_score: Option<f64>,
    /// Decides whether an expired mark can still be renewed.
    pub today: Date,
    /// Language of the sentences.
    pub language: Language,
}

/// The answer to one row.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Line of the row.
    pub line: u64,
    /// The row's own id.
    pub id: Option<String>,
    /// The row's name.
    pub name: String,
    /// The answer, or why there is none.
    pub found: std::result::Result<search::Answer, String>,
    /// Rows of the list that it resembles, the earlier row first.
    pub within_list: Vec<WithinList>,
}

/// Another row of the same list.
#[derive(Clone, Debug)]
pub struct WithinList {
    /// Line of the other row.
    pub line: u64,
    /// Its own id.
    pub id: Option<String>,
    /// Its name.
    pub name: String,
    /// Who asks.
    pub owner: Option<String>,
    /// True where it stands earlier in the list.
    pub is_earlier: bool,
    /// Score of the pair, the later row held against the earlier.
    pub score: f32,
    /// Band of the score.
    pub band: Band,
}

/// Rows that are answered before their outcomes are handed on: bounds the memory.
const BATCH_ROWS: usize = 256;

/// Screens a list against the register and against itself. Calls `each` in input order, from
/// the calling thread; `progress(done)` counts rows. A bad row never stops the rest. The same
/// outcomes on any number of threads.
///
/// # Errors
/// What `each` returns; [`crate::ErrorKind::Register`] where the register can't be read.
pub fn screen(
    index: &Index,
    rows: &[std::result::Result<Entry, BadEntry>],
    config: &ScreenConfig,
    progress: &(dyn Fn(u64) + Sync),
    each: &mut dyn FnMut(Outcome) -> Result<()>,
) -> Result<()> {
    let judgement = JudgementConfig::built_in();
    let search = SearchConfig {
        limit: config.limit,
        // Of thousands of names nobody reads what is hardly alike.
        min_score: Some(config.min_score.unwrap_or(judgement.bands.medium.into())),
        today: config.today,
        language: config.language,
        judgement,
    };
    let mut within_list = within_list(rows, &search)?;
    let done = std::sync::atomic::AtomicU64::new(0);
    let memory = WordMemory::new();
    for (batch, rows) in rows.chunks(BATCH_ROWS).enumerate() {
        let found: Vec<Vec<Outcome>> = rows
            .par_chunks(search::SIDE_BY_SIDE)
            .map(|rows| {
                let outcomes = outcomes(index, rows, &search, &memory)?;
                progress(done.fetch_add(rows.len() as u64, std::sync::atomic::Ordering::Relaxed) + rows.len() as u64);
                Ok(outcomes)
            })
            .collect::<Result<_>>()?;
        for (place, mut outcome) in found.into_iter().flatten().enumerate() {
            outcome.within_list = within_list.remove(&(batch * BATCH_ROWS + place)).unwrap_or_default();
            each(outcome)?;
        }
    }
    Ok(())
}

/// By row, its outcome.
fn outcomes(
    index: &Index,
    rows: &[std::result::Result<Entry, BadEntry>],
    config: &SearchConfig,
    memory: &WordMemory,
) -> Result<Vec<Outcome>> {
    let queries: Vec<Query> = rows.iter().flatten().map(query).collect();
    let mut answers = search::check_of_list(index, &queries, config, memory).into_iter();
    let outcome = |row: &std::result::Result<Entry, BadEntry>| match row {
        Ok(entry) => {
            let found = match answers.next().expect("each entry has an answer") {
                Ok(answer) => Ok(answer),
                Err(error) if error.kind() == crate::ErrorKind::Input => Err(error.to_string()),
                Err(error) => return Err(error),
            };
            Ok(Outcome { line: entry.line, id: entry.id.clone(), name: entry.name.clone(), found, within_list: Vec::new() })
        }
        Err(bad) => {
            let field = bad.field.as_deref().map(|field| format!("{field}: ")).unwrap_or_default();
            Ok(Outcome {
                line: bad.line,
                id: bad.id.clone(),
                name: bad.name.clone().unwrap_or_default(),
                found: Err(format!("{field}{}", bad.reason)),
                within_list: Vec::new(),
            })
        }
    };
    rows.iter().map(outcome).collect()
}

fn query(entry: &Entry) -> Query {
    Query { name: entry.name.clone(), classes: entry.classes, goods: entry.goods.clone(), owner: entry.owner.clone(), filed_on: None }
}

/// Rows that resemble each other, by place of the row: the list is a register of its own, in
/// which each row is looked up; a pair counts from the later row's side.
fn within_list(rows: &[std::result::Result<Entry, BadEntry>], config: &SearchConfig) -> Result<HashMap<usize, Vec<WithinList>>> {
    let entries: Vec<(usize, &Entry)> =
        rows.iter().enumerate().filter_map(|(place, row)| row.as_ref().ok().map(|entry| (place, entry))).collect();
    let marks: Vec<Mark> = entries
        .iter()
        .map(|(place, entry)| {
            // Ids in the order of the rows, so that ties fall in their order.
            let mut mark = Mark::new(format!("{place:010}"), &entry.name);
            mark.classes = entry.classes;
            mark.goods = entry.goods.clone();
            mark
        })
        .collect();
    let index = Index::of_marks("list", marks, None)?;
    // Below medium two rows of one list are no news to anyone.
    let config = SearchConfig {
        limit: usize::MAX,
        min_score: Some(config.min_score.unwrap_or(0.0).max(f64::from(config.judgement.bands.medium))),
        ..config.clone()
    };
    let memory = WordMemory::new();
    let pairs_of = |entries: &[(usize, &Entry)]| -> Vec<(usize, usize, f32, Band)> {
        let queries: Vec<Query> = entries.iter().map(|(_, entry)| Query { owner: None, ..query(entry) }).collect();
        let answers = search::check_of_list(&index, &queries, &config, &memory);
        let of_entry = |((place, entry), answer): (&(usize, &Entry), Result<search::Answer>)| {
            let own_key = entry.owner.as_deref().map_or(0, owner_key);
            let hits = answer.map(|answer| answer.hits).unwrap_or_default();
            let earlier = hits.into_iter().filter_map(|hit| {
                let other: usize = hit.mark.id.parse().expect("ids are the places given above");
                let other_key = rows[other].as_ref().ok().and_then(|entry| entry.owner.as_deref()).map_or(0, owner_key);
                let is_own = own_key != 0 && own_key == other_key;
                (other < *place && !is_own).then_some((*place, other, hit.assessment.overall, hit.band))
            });
            earlier.collect::<Vec<_>>()
        };
        entries.iter().zip(answers).flat_map(of_entry).collect()
    };
    let pairs: Vec<(usize, usize, f32, Band)> = entries.par_chunks(search::SIDE_BY_SIDE).flat_map_iter(pairs_of).collect();
    let mut found: HashMap<usize, Vec<WithinList>> = HashMap::new();
    for (later, earlier, score, band) in pairs {
        for (place, other, is_earlier) in [(later, earlier, true), (earlier, later, false)] {
            let entry = rows[other].as_ref().expect("only readable rows are compared");
            found.entry(place).or_default().push(WithinList {
                line: entry.line,
                id: entry.id.clone(),
                name: entry.name.clone(),
                owner: entry.owner.clone(),
                is_earlier,
                score,
                band,
            });
        }
    }
    found.values_mut().for_each(|others| others.sort_by_key(|other| other.line));
    Ok(found)
}
