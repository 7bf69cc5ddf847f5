//! What the page's form holds.

use utoipa::ToSchema;

use super::model::NAME_FIELDS;
use super::words::Trouble;
use crate::mark::NiceClasses;
use crate::name::Name;
use crate::score::Language;
use crate::search::{MAX_NAME_CHARS, Query};
use crate::serve::limits::read_language;
use crate::serve::params::Params;
use crate::serve::problem::Problem;

/// The form as it was filled in.
#[derive(Clone, Debug, Default, ToSchema)]
pub(super) struct PageForm {
    /// Up to five names; empty fields are passed over.
    #[schema(rename = "name")]
    pub names: Vec<String>,
    /// Nice classes.
    #[schema(rename = "class", value_type = Vec<u8>)]
    pub classes: NiceClasses,
    /// The product, in the applicant's words.
    pub goods: Option<String>,
    /// Language of the page: `id` or `en`.
    #[schema(rename = "lang", value_type = String, pattern = "^(id|en)$")]
    pub language: Language,
    /// The button that asks for the same page in the other language, by that language.
    #[schema(rename = "switch", value_type = Option<String>)]
    pub is_switch: bool,
}

impl PageForm {
    /// Reads the fields.
    pub(super) fn read(fields: &Params) -> Result<Self, Problem> {
        fields.only(&["name", "class", "goods", "lang", "switch"])?;
        let mut names: Vec<String> = Vec::new();
        for name in fields.many("name").map(str::trim).filter(|name| !name.is_empty()) {
            // The same name twice has the same answer.
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        if names.len() > NAME_FIELDS {
            return Err(Problem::bad_request("name", format!("name: {} names given; the page takes {NAME_FIELDS}", names.len())));
        }
        let switch = fields.one("switch")?;
        let language = switch.or(fields.one("lang")?).map(read_language).transpose()?.unwrap_or_default();
        Ok(Self {
            names,
            classes: fields.classes("class")?,
            goods: fields.one("goods")?.map(|goods| goods.trim().to_owned()),
            language,
            is_switch: switch.is_some(),
        })
    }

    /// Finds what a person should mend before anything is searched.
    pub(super) fn look(&self) -> Result<(), Trouble> {
        if self.names.is_empty() {
            return Err(Trouble::NoName);
        }
        for name in &self.names {
            if name.chars().count() > MAX_NAME_CHARS {
                return Err(Trouble::TooLong);
            }
            if Name::new(name).is_empty() {
                return Err(Trouble::NoLetters(name.clone()));
            }
        }
        Ok(())
    }

    /// What is asked of every name alike.
    pub(super) fn common(&self) -> Query {
        Query { classes: self.classes, goods: self.goods.clone(), ..Query::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Result<PageForm, Problem> {
        PageForm::read(&Params::new(fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }

    #[test]
    fn empty_and_repeated_fields_are_passed_over() {
        let form = read(&[("name", " KOPI A "), ("name", ""), ("name", "KOPI A"), ("name", "B"), ("class", "30"), ("class", "43")])
            .expect("a form");
        assert_eq!(form.names, ["KOPI A", "B"]);
        assert_eq!(form.classes.to_string(), "30;43");
        assert_eq!(form.language, Language::Id);
    }

    #[test]
    fn the_switch_wins_over_the_language_of_the_page() {
        let form = read(&[("lang", "id"), ("switch", "en")]).expect("a form");
        assert!(form.is_switch && form.language == Language::En);
    }

    #[test]
    fn what_a_person_can_mend_is_said_first() {
        assert_eq!(read(&[]).expect("a form").look(), Err(Trouble::NoName));
        assert_eq!(read(&[("name", "☕☕")]).expect("a form").look(), Err(Trouble::NoLetters("☕☕".to_owned())));
        assert_eq!(read(&[("name", &"a".repeat(1001))]).expect("a form").look(), Err(Trouble::TooLong));
        assert_eq!(read(&[("name", "BAROKAH")]).expect("a form").look(), Ok(()));
        let many: Vec<(&str, &str)> = ["A", "B", "C", "D", "E", "F"].into_iter().map(|name| ("name", name)).collect();
        assert!(read(&many).is_err(), "six names");
    }
}
