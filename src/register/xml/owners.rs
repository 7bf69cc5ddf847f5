//! The owners of a record: by name and country alone, whatever else the file has of them.

use super::paths::Field;
use super::texts::add_distinct;

/// The owners that a record has named so far.
#[derive(Default)]
pub(super) struct Owners {
    owners: Vec<Owner>,
    /// How many of them belong to the record; the others keep their buffers for the next.
    count: usize,
    is_open: bool,
    language: String,
}

#[derive(Default)]
struct Owner {
    rank: u16,
    name: String,
    first_name: String,
    last_name: String,
    country: String,
    nationality: String,
    is_in_state: bool,
}

impl Owners {
    pub(super) fn clear(&mut self) {
        (self.count, self.is_open) = (0, false);
    }

    /// True where none is named.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// An owner begins. The owners of the highest rank are the present ones.
    pub(super) fn open(&mut self, rank: u16) {
        if self.owners.len() == self.count {
            self.owners.push(Owner::default());
        }
        let owner = &mut self.owners[self.count];
        (owner.rank, owner.is_in_state) = (rank, false);
        for text in [&mut owner.name, &mut owner.first_name, &mut owner.last_name, &mut owner.country, &mut owner.nationality] {
            text.clear();
        }
        self.count += 1;
        self.is_open = true;
        self.language.clear();
    }

    pub(super) fn close(&mut self) {
        self.is_open = false;
    }

    /// True where a name in `language` is wanted: the first name, and further lines of it in its language.
    pub(super) fn wants_name(&mut self, field: Field, language: &str) -> bool {
        let Some(owner) = self.current() else { return false };
        if !owner.name.is_empty() {
            return field == Field::OwnerNameLine && self.language == language;
        }
        self.language.clear();
        self.language.push_str(language);
        true
    }

    /// Takes a text of an owner; false where it is none of theirs.
    pub(super) fn take(&mut self, field: Field, text: &str) -> bool {
        let first = |known: &mut String| {
            if known.is_empty() {
                known.push_str(text);
            }
        };
        let Some(owner) = self.current() else { return false };
        match field {
            Field::OwnerName => first(&mut owner.name),
            Field::OwnerNameLine => add_distinct(&mut owner.name, text, " "),
            Field::OwnerFirstName => first(&mut owner.first_name),
            Field::OwnerLastName => first(&mut owner.last_name),
            Field::OwnerCountry => first(&mut owner.country),
            Field::OwnerNationality => first(&mut owner.nationality),
            Field::OwnerState | Field::OwnerNationalState => owner.is_in_state = true,
            Field::OwnerRank => owner.rank = text.parse().unwrap_or(0),
            _ => return false,
        }
        true
    }

    fn current(&mut self) -> Option<&mut Owner> {
        if self.is_open { self.owners[..self.count].last_mut() } else { None }
    }

    /// Names and country of the present owners. `is_ranked` where the file has the former ones too.
    ///
    /// Owners in a state of the United States are often written without their country.
    pub(super) fn finish(&self, is_ranked: bool) -> (Option<String>, Option<String>) {
        let owners = &self.owners[..self.count];
        let highest = owners.iter().map(|owner| owner.rank).max().unwrap_or(0);
        let (mut names, mut country) = (String::new(), None);
        for owner in owners.iter().filter(|owner| owner.rank == highest) {
            match (owner.name.as_str(), owner.first_name.as_str(), owner.last_name.as_str()) {
                ("", "", "") => continue,
                ("", first, "") => add_distinct(&mut names, first, "; "),
                ("", "", last) => add_distinct(&mut names, last, "; "),
                ("", first, last) => add_distinct(&mut names, &format!("{first} {last}"), "; "),
                (name, ..) => add_distinct(&mut names, name, "; "),
            }
            let stated = [&owner.country, &owner.nationality].into_iter().find(|country| !country.is_empty()).cloned();
            country = country.or(stated).or_else(|| (is_ranked && owner.is_in_state).then(|| "US".to_owned()));
        }
        ((!names.is_empty()).then_some(names), country)
    }
}
