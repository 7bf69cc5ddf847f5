//! The detail blocks: one a mark, of labels with INID codes and their values. A block ends with its picture (540).

use jiff::civil::Date;

use super::labels::{Field, Label, application_number, dates, labels, split_codes};
use super::lines::Line;
use super::marks::{Classes, groups};

/// How far left of its column a value may begin, in points.
const SLACK: f32 = 2.0;

/// Words with which a line of an address begins. An address never stands at the applicant's name, but where a
/// program that read the PDF mixed the two up; only the name is to be kept.
const ADDRESS_WORDS: [&str; 16] = [
    "jl",
    "jl.",
    "jln",
    "jln.",
    "jalan",
    "gang",
    "gg.",
    "kp.",
    "kampung",
    "dusun",
    "desa",
    "perum",
    "perumahan",
    "komplek",
    "kompleks",
    "ruko",
];

/// A block that was read to its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub number: String,
    /// Of the filing date and the priority dates the earliest.
    pub earliest_on: Option<Date>,
    pub owners: Vec<String>,
    pub name: String,
    /// Tipe Merek.
    pub kind: String,
    pub translation: String,
    pub classes: Classes,
    /// One group for each class, where the office parted them.
    pub goods: Vec<String>,
    /// Page on which it begins, from 1.
    pub page: usize,
}

impl Block {
    /// Adds what a second block of the same application says.
    pub(super) fn join(&mut self, other: Self) {
        self.earliest_on = self.earliest_on.into_iter().chain(other.earliest_on).min();
        self.classes.known = self.classes.known.union(other.classes.known);
        self.classes.count += other.classes.count;
        for group in other.goods {
            if !self.goods.contains(&group) {
                self.goods.push(group);
            }
        }
        let first = |known: &mut String, more: String| {
            if known.is_empty() {
                *known = more;
            }
        };
        first(&mut self.name, other.name);
        first(&mut self.kind, other.kind);
        first(&mut self.translation, other.translation);
        if self.owners.is_empty() {
            self.owners = other.owners;
        }
    }
}

/// The blocks, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Details {
    pub blocks: Vec<Block>,
    /// Pages on which blocks without an application number begin.
    pub without_number: Vec<usize>,
    open: Option<Open>,
}

/// A block that is still read.
#[derive(Debug, Default)]
struct Open {
    block: Block,
    /// A number that did not stand at its label: taken where none does.
    stray_number: Option<String>,
    classes: String,
    goods: String,
    /// What the last label of each column was, and where its value begins.
    at: [Option<(Field, Option<f32>)>; 2],
    /// A label behind the dates was seen.
    is_past_header: bool,
    /// Its picture was reached.
    is_ended: bool,
}

impl Details {
    /// Takes a line; false for one that has nothing to do with details.
    pub(super) fn take(&mut self, line: &Line, page: usize) -> bool {
        let text = line.text();
        let mut labels = labels(line, &text);
        labels.retain(|label| label.has_colon || !self.is_in_values(line));
        let (codes, rest) = split_codes(&text);
        // Goods may begin with such a number too: `210 gram`.
        let begins_header = codes.starts_with("210") && (codes.contains("220") || rest.is_empty() || dates(rest).next().is_some());
        if labels.is_empty() && !begins_header {
            return self.take_rest(line, rest);
        }
        let head_end = labels.first().map_or(text.len(), |label| label.codes_start);
        if begins_header && labels.first().is_none_or(|label| label.codes_start > 0) {
            self.begin_where_due(true, page);
            self.open_block(page).start(Field::Header, line, 0);
        }
        let mut head = &text[..head_end];
        if begins_header {
            head = split_codes(head).1;
        }
        if !head.trim().is_empty() {
            self.open_block(page).add(line.column, head.trim());
        }
        for (place, label) in labels.iter().enumerate() {
            let value_end = labels.get(place + 1).map_or(text.len(), |next| next.codes_start);
            let begins = label.begins_block || label.field == Field::Number;
            self.begin_where_due(begins && line.column == 0, page);
            let open = self.open_block(page);
            open.start_label(label, line);
            open.add(line.column, text.get(label.value_start..value_end).unwrap_or_default().trim());
        }
        true
    }

    /// Ends the last block.
    pub(super) fn finish(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if open.block.number.is_empty() {
            open.block.number = open.stray_number.unwrap_or_default();
        }
        if open.block.number.is_empty() {
            if open.is_past_header {
                self.without_number.push(open.block.page);
            }
            return;
        }
        open.block.classes = Classes::read(&open.classes);
        open.block.goods = groups(&open.goods);
        self.blocks.push(open.block);
    }

