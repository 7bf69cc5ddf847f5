//! What stands on every page and says nothing of a mark: running titles, page numbers.

use std::collections::HashMap;

use super::labels::{Field, application_number, labels};
use super::lines::Line;

/// Pages that are looked at for lines that recur.
pub(super) const SAMPLED_PAGES: usize = 12;

/// Below so many pages a line recurs where it stands on all of them, and not on half.
const FEW_PAGES: usize = 4;

/// Lines at the top and at the bottom of a page that may be furniture.
const EDGE_LINES: usize = 4;

/// Fewest letters of a line that is furniture because it recurs: `===` recurs too.
const MIN_LETTERS: usize = 6;

/// Lines that recur at the same place, digits taken as equal.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    seen: HashMap<(i32, String), usize>,
    pages: usize,
}

impl Furniture {
    /// Takes the lines of a page that is one of the sample.
    pub(super) fn sample(&mut self, lines: &[Line]) {
        self.pages += 1;
        let mut keys: Vec<_> = edges(lines).into_iter().filter_map(key).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *self.seen.entry(key).or_default() += 1;
        }
    }

    /// Takes what says nothing of a mark off the lines of a page.
    pub(super) fn clear(&self, lines: &mut Vec<Line>) {
        let count = lines.len();
        let mut place = 0;
        lines.retain_mut(|line| {
            let is_at_edge = place < EDGE_LINES || place + EDGE_LINES >= count;
            place += 1;
            if let Some((start, _)) = page_number(line) {
                line.cells.truncate(start);
            }
            !(line.cells.is_empty() || is_title(&line.text()) || is_at_edge && self.recurs(line))
        });
    }

    fn recurs(&self, line: &Line) -> bool {
        let Some(&count) = key(line).and_then(|key| self.seen.get(&key)) else { return false };
        // Contents and details may have titles of their own.
        count >= 2 && if self.pages < FEW_PAGES { count == self.pages } else { count * 2 >= self.pages }
    }
}

fn edges(lines: &[Line]) -> Vec<&Line> {
    let tail = lines.len().saturating_sub(EDGE_LINES).max(EDGE_LINES.min(lines.len()));
    lines[..EDGE_LINES.min(lines.len())].iter().chain(&lines[tail..]).collect()
}

/// What makes a line the same as one of another page; none for lines that speak of a mark.
fn key(line: &Line) -> Option<(i32, String)> {
    let text = line.text();
    let is_of_mark = application_number(&text).is_some() || labels(line, &text).iter().any(|label| label.field != Field::Other);
    if is_of_mark || text.chars().filter(|letter| letter.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let even = text.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    Some((line.y.round() as i32, even))
}

/// The page's number at the end of a line: the cell with which it begins, and how many pages it tells of.
pub(super) fn page_number(line: &Line) -> Option<(usize, usize)> {
    let text = line.text();
    let (place, (start, _)) = line.starts().enumerate().find(|&(_, (start, _))| page_of(&text[start..]).is_some())?;
    page_of(&text[start..]).map(|(_, pages)| (place, pages))
}

/// `Halaman 2 dari 900`: which page of how many.
fn page_of(text: &str) -> Option<(usize, usize)> {
    let small = text.to_ascii_lowercase();
    let rest = small.trim().strip_prefix("halaman ")?;
    let (page, pages) = rest.split_once(" dari ")?;
    Some((page.trim().parse().ok()?, pages.trim().parse().ok()?))
}

/// The lines of the cover, which recur as running titles.
pub(super) fn is_title(text: &str) -> bool {
    let capitals = text.to_ascii_uppercase();
    capitals.starts_with("BERITA RESMI MEREK") || capitals.starts_with("DIUMUMKAN TANGGAL") || is_issue(&capitals)
}

/// `No. 141/P-M/VII/A/2026`.
fn is_issue(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("NO.").or_else(|| text.strip_prefix("NOMOR")) else { return false };
    let issue = rest.trim_start_matches([' ', ':']);
    issue.starts_with(|letter: char| letter.is_ascii_digit()) && issue.matches('/').count() >= 3 && !issue.contains(' ')
}
