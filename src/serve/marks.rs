//! `/v1/marks/{id}`: one mark of the register.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};

use super::Service;
use super::params::Params;
use super::problem::{AnyProblems, Code, ParameterProblems, Problem, SearchProblems};
use crate::view::EarlierMark;

/// One mark
#[utoipa::path(get, path = "/v1/marks/{id}", tag = "register",
    params(("id" = String, Path, description = "Identity of the mark in the register, percent-encoded")),
    responses(
        (status = 200, description = "The mark", body = EarlierMark),
        (status = 404, description = "`not_found`: the register has no such mark", body = Problem, content_type = "application/problem+json"),
        ParameterProblems, SearchProblems, AnyProblems,
    )
)]
pub(super) async fn get_mark(
    State(service): State<Service>,
    id: Result<Path<String>, PathRejection>,
    params: Params,
) -> Result<Json<EarlierMark>, Problem> {
    params.only(&[])?;
    let Ok(Path(id)) = id else {
        return Err(Problem::bad_input("id", "id: not UTF-8; encode the text as UTF-8 before percent-encoding it"));
    };
    let asked = id.clone();
    match service.search(move |index, _| index.mark(&asked)).await? {
        Some(mark) => Ok(Json(EarlierMark::from(&mark))),
        None => Err(Problem::new(Code::NotFound, format!("id: the register has no mark {id:?}")).at("id")),
    }
}
