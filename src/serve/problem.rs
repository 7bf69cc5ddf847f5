//! Errors as responses: the one place where anything that failed becomes a status, a
//! code and a sentence (RFC 9457, `application/problem+json`).

use std::collections::BTreeMap;

use axum::extract::rejection::BytesRejection;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::{Error, ErrorKind};

/// Content type of every problem.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// How long a turned-away caller should wait, in seconds. A search takes milliseconds, so
/// that a full queue is empty again within one second.
const RETRY_AFTER_SECONDS: u64 = 1;

/// A failed request, as its caller sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: what kind of problem it is stands in `code`.
    #[serde(rename = "type")]
    #[schema(examples("about:blank"))]
    kind: String,
    /// The phrase of the HTTP status.
    #[schema(examples("Bad Request"))]
    title: String,
    /// The HTTP status.
    #[schema(examples(400))]
    status: u16,
    /// What is wrong and how to mend it.
    #[schema(examples("limit: \"many\" is no whole number from 1 to 100"))]
    detail: String,
    /// Stable name of the problem.
    code: Code,
    /// The parameter, member or column at fault, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

/// Stable names of problems. Scripts of others branch on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 400: a parameter is missing, unknown, given twice, or means nothing.
    BadRequest,
    /// 400: a value can't be read as what it should be.
    BadInput,
    /// 400: the body is no JSON.
    MalformedJson,
    /// 404: no such mark.
    NotFound,
    /// 404: no such route.
    UnknownRoute,
    /// 405: the route is there, the method is not; `Allow` names those that are.
    MethodNotAllowed,
    /// 413: the body is larger than the route takes.
    BodyTooLarge,
    /// 415: the body is of a kind that the route does not read.
    UnsupportedMediaType,
    /// 500: a promise inside mirip was broken. The log of the service says more.
    Internal,
    /// 503: too many requests at once; the same request may pass after `Retry-After`.
    Busy,
    /// 503: the register is still being opened.
    NotReady,
    /// 503: the register can't be read.
    RegisterUnreadable,
    /// 504: the work took longer than the service allows.
    Timeout,
}

impl Code {
    fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::BadInput | Self::MalformedJson => StatusCode::BAD_REQUEST,
            Self::NotFound | Self::UnknownRoute => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy | Self::NotReady | Self::RegisterUnreadable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
        }
    }
}

impl Problem {
    /// A problem with the sentence that the caller reads.
    pub(super) fn new(code: Code, detail: impl Into<String>) -> Self {
        let status = code.status();
        Self {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code,
            field: None,
        }
    }

    /// A parameter that is missing, unknown, given twice, or means nothing.
    pub(super) fn bad_request(field: &str, detail: impl Into<String>) -> Self {
        Self::new(Code::BadRequest, detail).at(field)
    }

    /// A value that can't be read as what it should be.
    pub(super) fn bad_input(field: &str, detail: impl Into<String>) -> Self {
        Self::new(Code::BadInput, detail).at(field)
    }

    /// A broken promise of ours. The caller learns nothing of its inside.
    pub(super) fn internal() -> Self {
        Self::new(Code::Internal, "the service failed on this request; its log says where")
    }

    /// Names the parameter, member or column at fault.
    #[must_use]
    pub(super) fn at(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// Which problem it is.
    pub(super) fn code(&self) -> Code {
        self.code
    }

    /// The HTTP status of the response.
    pub(super) fn status(&self) -> StatusCode {
        self.code.status()
    }

    /// What is wrong and how to mend it.
    #[cfg(test)]
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<Error> for Problem {
    /// The words of an [`Error`] are written for the person who can mend it: a caller for
    /// wrong use and bad input, the operator for all else. Only the former leave the house.
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::Usage => Self::new(Code::BadRequest, error.to_string()),
            ErrorKind::Input => Self::new(Code::BadInput, error.to_string()),
            ErrorKind::NotFound => Self::new(Code::NotFound, error.to_string()),
            ErrorKind::Busy => Self::new(Code::Busy, error.to_string()),
            ErrorKind::Register | ErrorKind::Locked => {
                tracing::error!(%error, "the register can't be read");
                Self::new(Code::RegisterUnreadable, "the register can't be read; the log of the service says why")
            }
            ErrorKind::Output | ErrorKind::Internal => {
                // No word of the error is logged: it may quote the name that was checked.
                tracing::error!(kind = ?error.kind(), "a request failed inside");
                Self::internal()
            }
        }
    }
}

