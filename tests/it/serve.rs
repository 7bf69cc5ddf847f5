//! The HTTP service over a real register.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Request, StatusCode};
use mirip::index::{Index, Writer};
use mirip::mark::Mark;
use mirip::serve::{ServeOptions, Service, router, serve};
use mirip::view::{Answer, Band, Comparison, EarlierMark, Ranking, Register};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower::ServiceExt;

const FORM: &str = "application/x-www-form-urlencoded";

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Reply {
    #[track_caller]
    fn read<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

fn starter() -> Router {
    router(Service::with_index(Index::starter().expect("the starter register"), ServeOptions::default()))
}

async fn send(app: &Router, request: Request<Body>) -> Reply {
    let response = app.clone().oneshot(request).await.expect("a router never fails");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 64 << 20).await.expect("a body");
    Reply { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).expect("UTF-8") }
}

fn get(app: &Router, path: &str) -> Reply {
    runtime().block_on(send(app, Request::get(path).body(Body::empty()).expect("a request")))
}

fn post(app: &Router, path: &str, media: &str, body: impl Into<Body>) -> Reply {
    runtime().block_on(send(app, Request::post(path).header(CONTENT_TYPE, media).body(body.into()).expect("a request")))
}

/// Every byte percent-encoded.
fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// An answer without the time it took.
fn timeless(mut answer: Answer) -> Value {
    answer.elapsed_ms = 0.0;
    serde_json::to_value(answer).expect("JSON")
}

#[test]
fn a_known_mark_is_found_and_nobody_keeps_the_answer() {
    let app = starter();
    let reply = get(&app, "/v1/check?name=INDOMIE&class=30");
    assert_eq!(reply.headers["cache-control"], "no-store");
    let answer: Answer = reply.read();
    assert!(answer.verdict >= Band::High, "{:?}", answer.verdict);
    assert_eq!(answer.register.name, "starter");
    assert!(answer.register.compared > 1000 && !answer.notice.is_empty());
    assert!(answer.hits.is_sorted_by(|a, b| a.score > b.score || (a.score == b.score && a.mark.id < b.mark.id)));
}

#[test]
fn query_string_and_json_mean_the_same() {
    let app = starter();
    let by_query: Answer =
        get(&app, "/v1/check?name=KOPI+KENANGGA&class=30&class=43&goods=kopi+bubuk&limit=7&min_score=0.2&lang=en").read();
    let body = json!({"name": "KOPI KENANGGA", "classes": [43, 30], "goods": "kopi bubuk", "limit": 7, "min_score": 0.2, "lang": "en"});
    let by_body: Answer = post(&app, "/v1/check", "application/json", body.to_string()).read();
    assert_eq!(timeless(by_query), timeless(by_body));
}

