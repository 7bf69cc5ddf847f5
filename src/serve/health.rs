//! `/healthz` and `/readyz`: for whoever keeps the service running.

use axum::Json;
use axum::extract::State;

use super::Service;
use super::problem::{AnyProblems, Problem, RegisterProblems};
use super::service::register_of;
use crate::view::Register;

/// The process runs
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, description = "It runs", body = String, content_type = "text/plain")))]
pub(super) async fn get_healthz() -> &'static str {
    "ok\n"
}

/// The register is open
#[utoipa::path(get, path = "/readyz", tag = "operation", responses(
    (status = 200, description = "What names are compared with", body = Register),
    RegisterProblems, AnyProblems,
))]
pub(super) async fn get_readyz(State(service): State<Service>) -> Result<Json<Register>, Problem> {
    service.index().map(|index| Json(register_of(&index)))
}
