//! Query strings and forms, read strictly: what is not known is refused by name.

use std::fmt::Display;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;

use super::problem::Problem;
use crate::mark::NiceClasses;

/// The pairs of a query string or a form, decoded, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Takes decoded pairs.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    /// Refuses parameters other than `known`, and text that is not UTF-8.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Problem> {
        for (name, value) in &self.pairs {
            if !known.contains(&name.as_str()) {
                return Err(Problem::bad_request(name, format!("{name}: no such parameter; this route knows {}", known.join(", "))));
            }
            // The decoder puts this sign where bytes are no UTF-8. A name read wrongly would
            // be answered "clear".
            if value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(Problem::bad_input(name, format!("{name}: not UTF-8; encode the text as UTF-8 before percent-encoding it")));
            }
        }
        Ok(())
    }

    /// Every value of a parameter, in order.
    pub(super) fn many<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that may be given once; an empty value is none.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Result<Option<&'a str>, Problem> {
        let mut values = self.many(name);
        let first = values.next();
        if values.next().is_some() {
            return Err(Problem::bad_request(name, format!("{name}: given twice; give it once")));
        }
        Ok(first.filter(|value| !value.trim().is_empty()))
    }

    /// As [`Params::one`], read as a `T`. `what` says what is expected: "a number from 0 to 1".
    pub(super) fn read<T: FromStr>(&self, name: &str, what: &str) -> Result<Option<T>, Problem> {
        let Some(text) = self.one(name)? else { return Ok(None) };
        match text.trim().parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(wrong(name, &format!("{text:?}"), what)),
        }
    }

    /// Classes: the parameter may repeat, and each value may hold several (`30;43`).
    pub(super) fn classes(&self, name: &str) -> Result<NiceClasses, Problem> {
        let mut classes = NiceClasses::EMPTY;
        for value in self.many(name) {
            let some: NiceClasses = value.parse().map_err(|reason| Problem::bad_request(name, format!("{name}: {reason}")))?;
            classes = classes.union(some);
        }
        Ok(classes)
    }
}

/// The problem of a value that is not `what` it should be.
pub(super) fn wrong(name: &str, value: &dyn Display, what: &str) -> Problem {
    Problem::bad_request(name, format!("{name}: {value} is no {what}"))
}

impl<S: Sync> FromRequestParts<S> for Params {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(pairs)) => Ok(Self::new(pairs)),
            Err(_) => Err(Problem::bad_request("query", "the query string can't be read; write it as name=value&name=value")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::problem::Code;

    fn params(query: &str) -> Params {
        let uri = format!("/?{query}").parse().expect("a URI");
        Params::new(Query::try_from_uri(&uri).expect("pairs").0)
    }

    #[test]
    fn classes_repeat_or_are_joined() {
        for query in ["class=30&class=43", "class=30;43", "class=43%2C30", "class=30&class=43;30", "class=Kelas+30&class=43"] {
            assert_eq!(params(query).classes("class").expect(query).to_string(), "30;43", "{query}");
        }
        assert!(params("").classes("class").expect("none").is_empty());
        assert!(params("class=").classes("class").expect("none").is_empty());
        for query in ["class=0", "class=46", "class=tea", "class=30;x", "class=-1"] {
            let problem = params(query).classes("class").expect_err(query);
            assert!(problem.detail().contains("1 to 45"), "{}", problem.detail());
        }
    }

    #[test]
    fn unknown_and_doubled_parameters_are_named() {
        let problem = params("nama=x").only(&["name", "class"]).expect_err("nama is unknown");
        assert_eq!(problem.detail(), "nama: no such parameter; this route knows name, class");
        let problem = params("limit=1&limit=2").read::<u8>("limit", "number").expect_err("twice");
        assert_eq!(problem.detail(), "limit: given twice; give it once");
    }

    #[test]
    fn text_that_is_no_utf_8_is_refused_not_guessed() {
        let problem = params("name=CAF%C9").only(&["name"]).expect_err("Latin-1");
        assert_eq!(problem.code(), Code::BadInput);
        let read = params("name=CAF%C3%89+%26+TEH");
        read.only(&["name"]).expect("UTF-8");
        assert_eq!(read.one("name").expect("once"), Some("CAFÉ & TEH"));
    }

    #[test]
    fn an_empty_value_is_no_value() {
        assert_eq!(params("limit=").read::<u8>("limit", "number").expect("none"), None);
        assert_eq!(params("goods=+++").one("goods").expect("none"), None);
    }
}
