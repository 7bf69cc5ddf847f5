//! The HTTP service: the contract's routes and a page for applicants, on axum.
//!
//! | concept | file |
//! | --- | --- |
//! | what an operator can choose | `options` |
//! | the register in use, and taking a newer one into use | `service`, `reload` |
//! | so much work at once, off the async threads | `lane` |
//! | errors as responses, at one place | `problem` |
//! | query strings and bodies, read strictly | `params`, `body`, `limits`, `upload` |
//! | the routes | `check`, `compare`, `screenings`, `marks`, `health`, `page` |
//! | what holds for every response | `layers` |
//! | the OpenAPI document, made from the same code | `document` |
//! | listener, signals, end | `run` |
//!
//! A name that is checked is a secret: no log line, header or file of the service holds
//! it. The service refuses nothing for being unknown to it (any name, any goods), but all
//! that it does not understand: unknown parameters, members, fields and media types.
//!
//! ```
//! use mirip::serve::{ServeOptions, Service, router};
//!
//! // No register is open yet: searches answer 503, `/healthz` answers 200.
//! let service = Service::new(ServeOptions::default());
//! let app: axum::Router = router(service);
//! ```

// The state behind the routes, and its end.
mod lane;
mod options;
mod reload;
mod run;
mod service;

// From a request to what it means, and from a failure to a response.
mod body;
mod limits;
mod params;
mod problem;
mod upload;

// The routes, what holds for all of them, and the document that tells of them.
mod check;
mod compare;
mod document;
mod health;
mod layers;
mod marks;
mod page;
mod screenings;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use document::openapi_json;
pub use options::ServeOptions;
pub use problem::{Code, Problem};
pub use run::{run, serve};
pub use service::Service;

/// Largest body of a request that holds names alone, in bytes. Twenty names and a sentence
/// on the goods are some 2 kB.
const MAX_CHECK_BYTES: usize = 64 << 10;

/// All routes, apart from any listener.
pub fn router(service: Service) -> Router {
    let limit = DefaultBodyLimit::max(service.options().max_body_bytes);
    let (timeout, screening_timeout) = (service.options().timeout, service.options().screening_timeout);
    let (routes, _) = routes(
        |short| short.layer(from_fn_with_state(timeout, layers::time_out)).layer(DefaultBodyLimit::max(MAX_CHECK_BYTES)),
        |long| long.layer(from_fn_with_state(screening_timeout, layers::time_out)).layer(limit),
    )
    .split_for_parts();
    routes
        .fallback(layers::unknown_route)
        .method_not_allowed_fallback(layers::method_not_allowed)
        .layer(layers::catch_panic())
        .layer(layers::compression())
        .layer(from_fn(layers::secure))
        .layer(from_fn(layers::trace))
        .with_state(service)
}

/// The routes with their documentation. `short` dresses those that answer at once, `long`
/// those that may take minutes.
fn routes(
    short: impl FnOnce(OpenApiRouter<Service>) -> OpenApiRouter<Service>,
    long: impl FnOnce(OpenApiRouter<Service>) -> OpenApiRouter<Service>,
) -> OpenApiRouter<Service> {
    let answering_at_once = OpenApiRouter::default()
        .routes(routes!(check::get_check, check::post_check))
        .routes(routes!(compare::get_compare))
        .routes(routes!(marks::get_mark))
        .routes(routes!(health::get_healthz))
        .routes(routes!(health::get_readyz))
        .routes(routes!(document::get_openapi))
        .routes(routes!(page::get_page, page::post_page))
        .routes(routes!(page::get_asset));
    let taking_minutes = OpenApiRouter::default().routes(routes!(screenings::post_screenings));
    OpenApiRouter::with_openapi(document::head()).merge(short(answering_at_once)).merge(long(taking_minutes))
}

#[cfg(test)]
mod tests;
