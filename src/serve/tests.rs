//! The routes, as far as they answer without a register.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::http::header::{ALLOW, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use super::*;

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn send(request: Request<Body>) -> Reply {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let response = router(Service::new(ServeOptions::default())).oneshot(request).await.expect("a router never fails");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 16 << 20).await.expect("a body");
        Reply { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).expect("UTF-8") }
    })
}

fn get(path: &str) -> Reply {
    send(Request::get(path).body(Body::empty()).expect("a request"))
}

fn post(path: &str, media: &str, body: impl Into<Body>) -> Reply {
    send(Request::post(path).header(CONTENT_TYPE, media).body(body.into()).expect("a request"))
}

/// A problem in the shape of the contract, with this status, code and part of its detail.
#[track_caller]
fn check(reply: &Reply, status: u16, code: &str, field: Option<&str>, part: &str) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert_eq!(reply.headers[CONTENT_TYPE], "application/problem+json");
    let problem = reply.json();
    assert_eq!((&problem["code"], &problem["status"], &problem["type"]), (&code.into(), &status.into(), &"about:blank".into()));
    assert_eq!(problem["title"], reply.status.canonical_reason().expect("a known status"));
    assert_eq!(problem.get("field").and_then(Value::as_str), field, "{problem}");
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(detail.contains(part), "{detail}");
    assert!(!detail.ends_with('.'), "{detail}");
}

#[test]
fn wrong_parameters_are_named_with_their_mend() {
    check(&get("/v1/check"), 400, "bad_request", Some("name"), "give the name");
    check(&get("/v1/check?name=A&nama=B"), 400, "bad_request", Some("nama"), "knows name, class, goods");
    check(&get("/v1/check?name=A&class=46"), 400, "bad_request", Some("class"), "1 to 45");
    check(&get("/v1/check?name=A&limit=0"), 400, "bad_request", Some("limit"), "1 to 100");
    check(&get("/v1/check?name=A&limit=x"), 400, "bad_request", Some("limit"), "1 to 100");
    check(&get("/v1/check?name=A&min_score=2"), 400, "bad_request", Some("min_score"), "0 to 1");
    check(&get("/v1/check?name=A&lang=jv"), 400, "bad_request", Some("lang"), "id and en");
    check(&get("/v1/check?name=A&filed_on=24-11-2026"), 400, "bad_request", Some("filed_on"), "2026-11-24");
    check(&get("/v1/check?name=A&goods=x&goods=y"), 400, "bad_request", Some("goods"), "given twice");
    check(&get("/v1/check?name=%FF"), 400, "bad_input", Some("name"), "UTF-8");
    check(&get(&format!("/v1/check?name={}", "a".repeat(1001))), 400, "bad_input", Some("name"), "1001 characters");
    check(&get(&format!("/v1/check?{}", "name=a&".repeat(21))), 400, "bad_request", Some("name"), "at most 20");
    check(&get("/v1/compare?a=A"), 400, "bad_request", Some("b"), "both signs");
    check(&get("/v1/compare?a=A&b=B&class=3"), 400, "bad_request", Some("class"), "class_a");
    check(&get("/v1/compare?a=A&b=B&class_b=99"), 400, "bad_request", Some("class_b"), "1 to 45");
    check(&get("/v1/marks/%FF"), 400, "bad_input", Some("id"), "UTF-8");
    check(&get("/v1/marks/IDM1?x=1"), 400, "bad_request", Some("x"), "no such parameter");
    check(&post("/v1/screenings?top=3", "text/csv", "name\nA\n"), 400, "bad_request", Some("top"), "limit, min_score, lang");
}

