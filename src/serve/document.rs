//! The OpenAPI document. It is made from the handlers, so that it can't tell of another service.

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use utoipa::OpenApi;

use super::problem::{AnyProblems, Problem};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "mirip",
        description = "Which earlier Indonesian marks would an examiner hold against a name, and why? Answers are grades with evidence, no decision of DJKI.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(Problem)),
    tags(
        (name = "check", description = "Names against the register"),
        (name = "register", description = "What is in the register"),
        (name = "operation", description = "For whoever keeps the service running"),
        (name = "page", description = "The page for applicants"),
    ),
)]
struct Head;

/// The document without its routes.
pub(super) fn head() -> utoipa::openapi::OpenApi {
    Head::openapi()
}

/// The OpenAPI document of every route, as JSON.
pub fn openapi_json() -> &'static str {
    static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
        let (_, document) = super::routes(|short| short, |long| long).split_for_parts();
        document.to_pretty_json().expect("a document holds strings and numbers alone")
    });
    &DOCUMENT
}

/// This document
#[utoipa::path(get, path = "/openapi.json", tag = "operation", responses(
    (status = 200, description = "The OpenAPI document of this service", body = serde_json::Value), AnyProblems,
))]
pub(super) async fn get_openapi() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], openapi_json())
}
