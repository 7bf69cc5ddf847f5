//! A record of JSON as a tree of texts: numbers are their digits, and what is not needed was never built.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::register::Fault;

/// A value.
#[derive(Debug, PartialEq)]
pub(crate) enum Node<'a> {
    Nothing,
    /// A text, or a number's digits, or `true` and `false`.
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// Pairs in their order.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The first text in it, however deep in lists; that of an object's first value that has one.
    pub(crate) fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => Some(text),
            Self::List(list) => list.into_iter().find_map(Self::into_text),
            Self::Object(pairs) => pairs.into_iter().find_map(|(_, node)| node.into_text()),
        }
    }

    /// Passes every text to `take`, in order, however deep in lists and objects.
    pub(crate) fn each_text(self, take: &mut impl FnMut(Cow<'a, str>)) {
        match self {
            Self::Nothing => {}
            Self::Text(text) => take(text),
            Self::List(list) => list.into_iter().for_each(|node| node.each_text(take)),
            Self::Object(pairs) => pairs.into_iter().for_each(|(_, node)| node.each_text(take)),
        }
    }

    /// Passes every object or text to `take`, in order, out of lists however deep.
    pub(crate) fn each_item(self, take: &mut impl FnMut(Node<'a>)) {
        match self {
            Self::Nothing => {}
            Self::List(list) => list.into_iter().for_each(|node| node.each_item(take)),
            item => take(item),
        }
    }
}

/// Reads `text` as one value. Pairs whose key `keeps` refuses, at any depth, are passed over.
///
/// # Errors
/// Where it is no JSON, or nested more than 128 levels deep.
pub(crate) fn node<'a>(text: &'a [u8], keeps: fn(&str) -> bool) -> Result<Node<'a>, Fault> {
    let text = std::str::from_utf8(text).map_err(|_| Fault::row("holds bytes that are no UTF-8; save the file as UTF-8"))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Seed { keeps }.deserialize(&mut deserializer).and_then(|node| deserializer.end().map(|()| node));
    read.map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Fault::row(format!("is no JSON ({reason}); export it anew"))
    })
}

/// Builds a [`Node`].
#[derive(Clone, Copy)]
struct Seed {
    keeps: fn(&str) -> bool,
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(if value { "true" } else { "false" })))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        // A whole number is written without its fraction.
        Ok(Node::Text(Cow::Owned(number.to_string())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element_seed(self)? {
            nodes.push(node);
        }
        Ok(Node::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            if (self.keeps)(&key) {
                pairs.push((key, map.next_value_seed(self)?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Node::Object(pairs))
    }
}

/// A key, borrowed where it holds no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Node<'_> {
        Node::Text(text.into())
    }

    #[test]
    fn values_are_texts_and_what_is_refused_is_passed_over() {
        let read = node(br#"{"a":[1,-2,2.0,1.5e0,true,null,"x\n"],"no":{"a":[[{}]]},"b":{"no":1,"c":"d"}}"#, |key| key != "no").unwrap();
        let list = vec![text("1"), text("-2"), text("2"), text("1.5"), text("true"), Node::Nothing, text("x\n")];
        let expected = Node::Object(vec![("a".into(), Node::List(list)), ("b".into(), Node::Object(vec![("c".into(), text("d"))]))]);
        assert_eq!(read, expected);
    }

    #[test]
    fn texts_are_found_in_lists_and_objects() {
        let read = |json: &'static str| node(json.as_bytes(), |_| true).unwrap();
        assert_eq!(read(r#"[[],[null,[{"a":null,"b":"x"}]],"y"]"#).into_text().as_deref(), Some("x"));
        assert_eq!(read("{}").into_text(), None);
        let mut found = Vec::new();
        read(r#"[[{"a":["x"]}],"y",3]"#).each_text(&mut |text| found.push(text.into_owned()));
        assert_eq!(found, ["x", "y", "3"]);
        let mut count = 0;
        read(r#"[[{"a":1}],[[{"a":2},"y"]],null]"#).each_item(&mut |_| count += 1);
        assert_eq!(count, 3);
    }

    #[test]
    fn what_is_no_json_says_so() {
        #[track_caller]
        fn check(json: &[u8], says: &str) {
            let fault = node(json, |_| true).expect_err("refused");
            assert!(fault.reason.contains(says), "{fault:?}");
        }
        check(b"{\"a\":\"\xff\"}", "no UTF-8");
        check(b"{\"a\" 1}", "expected `:`");
        check(b"{\"a\":1,}", "trailing comma");
        check(b"{} {}", "trailing characters");
        check(&[b"[".repeat(200), b"]".repeat(200)].concat(), "recursion limit");
    }
}