    /// True for a line that begins where the values of the label above it stand.
    fn is_in_values(&self, line: &Line) -> bool {
        let value_x = self.open.as_ref().and_then(|open| open.at[line.column]).and_then(|(_, value_x)| value_x);
        value_x.is_some_and(|value_x| line.cells[0].x >= value_x - SLACK)
    }

    fn open_block(&mut self, page: usize) -> &mut Open {
        self.open.get_or_insert_with(|| Open { block: Block { page, ..Block::default() }, ..Open::default() })
    }

    /// Ends the block before, where a label can't belong to it any more.
    fn begin_where_due(&mut self, begins: bool, page: usize) {
        let Some(open) = &self.open else { return };
        let is_full = !open.block.number.is_empty() && open.is_past_header;
        if open.is_ended || begins && is_full {
            self.finish();
            self.open_block(page);
        }
    }

    /// A line without a label goes on with what stands above it.
    fn take_rest(&mut self, line: &Line, rest: &str) -> bool {
        let is_in_values = self.is_in_values(line);
        let Some(open) = &mut self.open else { return false };
        let Some((field, value_x)) = open.at[line.column] else { return true };
        // `Surel : …`, in the column of the labels.
        let is_unknown_label = field != Field::Goods
            && value_x.is_some()
            && !is_in_values
            && (line.cells[0].text.ends_with(':') || line.cells.get(1).is_some_and(|cell| cell.text.starts_with(':')));
        if is_unknown_label {
            open.at[line.column] = Some((Field::Other, None));
        } else {
            // A code may stand in the middle of its rows; a line of goods may begin with the same number.
            let is_beside = rest.is_empty() || value_x.is_some() && !is_in_values;
            let is_code_apart = is_beside && field.codes().contains(&line.cells[0].text.as_str());
            let text = if is_code_apart { rest.to_owned() } else { line.text() };
            open.add(line.column, text.trim());
        }
        true
    }
}

impl Open {
    fn start_label(&mut self, label: &Label, line: &Line) {
        self.start(label.field, line, label.value_start);
        match label.field {
            Field::Header | Field::Number | Field::Filed | Field::Priority | Field::Other => {}
            // Beside the text it does not end it.
            Field::Label => self.is_ended = line.column == 0,
            Field::Owner => {
                self.block.owners.push(String::new());
                self.is_past_header = true;
            }
            _ => self.is_past_header = true,
        }
    }

    fn start(&mut self, field: Field, line: &Line, value_start: usize) {
        // Where the label and its value are one cell, nothing is told of columns.
        let value_x = line.starts().find(|&(start, _)| start > 0 && start + 2 >= value_start).map(|(_, cell)| cell.x);
        self.at[line.column] = Some((field, value_x));
    }

    /// Adds text to what the column's last label says.
    fn add(&mut self, column: usize, text: &str) {
        let Some((field, _)) = self.at[column] else { return };
        if text.is_empty() {
            return;
        }
        match field {
            Field::Header | Field::Filed | Field::Priority => {
                self.block.earliest_on = self.block.earliest_on.into_iter().chain(dates(text)).min();
                if field != Field::Priority && self.stray_number.is_none() {
                    self.stray_number = application_number(text).map(|(_, number)| number);
                }
            }
            Field::Number | Field::Label => {
                if field == Field::Number {
                    self.block.earliest_on = self.block.earliest_on.into_iter().chain(dates(text)).min();
                }
                if self.block.number.is_empty()
                    && let Some((_, number)) = application_number(text)
                {
                    self.block.number = number;
                }
            }
            Field::Owner => self.add_owner(text),
            Field::Name => append(&mut self.block.name, text),
            Field::Kind => append(&mut self.block.kind, text),
            Field::Translation => append(&mut self.block.translation, text),
            Field::Classes => append(&mut self.classes, text),
            Field::Goods => append(&mut self.goods, text),
            Field::Address | Field::Agent | Field::Color | Field::Other => {}
        }
    }

    fn add_owner(&mut self, text: &str) {
        let Some(owner) = self.block.owners.last_mut() else { return };
        let first_word = text.split(' ').next().unwrap_or_default().to_lowercase();
        if !owner.is_empty() && ADDRESS_WORDS.contains(&first_word.as_str()) {
            self.at = self.at.map(|at| at.map(|(field, x)| if field == Field::Owner { (Field::Address, x) } else { (field, x) }));
            return;
        }
        append(owner, text);
    }
}

fn append(value: &mut String, text: &str) {
    if !value.is_empty() {
        value.push(' ');
    }
    value.push_str(text);
}
