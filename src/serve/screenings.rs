//! `/v1/screenings`: a list of names, against the register and against itself.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Service;
use super::body::{got, is_json, media_type, read_json};
use super::limits::Cut;
use super::params::Params;
use super::problem::{AnyProblems, BodyProblems, Code, ParameterProblems, Problem, SearchProblems};
use super::service::{abandoned, register_of};
use super::upload::{Upload, kind_of_media, kind_of_name, read_list};
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::score::Language;
use crate::screen::{self, BadEntry, Entry, ScreenConfig};
use crate::view::{Register, ScreenedRow};
use crate::{Error, ErrorKind};

/// Hits per row where the caller does not say: a list is read for who is in the way at all.
const DEFAULT_ROW_LIMIT: usize = 5;

/// Parameters of `POST /v1/screenings`; a JSON body may hold them itself.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document is made of it; the parameters are read by name")]
struct ScreeningParams {
    /// Most hits shown per row.
    #[param(minimum = 1, maximum = 100, default = 5)]
    limit: Option<usize>,
    /// No hit below this score is shown. Without it the cut-off is the start of the band `medium`.
    #[param(minimum = 0, maximum = 1)]
    min_score: Option<f64>,
    /// Language of the sentences: `id` or `en`.
    #[param(value_type = Option<String>, pattern = "^(id|en)$", default = "id")]
    lang: Option<Language>,
}

/// Names of the parameters of `POST /v1/screenings`.
const SCREENING_PARAMS: &[&str] = &["limit", "min_score", "lang"];

/// A list to screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"rows": [{"name": "KOPI KENANGGA", "id": "1", "classes": [30], "owner": "Siti"}, {"name": "KERIPIK BAROKAH"}], "limit": 5}))]
pub(super) struct ScreeningBody {
    /// The names. A row that can't be read is answered with its error; it stops no other.
    #[schema(value_type = Vec<ScreeningRow>)]
    rows: Vec<serde_json::Value>,
    /// Most hits shown per row.
    #[schema(minimum = 1, maximum = 100, default = 5)]
    limit: Option<usize>,
    /// No hit below this score is shown; without it, none below the start of the band `medium`.
    #[schema(minimum = 0, maximum = 1)]
    min_score: Option<f64>,
    /// Language of the sentences: `id` or `en`.
    #[schema(value_type = Option<String>, pattern = "^(id|en)$", default = "id")]
    lang: Option<Language>,
}

/// One row of a list to screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScreeningRow {
    /// The name to check.
    name: String,
    /// The caller's own id of the row; comes back in the answer.
    id: Option<String>,
    /// Nice classes, 1 to 45.
    #[serde(default)]
    #[schema(value_type = Vec<u8>, required = false)]
    classes: NiceClasses,
    /// The goods or services in the applicant's words.
    goods: Option<String>,
    /// The applicant.
    owner: Option<String>,
    /// Community that the name belongs to.
    group: Option<String>,
}

/// A list as a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the document is made of it")]
pub(super) struct ScreeningFile {
    /// A CSV, TSV, JSON Lines or XLSX file with a column `name` and, optional, `id`,
    /// `classes`, `goods`, `owner`, `group`. What it is, its name's ending says.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What `/v1/screenings` answers.
#[derive(Serialize, ToSchema)]
pub(super) struct Screening {
    /// One row per row of the list, in its order.
    rows: Vec<ScreenedRow>,
    /// What the names were compared with.
    register: Register,
}

/// Screens a list against the register and against itself
#[utoipa::path(post, path = "/v1/screenings", tag = "check", params(ScreeningParams),
    request_body(description = "A list as JSON, as a file in a form (`file`), or as the file itself", content(
        (ScreeningBody = "application/json"),
        (ScreeningFile = "multipart/form-data"),
        (String = "text/csv"),
        (String = "text/tab-separated-values"),
        (String = "application/x-ndjson"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    )),
    responses(
        (status = 200, description = "One answer per row, in the order of the list", body = Screening),
        ParameterProblems, BodyProblems, SearchProblems, AnyProblems,
    )
)]
pub(super) async fn post_screenings(State(service): State<Service>, params: Params, request: Request) -> Result<Response, Problem> {
    params.only(SCREENING_PARAMS)?;
    let cut = Cut::of(&params)?;
    // Asked before the body is read: nobody should send megabytes to hear `not_ready`.
    let index = service.index()?;
    let (list, cut) = read_request(request, cut).await?;
    let config = cut.into_config(DEFAULT_ROW_LIMIT)?;
    let config = ScreenConfig { limit: config.limit, min_score: config.min_score, today: config.today, language: config.language };
    let max_rows = service.options().max_rows;
    let json = service
        .screenings()
        .run(move |abandoned_flag| {
            let rows = match list {
                List::Rows(rows) => rows,
                List::File(upload) => read_list(&upload)?,
            };
            if rows.len() > max_rows {
                let message =
                    format!("{} rows, at most {max_rows} are read at once; send the list in parts, or use `mirip screen`", rows.len());
                return Err(Error::input(message));
            }
            screened_json(&index, &rows, &config, || abandoned_flag.is_set())
        })
        .await?;
    Ok(([(CONTENT_TYPE, "application/json")], json).into_response())
}

#[cfg(test)]
impl ScreeningBody {
    /// True where every row can be read.
    pub(super) fn rows_are_good(self) -> bool {
        self.rows.into_iter().zip(1..).all(|(row, line)| read_row(row, line).is_ok())
    }
}