#[test]
fn wrong_bodies_are_told_apart() {
    let json = "application/json";
    check(&post("/v1/check", json, "{\"name\": "), 400, "malformed_json", None, "line 1, column 9");
    check(&post("/v1/check", json, "{\"nama\": \"A\"}"), 400, "bad_input", None, "unknown field `nama`");
    check(&post("/v1/check", json, "{\"name\": \"A\", \"classes\": [0]}"), 400, "bad_input", None, "1 to 45");
    check(&post("/v1/check", json, "{}"), 400, "bad_request", Some("name"), "none given");
    check(&post("/v1/check", "text/plain", "A"), 415, "unsupported_media_type", None, "application/json");
    check(&send(Request::post("/v1/check").body("{}".into()).expect("a request")), 415, "unsupported_media_type", None, "no Content-Type");
    check(&post("/v1/check", json, " ".repeat(MAX_CHECK_BYTES + 1)), 413, "body_too_large", None, "larger");
    check(&post("/", "application/json", "{}"), 415, "unsupported_media_type", None, "POST /v1/check");
    check(&post("/", "application/x-www-form-urlencoded", "a".repeat(MAX_CHECK_BYTES + 1)), 413, "body_too_large", None, "larger");
}

#[test]
fn unknown_routes_and_methods_are_problems_too() {
    check(&get("/v1/chek"), 404, "unknown_route", None, "/openapi.json");
    check(&get("/assets/style.css"), 404, "unknown_route", None, "load the page again");
    let reply = send(Request::delete("/v1/check").body(Body::empty()).expect("a request"));
    check(&reply, 405, "method_not_allowed", None, "DELETE");
    assert_eq!(reply.headers[ALLOW], "GET,HEAD,POST");
}

#[test]
fn without_a_register_the_service_lives_and_says_so() {
    assert_eq!(get("/healthz").status, StatusCode::OK);
    for path in ["/readyz", "/v1/check?name=A", "/v1/compare?a=A&b=B", "/v1/marks/IDM1"] {
        let reply = get(path);
        check(&reply, 503, "not_ready", None, "being opened");
        assert_eq!(reply.headers["retry-after"], "1", "{path}");
    }
    check(&post("/v1/screenings", "application/json", "{\"rows\": []}"), 503, "not_ready", None, "being opened");
}

#[test]
fn every_response_is_kept_by_nobody() {
    let page = "application/x-www-form-urlencoded";
    for reply in [get("/v1/check?name=A"), get("/nowhere"), get("/"), get("/healthz"), post("/", page, "name=A")] {
        assert_eq!(reply.headers["cache-control"], "no-store");
        assert_eq!(reply.headers["referrer-policy"], "no-referrer");
        assert_eq!(reply.headers["x-content-type-options"], "nosniff");
        let policy = reply.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!reply.headers.contains_key(LOCATION));
    }
}

#[test]
fn the_page_is_small_and_whole_in_itself() {
    let page = get("/");
    assert_eq!(page.headers[CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(page.body.contains("<html lang=\"id\">"));
    assert!(get("/?lang=en&fbclid=x").body.contains("<html lang=\"en\">"));
    assert!(!page.body.contains("http://") && !page.body.contains("https://"), "an address of others");
    assert!(!page.body.contains("onclick") && !page.body.contains("style=\""), "forbidden by its own policy");
    let mut bytes = page.body.len();
    for part in page.body.split('"').filter(|part| part.starts_with("/assets/")) {
        let asset = get(part);
        assert_eq!(asset.status, StatusCode::OK, "{part}");
        assert_eq!(asset.headers["cache-control"], "public, max-age=31536000, immutable");
        bytes += asset.body.len();
    }
    assert!(bytes < 40_000, "{bytes} bytes for a phone with little signal");
}

#[test]
fn the_page_names_what_a_person_can_mend() {
    let form = "application/x-www-form-urlencoded";
    let reply = post("/", form, "lang=id&name=");
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.body.contains("role=\"alert\">Ketik paling sedikit satu nama."), "{}", reply.body);
    let reply = post("/", form, "lang=en&name=%3Cscript%3E%3C%2Fscript%3E&name=%2B%2B&class=30&goods=%22%3E");
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert!(reply.body.contains("“++” holds no letter"), "{}", reply.body);
    assert!(reply.body.contains("value=\"&#60;script&#62;&#60;/script&#62;\"") && reply.body.contains("value=\"&#34;&#62;\""));
    assert!(reply.body.contains("value=\"30\" checked"));
    let reply = post("/", form, "lang=id&name=A");
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.body.contains("Coba lagi"));
    let reply = post("/", form, "lang=id&switch=en&name=");
    assert_eq!(reply.status, StatusCode::OK);
    assert!(reply.body.contains("<html lang=\"en\">") && !reply.body.contains("role=\"alert\""));
}