#[test]
fn several_names_are_ranked_the_safest_first() {
    let app = starter();
    let ranking: Ranking = get(&app, "/v1/check?name=INDOMIE&name=ZQWOXVUR&class=30").read();
    let order: Vec<&str> = ranking.ranking.iter().map(|ranked| ranked.name.as_str()).collect();
    assert_eq!(order, ["ZQWOXVUR", "INDOMIE"]);
    let asked: Vec<&str> = ranking.answers.iter().map(|answer| answer.query.name.as_str()).collect();
    assert_eq!(asked, ["INDOMIE", "ZQWOXVUR"]);
    let alone: Ranking = post(&app, "/v1/check", "application/json", r#"{"names": ["INDOMIE"]}"#).read();
    assert_eq!(alone.ranking.len(), 1);
}

#[test]
fn compare_says_of_a_pair_what_check_says_of_the_mark() {
    let app = starter();
    let answer: Answer = get(&app, "/v1/check?name=INDOMEI&class=30").read();
    let hit = answer.hits.first().expect("a hit for a letter swapped");
    let mut path = format!("/v1/compare?a=INDOMEI&class_a=30&b={}&class_b={}", encode(&hit.mark.name), hit.mark.classes);
    if let Some(goods) = &hit.mark.goods {
        path.push_str(&format!("&goods_b={}", encode(goods)));
    }
    let comparison: Comparison = get(&app, &path).read();
    assert_eq!(comparison.assessment.overall.to_bits(), hit.score.to_bits(), "{}", hit.mark.name);
    assert_eq!(comparison.assessment.band, hit.band);
    assert_eq!(comparison.assessment.aspects, hit.aspects);
}

#[test]
fn a_mark_is_shown_by_its_id_and_an_unknown_one_is_404() {
    let app = starter();
    let answer: Answer = get(&app, "/v1/check?name=INDOMIE").read();
    let id = &answer.hits.first().expect("a hit").mark.id;
    let mark: EarlierMark = get(&app, &format!("/v1/marks/{}", encode(id))).read();
    assert_eq!(&mark.id, id);
    let reply = get(&app, "/v1/marks/no%2Fsuch");
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    let problem: Value = serde_json::from_str(&reply.body).expect("JSON");
    assert_eq!((&problem["code"], &problem["field"]), (&json!("not_found"), &json!("id")));
}

#[test]
fn a_name_with_nothing_to_compare_is_refused_by_field() {
    let reply = get(&starter(), "/v1/check?name=%2B%2B");
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let problem: Value = serde_json::from_str(&reply.body).expect("JSON");
    assert_eq!((&problem["code"], &problem["field"]), (&json!("bad_input"), &json!("name")));
}

#[test]
fn readiness_tells_what_names_are_compared_with() {
    let register: Register = get(&starter(), "/readyz").read();
    assert_eq!(register.name, "starter");
    assert!(register.marks >= register.compared && !register.digest.is_empty());
}

#[test]
fn two_hundred_at_once_are_all_answered() {
    let app = starter();
    runtime().block_on(async {
        let asking: Vec<_> = (0..200)
            .map(|number| {
                let app = app.clone();
                let path = format!("/v1/check?name=KOPI+{number}+BAROKAH&class=30");
                tokio::spawn(async move { send(&app, Request::get(path).body(Body::empty()).expect("a request")).await })
            })
            .collect();
        for reply in asking {
            let answer: Answer = reply.await.expect("joined").read();
            assert!(answer.query.name.ends_with("BAROKAH"));
        }
    });
}

fn rows(reply: &Reply) -> Value {
    let mut screening: Value = reply.read();
    assert!(screening["register"]["compared"].as_u64() > Some(1000));
    screening["rows"].take()
}

#[test]
fn a_list_is_screened_row_by_row_and_a_bad_row_stops_no_other() {
    let app = starter();
    let body = json!({"rows": [
        {"name": "INDOMIE", "id": "a", "classes": [30], "owner": "Siti"},
        {"name": "B", "classes": [99]},
        {"name": "INDOMEI", "id": "c", "classes": [30], "owner": "Budi"},
    ]});
    let rows = rows(&post(&app, "/v1/screenings", "application/json", body.to_string()));
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
    assert_eq!((&rows[0]["line"], &rows[0]["id"], &rows[0]["error"]), (&json!(1), &json!("a"), &Value::Null));
    assert!(rows[1]["error"].as_str().expect("an error").contains("1 to 45") && rows[1]["verdict"].is_null());
    assert_eq!((&rows[2]["within_list"][0]["line"], &rows[2]["within_list"][0]["earlier"]), (&json!(1), &json!(true)));
}

#[test]
fn a_file_is_screened_as_itself_and_in_a_form() {
    let app = starter();
    let csv = "name,id,classes\nINDOMIE,a,30\nKERIPIK BAROKAH,b,29\n";
    let raw = rows(&post(&app, "/v1/screenings?limit=3", "text/csv; charset=utf-8", csv));
    assert_eq!(raw.as_array().map(Vec::len), Some(2));
    assert_eq!((&raw[0]["id"], &raw[1]["name"]), (&json!("a"), &json!("KERIPIK BAROKAH")));
    let form = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n{csv}\r\n--x--\r\n");
    assert_eq!(rows(&post(&app, "/v1/screenings?limit=3", "multipart/form-data; boundary=x", form)), raw);
}

#[test]
fn lists_beyond_the_limits_and_unknown_files_are_refused() {
    let options = ServeOptions { max_rows: 2, max_body_bytes: 1000, ..ServeOptions::default() };
    let app = router(Service::with_index(Index::starter().expect("the starter register"), options));
    let code = |reply: Reply| {
        let problem: Value = serde_json::from_str(&reply.body).expect("JSON");
        (reply.status.as_u16(), problem["code"].as_str().expect("a code").to_owned())
    };
    let form = |name: &str, file: &str| {
        let body = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\nname\r\nA\r\n--x--\r\n");
        code(post(&app, "/v1/screenings", "multipart/form-data; boundary=x", body))
    };
    assert_eq!(form("list", "a.csv"), (400, "bad_request".to_owned()));
    assert_eq!(form("file", "a.docx"), (415, "unsupported_media_type".to_owned()));
    let json = |body: String| code(post(&app, "/v1/screenings", "application/json", body));
    assert_eq!(json(json!({"rows": vec![json!({"name": "A"}); 3]}).to_string()), (400, "bad_input".to_owned()));
    assert_eq!(json(json!({"rows": [{"name": "a".repeat(1000)}]}).to_string()), (413, "body_too_large".to_owned()));
    assert_eq!(json("{\"rows\": [".to_owned()), (400, "malformed_json".to_owned()));
    assert_eq!(code(post(&app, "/v1/screenings", "application/pdf", "x")), (415, "unsupported_media_type".to_owned()));
    assert_eq!(code(post(&app, "/v1/screenings", "multipart/form-data", "x")), (400, "bad_request".to_owned()));
    let long = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{}\r\n--x--\r\n", "a".repeat(1000));
    assert_eq!(code(post(&app, "/v1/screenings", "multipart/form-data; boundary=x", long)), (413, "body_too_large".to_owned()));
}

#[test]
fn the_page_answers_without_a_script() {
    let app = starter();
    let reply = post(&app, "/", FORM, "lang=id&name=INDOMIE&name=%3Cscript%3Ealert(1)%3C/script%3E&class=30&goods=mi+instan");
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    assert_eq!(reply.headers["cache-control"], "no-store");
    for part in ["bukan daftar resmi", "berisiko", "merek dibandingkan", "&#60;script&#62;alert(1)", "Mengapa mirip"] {
        assert!(reply.body.contains(part), "{part} is missing");
    }
    assert!(!reply.body.contains("<script>"));
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no writer panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_checked_name_is_in_no_log_line() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    // For the whole process: what the threads for blocking work log is seen as well. A scoped
    // subscriber would also miss lines whose place in the code another test reached first.
    tracing::subscriber::set_global_default(subscriber).expect("no other test listens");
    let app = starter();
    let ask = |method: &str, path: &str, media: &str, body: &str| {
        let request = Request::builder().method(method).uri(path).header(CONTENT_TYPE, media);
        runtime().block_on(send(&app, request.body(Body::from(body.to_owned())).expect("a request")))
    };
    ask("GET", "/v1/check?name=RAHASIAKU", "", "");
    ask("GET", "/v1/check?nama=RAHASIAKU", "", "");
    ask("GET", "/v1/compare?a=RAHASIAKU&b=RAHASIAKU", "", "");
    ask("GET", "/v1/marks/RAHASIAKU", "", "");
    ask("GET", "/RAHASIAKU", "", "");
    ask("POST", "/v1/check", "application/json", r#"{"name": "RAHASIAKU"}"#);
    ask("POST", "/v1/check", "application/json", r#"{"name": "RAHASIAKU", "limit": "x"}"#);
    ask("POST", "/", FORM, "name=RAHASIAKU");
    ask("POST", "/v1/screenings", "application/json", r#"{"rows": [{"name": "RAHASIAKU"}]}"#);
    ask("POST", "/v1/screenings", "text/csv", "name\nRAHASIAKU\n");
    let text = String::from_utf8(log.0.lock().expect("no writer panics").clone()).expect("UTF-8");
    for route in ["/v1/check", "/v1/compare", "/v1/marks/{id}", "/v1/screenings"] {
        assert!(text.contains(route), "no line for {route}: {text}");
    }
    assert!(!text.to_lowercase().contains("rahasiaku"), "{text}");
}

/// Sends one request on its own connection and reads the answer whole.
fn over_the_wire(address: &str, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

/// Asks until the answer holds `part`, for at most half a minute.
#[track_caller]
fn wait_for(address: &str, path: &str, part: &str) {
    let started = Instant::now();
    loop {
        let last = over_the_wire(address, path);
        if last.as_ref().is_ok_and(|text| text.contains(part)) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{part} is still missing: {last:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn add(folder: &Path, id: &str, name: &str) {
    let mut writer = Writer::open(folder).expect("a writer");
    writer.add(&Mark::new(id, name)).expect("added");
    writer.commit(None, &|_, _| ()).expect("committed");
}

#[test]
fn a_commit_of_another_process_is_served_without_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let register = folder.path().join("register");
    add(&register, "1", "BAROKAH JAYA");
    let runtime = runtime();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let options = ServeOptions { register: Some(register.clone()), ..ServeOptions::default() };
    let serving = runtime.spawn(serve(listener, Service::new(options), async move {
        let _ = ended.await;
    }));
    wait_for(&address, "/readyz", "200 OK");
    assert!(over_the_wire(&address, "/v1/marks/2").expect("an answer").contains("404 Not Found"));
    add(&register, "2", "SUMBER REJEKI");
    wait_for(&address, "/v1/marks/2", "SUMBER REJEKI");
    end.send(()).expect("it listens");
    runtime.block_on(serving).expect("joined").expect("an orderly end");
    assert!(TcpStream::connect(&address).is_err(), "nobody listens any more");
}

#[test]
fn a_register_that_cannot_be_opened_ends_the_service() {
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = runtime();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let options = ServeOptions { register: Some(folder.path().join("absent")), ..ServeOptions::default() };
    let outcome = runtime.block_on(serve(listener, Service::new(options), std::future::pending()));
    assert_eq!(outcome.expect_err("there is nothing to serve").exit_status(), 3);
}
