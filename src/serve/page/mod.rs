//! `GET /` and `POST /`: the page for applicants, whole without a script.
//!
//! The form is sent by POST, so that names land in no address bar, history or proxy log.
//! A script only adds what a server can't: printing, sharing, and a word while it waits.

mod assets;
mod classes;
mod form;
mod model;
mod words;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::Service;
use super::check::CheckRequest;
use super::limits::Cut;
use super::params::Params;
use super::problem::{AnyProblems, BodyProblems, Code, ParameterProblems, Problem};
use super::service::register_of;
use crate::score::Language;
use crate::search::MAX_NAME_CHARS;
use crate::view::Ranking;
use form::PageForm;
use model::{Findings, NAME_FIELDS, Page, choices};
use words::{Trouble, Words};

pub(super) use assets::{__path_get_asset, get_asset};

/// Hits shown per name: who needs more asks `/v1/check`.
const HITS_PER_NAME: usize = 10;

/// The page for applicants
///
/// A plain form in Indonesian, or in English with `lang=en`. It takes no names: they would
/// stay in the browser's history. Parameters that others append to links are passed over.
#[utoipa::path(get, path = "/", tag = "page",
    params(("lang" = Option<String>, Query, description = "`id` or `en`")),
    responses((status = 200, description = "The page", body = String, content_type = "text/html"), AnyProblems)
)]
pub(super) async fn get_page(Query(pairs): Query<Vec<(String, String)>>) -> Response {
    let asked = Params::new(pairs);
    let is_english = asked.many("lang").last() == Some("en");
    let form = PageForm { language: if is_english { Language::En } else { Language::Id }, ..PageForm::default() };
    html(StatusCode::OK, &page(form, None, None))
}

/// The page with the answer to its form
#[utoipa::path(post, path = "/", tag = "page",
    request_body(content = PageForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The page with the answer", body = String, content_type = "text/html"),
        (status = 503, description = "The page, saying that the service is busy", body = String, content_type = "text/html"),
        (status = 504, description = "The page, saying that the check took too long", body = String, content_type = "text/html"),
        ParameterProblems, BodyProblems, AnyProblems,
    )
)]
pub(super) async fn post_page(
    State(service): State<Service>,
    pairs: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(pairs) = pairs.map_err(unreadable)?;
    let form = PageForm::read(&Params::new(pairs))?;
    if form.is_switch && form.names.is_empty() {
        return Ok(html(StatusCode::OK, &page(form, None, None)));
    }
    let words = Words::of(form.language);
    match findings(&service, &form, words).await {
        Ok(found) => Ok(html(StatusCode::OK, &page(form, None, Some(found)))),
        Err(trouble) => {
            let status = match &trouble {
                Trouble::Failed(code) => Problem::new(*code, "").status(),
                _ => StatusCode::BAD_REQUEST,
            };
            Ok(html(status, &page(form, Some(words.trouble(&trouble)), None)))
        }
    }
}

async fn findings(service: &Service, form: &PageForm, words: &Words) -> Result<Findings, Trouble> {
    form.look()?;
    let failed = |problem: Problem| Trouble::Failed(problem.code());
    let index = service.index().map_err(failed)?;
    let cut = Cut { limit: Some(HITS_PER_NAME), lang: Some(form.language), min_score: None };
    let request = CheckRequest::new(form.names.clone(), true, form.common(), cut).map_err(failed)?;
    let ranking: Ranking = request.answer(service, Ranking::from).await.map_err(failed)?;
    // The answers say which register they are from: it may have been renewed meanwhile.
    let register = ranking.answers.first().map_or_else(|| register_of(&index), |answer| answer.register.clone());
    Ok(Findings::new(words, &register, ranking))
}

fn page(form: PageForm, trouble: Option<String>, result: Option<Findings>) -> Page {
    let words = Words::of(form.language);
    let (common, others) = choices(words, form.classes);
    let mut names = form.names;
    names.resize(NAME_FIELDS.max(names.len()), String::new());
    Page {
        words,
        names,
        goods: form.goods.unwrap_or_default(),
        others_chosen: others.iter().any(|choice| choice.is_chosen),
        common,
        others,
        max_chars: MAX_NAME_CHARS,
        style: assets::style_path(),
        script: assets::script_path(),
        trouble,
        result,
    }
}

fn html(status: StatusCode, page: &Page) -> Response {
    match page.render() {
        Ok(text) => (status, [(CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response(),
        Err(_) => Problem::internal().into_response(),
    }
}

fn unreadable(rejection: FormRejection) -> Problem {
    match rejection {
        FormRejection::InvalidFormContentType(_) => Problem::new(
            Code::UnsupportedMediaType,
            "the page reads forms alone (application/x-www-form-urlencoded); send JSON to POST /v1/check",
        ),
        FormRejection::BytesRejection(rejection) => Problem::from(rejection),
        _ => Problem::new(Code::BadRequest, "the form can't be read; write it as name=value&name=value"),
    }
}