const METHODS: [&str; 5] = ["get", "post", "put", "delete", "patch"];

#[test]
fn the_document_tells_of_every_route_and_method_and_of_no_other() {
    let document: Value = serde_json::from_str(openapi_json()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let contract =
        ["/v1/check", "/v1/compare", "/v1/screenings", "/v1/marks/{id}", "/healthz", "/readyz", "/openapi.json", "/", "/assets/{file}"];
    assert_eq!(paths.keys().map(String::as_str).collect::<BTreeSet<_>>(), contract.into_iter().collect());
    for (path, item) in paths {
        let real = path.replace("{id}", "IDM1").replace("{file}", "x");
        for method in METHODS {
            let request = Request::builder().method(Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method")).uri(&real);
            let reply = send(request.body(Body::empty()).expect("a request"));
            let is_documented = item.get(method).is_some();
            assert_eq!(reply.status != StatusCode::METHOD_NOT_ALLOWED, is_documented, "{method} {path}");
            let code = serde_json::from_str::<Value>(&reply.body).map(|body| body["code"].clone()).unwrap_or_default();
            assert!(code != "unknown_route" || path == "/assets/{file}", "{method} {path}");
            if is_documented {
                let status = reply.status.as_str();
                assert!(item[method]["responses"].get(status).is_some(), "{method} {path} answered {status}, which is not in the document");
            }
        }
    }
}

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if let (true, Some(target)) = (name == "$ref", member.as_str()) {
                    found.insert(target.to_owned());
                }
                references(member, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[test]
fn the_document_has_all_that_it_points_at_and_describes_all() {
    let document: Value = serde_json::from_str(openapi_json()).expect("JSON");
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.contains("#/components/schemas/Answer") && found.contains("#/components/schemas/Problem"));
    for target in &found {
        assert!(document.pointer(target.trim_start_matches('#')).is_some(), "{target} is not there");
    }
    let operations = document["paths"].as_object().expect("paths").iter();
    for (path, method, operation) in operations.flat_map(|(path, item)| METHODS.iter().filter_map(move |m| Some((path, m, item.get(m)?)))) {
        assert!(operation["summary"].is_string(), "{method} {path} has no summary");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{method} {path}: {parameter}");
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let is_problem = status.starts_with(['4', '5']);
            let has_problem = response["content"].get("application/problem+json").is_some();
            assert!(!is_problem || has_problem || path == "/", "{method} {path} {status}");
        }
    }
}

#[test]
fn the_examples_of_the_document_are_taken_by_the_service() {
    let document: Value = serde_json::from_str(openapi_json()).expect("JSON");
    for (path, body) in [("/v1/check", "CheckBody"), ("/v1/screenings", "ScreeningBody")] {
        let example = &document["components"]["schemas"][body]["example"];
        assert!(example.is_object(), "{body} has no example");
        // 503: it was understood, and there is no register to answer it from.
        if path == "/v1/check" {
            check(&post(path, "application/json", example.to_string()), 503, "not_ready", None, "being opened");
        } else {
            let read: screenings::ScreeningBody = body::read_json(example.to_string().as_bytes()).expect("the example is read");
            assert!(read.rows_are_good(), "{example}");
        }
    }
    for path in ["/v1/check", "/v1/compare"] {
        let mut query = Vec::new();
        for parameter in document["paths"][path]["get"]["parameters"].as_array().expect("parameters") {
            let name = parameter["name"].as_str().expect("a name");
            match &parameter["example"] {
                Value::Array(items) => {
                    query.extend(items.iter().map(|item| format!("{name}={}", item.to_string().trim_matches('"').replace(' ', "+"))))
                }
                Value::String(text) => query.push(format!("{name}={}", text.replace(' ', "+"))),
                _ => {}
            }
        }
        assert!(query.len() >= 3, "{path}: {query:?}");
        check(&get(&format!("{path}?{}", query.join("&"))), 503, "not_ready", None, "being opened");
    }
}
