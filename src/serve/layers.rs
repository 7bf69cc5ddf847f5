//! What holds for every response: time, panics, headers, and one line in the log.

use std::any::Any;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::problem::{Code, Problem};

/// The page loads its own style sheet and script and sends its own form; nothing else.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Sent with every response, unless the route says otherwise. Answers hold unfiled names:
/// no cache keeps them, no other site learns where a reader came from, no frame shows them.
const HEADERS: [(HeaderName, &str); 5] = [
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (CONTENT_SECURITY_POLICY, CONTENT_SECURITY),
];

/// Adds the headers that a response does not have.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Answers `timeout` where the rest takes longer.
pub(super) async fn time_out(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = format!("no answer within {} seconds; ask for less at once, or later", limit.as_secs_f32());
            Problem::new(Code::Timeout, detail).into_response()
        }
    }
}

/// Turns a panic into a response without a word of its message.
pub(super) fn catch_panic() -> CatchPanicLayer<fn(Box<dyn Any + Send>) -> Response> {
    CatchPanicLayer::custom(|_| Problem::internal().into_response())
}

/// Compresses what is worth it: an answer shrinks to a tenth, and networks are patchy.
pub(super) fn compression() -> CompressionLayer {
    CompressionLayer::new()
}

/// Logs one line per request: method, route as a template, status, time. Never the query
/// string, the path as it came, or a body: they hold names.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let elapsed_ms = started.elapsed().as_secs_f64() * 1e3;
    tracing::info!(%method, route, status = response.status().as_u16(), elapsed_ms, "request");
    response
}

/// No route has this path.
pub(super) async fn unknown_route() -> Problem {
    Problem::new(Code::UnknownRoute, "no such route; GET /openapi.json names them all")
}

/// The route is there, the method is not. The router adds `Allow`.
pub(super) async fn method_not_allowed(method: Method) -> Problem {
    Problem::new(Code::MethodNotAllowed, format!("this route does not take {method}; the header Allow names what it takes"))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::StatusCode;
    use axum::middleware::{from_fn, from_fn_with_state};
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    async fn panics() -> &'static str {
        panic!("KOPI RAHASIA")
    }

    async fn sleeps() -> &'static str {
        tokio::time::sleep(Duration::from_secs(60)).await;
        "late"
    }

    async fn sets_its_own() -> ([(HeaderName, &'static str); 1], &'static str) {
        ([(CACHE_CONTROL, "public")], "own")
    }

    #[track_caller]
    fn ask(path: &'static str) -> (StatusCode, String, axum::http::HeaderMap) {
        let app = Router::new()
            .route("/panics", get(panics))
            .route("/sleeps", get(sleeps))
            .route("/own", get(sets_its_own))
            .layer(from_fn_with_state(Duration::from_millis(20), time_out))
            .layer(catch_panic())
            .layer(from_fn(secure));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let response = app.oneshot(request).await.expect("a router never fails");
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 1 << 20).await.expect("a body");
            (parts.status, String::from_utf8(body.to_vec()).expect("UTF-8"), parts.headers)
        })
    }

    #[test]
    fn a_panic_is_a_problem_that_tells_nothing() {
        let (status, body, _) = ask("/panics");
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(body.contains("\"internal\"") && !body.contains("RAHASIA"), "{body}");
    }

    #[test]
    fn what_takes_too_long_is_answered_all_the_same() {
        let (status, body, headers) = ask("/sleeps");
        assert_eq!(status, StatusCode::GATEWAY_TIMEOUT);
        assert!(body.contains("\"timeout\""), "{body}");
        assert_eq!(headers[CACHE_CONTROL], "no-store");
    }

    #[test]
    fn a_route_may_say_otherwise() {
        let (_, _, headers) = ask("/own");
        assert_eq!(headers[CACHE_CONTROL], "public");
        assert_eq!(headers[REFERRER_POLICY], "no-referrer");
    }
}
