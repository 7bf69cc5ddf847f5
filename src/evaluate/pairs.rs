//! Decided pairs, as `data/gold/decided.tsv` has them.

use std::path::Path;

use crate::name::Name;
use crate::search::Query;
use crate::{Error, Result};

/// A pair whose similarity a court or an office decided.
#[derive(Clone, Debug)]
pub(super) struct GoldPair {
    pub earlier: Query,
    pub later: Query,
    pub is_similar: bool,
    /// Decided on the signs, not on the goods or on all circumstances.
    pub is_on_signs: bool,
    /// Not checked against a source: counts half in a fit.
    pub is_recalled: bool,
    pub jurisdiction: String,
}

impl GoldPair {
    /// What a search for the later sign is asked to find: signs held similar that are not the same.
    pub fn is_asked(&self) -> bool {
        self.is_similar && self.is_on_signs && compact(&self.earlier) != compact(&self.later)
    }

    /// Weight in a fit.
    pub fn weight(&self) -> f64 {
        if self.is_recalled { 0.5 } else { 1.0 }
    }
}

/// The words of a name without the spaces between them.
pub(super) fn compact(query: &Query) -> String {
    Name::new(&query.name).compact()
}

/// Reads decided pairs.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where the file can't be read as decided pairs.
pub(super) fn read(path: &Path) -> Result<Vec<GoldPair>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .quoting(false)
        .from_path(path)
        .map_err(|cause| Error::input(format!("{}: can't be read", path.display())).caused_by(cause))?;
    let failed = |cause: csv::Error| Error::input(format!("{}: is no table of decided pairs", path.display())).caused_by(cause);
    let header = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| {
        header.iter().position(|field| field == name).ok_or_else(|| Error::input(format!("{}: has no column {name}", path.display())))
    };
    let (a, b, classes_a, classes_b) = (column("mark_a")?, column("mark_b")?, column("classes_a")?, column("classes_b")?);
    let (outcome, basis, jurisdiction) = (column("outcome")?, column("basis")?, column("jurisdiction")?);
    let source = column("source")?;
    let mut pairs = Vec::new();
    for row in reader.records() {
        let row = row.map_err(failed)?;
        let field = |at: usize| row.get(at).unwrap_or_default();
        let side = |name: usize, classes: usize| -> Result<Query> {
            let line = row.position().map_or(0, csv::Position::line);
            let classes = field(classes)
                .parse()
                .map_err(|reason: String| Error::input(format!("{}, line {line}, classes: {reason}", path.display())))?;
            Ok(Query { name: field(name).to_owned(), classes, ..Query::default() })
        };
        pairs.push(GoldPair {
            earlier: side(a, classes_a)?,
            later: side(b, classes_b)?,
            is_similar: field(outcome) == "similar",
            is_on_signs: field(basis) == "signs",
            is_recalled: field(source).starts_with("recalled"),
            jurisdiction: field(jurisdiction).to_owned(),
        });
    }
    Ok(pairs)
}
