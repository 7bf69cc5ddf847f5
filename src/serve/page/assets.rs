//! The page's style sheet and script, named by what they hold, so that a browser keeps them.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

use crate::serve::problem::{AnyProblems, Code, Problem};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("app.js");

/// Path of the style sheet; another content has another path.
pub(super) fn style_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/style-{:016x}.css", xxh3_64(STYLE.as_bytes())));
    &PATH
}

/// Path of the script; another content has another path.
pub(super) fn script_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| format!("/assets/app-{:016x}.js", xxh3_64(SCRIPT.as_bytes())));
    &PATH
}

/// A file of the page
#[utoipa::path(get, path = "/assets/{file}", tag = "page",
    params(("file" = String, Path, description = "Name of the file, as the page links it; it changes with the content")),
    responses(
        (status = 200, description = "The file", content((String = "text/css"), (String = "text/javascript"))),
        (status = 404, description = "`unknown_route`: the page has no such file", body = Problem, content_type = "application/problem+json"),
        AnyProblems,
    )
)]
pub(in crate::serve) async fn get_asset(Path(file): Path<String>) -> Result<Response, Problem> {
    let is = |path: &str| path.strip_prefix("/assets/") == Some(file.as_str());
    let (media, content) = if is(style_path()) {
        ("text/css; charset=utf-8", STYLE)
    } else if is(script_path()) {
        ("text/javascript; charset=utf-8", SCRIPT)
    } else {
        return Err(Problem::new(Code::UnknownRoute, "the page has no such file; load the page again"));
    };
    Ok(([(CONTENT_TYPE, media), (CACHE_CONTROL, "public, max-age=31536000, immutable")], content).into_response())
}
