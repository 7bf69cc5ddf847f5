//! Bodies, read strictly: what is wrong is told with its line and column.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::problem::{Code, Problem};

/// A JSON body read as a `T`.
pub(super) struct JsonBody<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media = media_type(request.headers());
        if !is_json(&media) {
            return Err(Problem::new(Code::UnsupportedMediaType, format!("{}; send `Content-Type: application/json`", got(&media))));
        }
        let bytes = Bytes::from_request(request, state).await?;
        read_json(&bytes).map(Self)
    }
}

/// Reads JSON; what is no JSON and what is of the wrong shape are different problems.
pub(super) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => Problem::new(Code::BadInput, error.to_string()),
        Category::Syntax | Category::Eof | Category::Io => {
            Problem::new(Code::MalformedJson, format!("no JSON at line {}, column {}: {error}", error.line(), error.column()))
        }
    })
}

/// The media type of a body, lower-case, without its parameters; empty where none is given.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// True for `application/json` and its kin (`application/…+json`).
pub(super) fn is_json(media: &str) -> bool {
    media == "application/json" || (media.starts_with("application/") && media.ends_with("+json"))
}

/// The first half of the sentence about a body of the wrong kind.
pub(super) fn got(media: &str) -> String {
    if media.is_empty() { "the body has no Content-Type".to_owned() } else { format!("a body of {media} is not read here") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, code: Code, part: &str) {
        let problem = read_json::<Vec<u8>>(text.as_bytes()).expect_err(text);
        assert_eq!(problem.code(), code, "{text}");
        assert!(problem.detail().contains(part), "{}", problem.detail());
    }

    #[test]
    fn no_json_and_a_wrong_shape_are_told_apart_with_their_place() {
        check("[1,", Code::MalformedJson, "line 1, column 3");
        check("[1,\n  2 3]", Code::MalformedJson, "line 2, column 5");
        check("", Code::MalformedJson, "line 1, column 0");
        check("[1, 2]x", Code::MalformedJson, "column 7");
        check("[1, \"a\"]", Code::BadInput, "at line 1 column 7");
        check("[300]", Code::BadInput, "300");
    }

    #[test]
    fn media_types_are_read_without_case_and_parameters() {
        let mut headers = HeaderMap::new();
        assert_eq!(media_type(&headers), "");
        headers.insert(CONTENT_TYPE, "Application/JSON; charset=utf-8".parse().expect("a header"));
        assert_eq!(media_type(&headers), "application/json");
        assert!(is_json("application/json") && is_json("application/vnd.api+json"));
        assert!(!is_json("text/json") && !is_json("application/jsonl") && !is_json(""));
    }
}