enum List {
    Rows(Vec<Result<Entry, BadEntry>>),
    File(Upload),
}

/// Takes the list out of the request; a file is only held, reading it is work for the lane.
async fn read_request(request: Request, cut: Cut) -> Result<(List, Cut), Problem> {
    let media = media_type(request.headers());
    if is_json(&media) {
        let bytes = Bytes::from_request(request, &()).await?;
        let body: ScreeningBody = read_json(&bytes)?;
        let cut = Cut { limit: cut.limit.or(body.limit), min_score: cut.min_score.or(body.min_score), lang: cut.lang.or(body.lang) };
        let rows = body.rows.into_iter().zip(1..).map(|(row, line)| read_row(row, line)).collect();
        return Ok((List::Rows(rows), cut));
    }
    if media == "multipart/form-data" {
        return Ok((List::File(read_form(request).await?), cut));
    }
    if let Some(kind) = kind_of_media(&media) {
        let bytes = Bytes::from_request(request, &()).await?;
        return Ok((List::File(Upload { bytes, kind }), cut));
    }
    let detail = format!("{}; send JSON, CSV, TSV, JSON Lines or XLSX, or a form with the field `file`", got(&media));
    Err(Problem::new(Code::UnsupportedMediaType, detail))
}

/// Reads one row of a JSON list; one that can't be read keeps its line, and its name if it has one.
fn read_row(row: serde_json::Value, line: u64) -> Result<Entry, BadEntry> {
    let text = |member: &str| row.get(member).and_then(serde_json::Value::as_str).map(str::to_owned);
    let (name, id) = (text("name"), text("id"));
    match serde_json::from_value::<ScreeningRow>(row) {
        Ok(ScreeningRow { name, id, classes, goods, owner, group }) => Ok(Entry { line, id, name, classes, goods, owner, group }),
        Err(error) => Err(BadEntry { line, field: None, reason: error.to_string(), name, id }),
    }
}

async fn read_form(request: Request) -> Result<Upload, Problem> {
    let broken = |status: axum::http::StatusCode| match status {
        axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Code::BodyTooLarge, "the file is larger than this route takes; screen it with `mirip screen`")
        }
        _ => Problem::bad_request("file", "the form can't be read; send multipart/form-data with one file in the field `file`"),
    };
    let mut form = Multipart::from_request(request, &()).await.map_err(|rejection| broken(rejection.status()))?;
    let mut found = None;
    while let Some(field) = form.next_field().await.map_err(|error| broken(error.status()))? {
        match field.name() {
            Some("file") if found.is_none() => {}
            Some("file") => return Err(Problem::bad_request("file", "file: given twice; send one list at a time")),
            name => {
                let name = name.unwrap_or_default().to_owned();
                return Err(Problem::bad_request(&name, format!("{name}: no such field; the form has one, `file`")));
            }
        }
        let kind = field.file_name().and_then(kind_of_name).or_else(|| field.content_type().and_then(kind_of_media));
        let Some(kind) = kind else {
            return Err(Problem::new(
                Code::UnsupportedMediaType,
                "file: neither its name nor its type says what it is; name it .csv, .tsv, .jsonl or .xlsx",
            )
            .at("file"));
        };
        let bytes = field.bytes().await.map_err(|error| broken(error.status()))?;
        found = Some(Upload { bytes, kind });
    }
    found.ok_or_else(|| Problem::bad_request("file", "file: none given; send the list in the field `file`"))
}

/// Screens and writes the answer as it comes: the rows are never held twice.
fn screened_json(
    index: &Index,
    rows: &[Result<Entry, BadEntry>],
    config: &ScreenConfig,
    is_abandoned: impl Fn() -> bool,
) -> crate::Result<Vec<u8>> {
    let not_json = |error: serde_json::Error| Error::new(ErrorKind::Internal, "a screened row can't be written as JSON").caused_by(error);
    let mut json = b"{\"rows\":[".to_vec();
    let mut is_first = true;
    screen::screen(index, rows, config, &|_| (), &mut |outcome| {
        if is_abandoned() {
            return Err(abandoned());
        }
        if !std::mem::take(&mut is_first) {
            json.push(b',');
        }
        serde_json::to_writer(&mut json, &ScreenedRow::from(outcome)).map_err(not_json)
    })?;
    json.extend_from_slice(b"],\"register\":");
    serde_json::to_writer(&mut json, &register_of(index)).map_err(not_json)?;
    json.push(b'}');
    Ok(json)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_document_names_the_parameters_that_are_read() {
        let documented: Vec<String> = ScreeningParams::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        assert_eq!(documented, SCREENING_PARAMS);
    }

    #[test]
    fn a_bad_row_keeps_its_place_and_what_it_says_of_itself() {
        let entry = read_row(json!({"name": "A", "classes": [30, 43], "owner": "Siti"}), 1).expect("a good row");
        assert_eq!((entry.line, entry.name.as_str(), entry.classes.to_string().as_str()), (1, "A", "30;43"));
        let bad = read_row(json!({"name": "B", "id": "7", "classes": [99]}), 2).expect_err("no such class");
        assert_eq!((bad.line, bad.name.as_deref(), bad.id.as_deref()), (2, Some("B"), Some("7")));
        assert!(bad.reason.contains("1 to 45"), "{}", bad.reason);
        for row in [json!("A"), json!(null), json!({}), json!({"nama": "A"}), json!({"name": 3})] {
            assert!(read_row(row.clone(), 3).is_err(), "{row}");
        }
    }
}