impl From<BytesRejection> for Problem {
    fn from(rejection: BytesRejection) -> Self {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                Code::BodyTooLarge,
                "the body is larger than this route takes; send it in parts, or screen the list with `mirip screen`",
            ),
            _ => Self::new(Code::BadRequest, "the body broke off before its end; send it again"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).expect("a problem holds strings and numbers alone");
        let mut response = (self.status(), [(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON))], body).into_response();
        if matches!(self.code, Code::Busy | Code::NotReady) {
            response.headers_mut().insert(RETRY_AFTER, RETRY_AFTER_SECONDS.into());
        }
        response
    }
}

/// The problems of any route, for the OpenAPI document.
pub(super) struct AnyProblems;
/// The problems of a route that reads parameters.
pub(super) struct ParameterProblems;
/// The problems of a route that searches.
pub(super) struct SearchProblems;
/// The problems of a route that reads a body.
pub(super) struct BodyProblems;
/// The problems of a route that reads the register.
pub(super) struct RegisterProblems;

impl IntoResponses for AnyProblems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(&[(500, "`internal`: the service failed; its log says where")])
    }
}

impl IntoResponses for ParameterProblems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(&[(
            400,
            "`bad_request`: a parameter is missing, unknown or means nothing; `bad_input`: a value can't be read; `malformed_json`",
        )])
    }
}

impl IntoResponses for SearchProblems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(&[
            (503, "`busy`: too many requests at once, see `Retry-After`; `not_ready`: the register is being opened; `register_unreadable`"),
            (504, "`timeout`: the search took longer than the service allows"),
        ])
    }
}

impl IntoResponses for BodyProblems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(&[
            (413, "`body_too_large`: the body is larger than the route takes"),
            (415, "`unsupported_media_type`: the body is of a kind that the route does not read"),
        ])
    }
}

impl IntoResponses for RegisterProblems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        described(&[(503, "`not_ready`: the register is being opened, see `Retry-After`; `register_unreadable`")])
    }
}

fn described(problems: &[(u16, &str)]) -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    let one = |&(status, description): &(u16, &str)| {
        let schema = Ref::from_schema_name("Problem");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let response = ResponseBuilder::new().description(description).content(PROBLEM_JSON, content).build();
        (status.to_string(), RefOr::T(response))
    };
    problems.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ErrorKind, code: Code, status: u16, is_told: bool) {
        let problem = Problem::from(Error::new(kind, "the inner words"));
        assert_eq!((problem.code, problem.status), (code, status), "{kind:?}");
        assert_eq!(problem.detail.contains("the inner words"), is_told, "{kind:?}");
        assert_eq!(problem.clone().into_response().status().as_u16(), status);
    }

    #[test]
    fn kinds_become_codes_and_inner_words_stay_inside() {
        check(ErrorKind::Usage, Code::BadRequest, 400, true);
        check(ErrorKind::Input, Code::BadInput, 400, true);
        check(ErrorKind::NotFound, Code::NotFound, 404, true);
        check(ErrorKind::Busy, Code::Busy, 503, true);
        check(ErrorKind::Register, Code::RegisterUnreadable, 503, false);
        check(ErrorKind::Locked, Code::RegisterUnreadable, 503, false);
        check(ErrorKind::Output, Code::Internal, 500, false);
        check(ErrorKind::Internal, Code::Internal, 500, false);
    }

    #[test]
    fn a_problem_has_the_members_of_rfc_9457() {
        let problem = Problem::bad_request("limit", "limit: given twice");
        let json = serde_json::to_value(&problem).expect("a problem is JSON");
        let expected = serde_json::json!({
            "type": "about:blank", "title": "Bad Request", "status": 400,
            "detail": "limit: given twice", "code": "bad_request", "field": "limit",
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn who_is_turned_away_learns_when_to_come_back() {
        let response = Problem::new(Code::Busy, "busy").into_response();
        assert_eq!(response.headers()[RETRY_AFTER], "1");
        assert_eq!(response.headers()[CONTENT_TYPE], PROBLEM_JSON);
        assert!(!Problem::internal().into_response().headers().contains_key(RETRY_AFTER));
    }
}
