//! `/v1/check`: one name to its hits, several to a ranking.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Service;
use super::body::JsonBody;
use super::limits::{Cut, DEFAULT_LIMIT, read_date};
use super::params::Params;
use super::problem::{AnyProblems, BodyProblems, Code, ParameterProblems, Problem, SearchProblems};
use crate::mark::NiceClasses;
use crate::score::Language;
use crate::search::{self, MAX_NAME_CHARS, Query, SearchConfig};
use crate::view::{Answer, Ranking};

/// Most names of one request. An office asks for five; what is longer is a list to screen.
const MAX_NAMES: usize = 20;

/// Parameters of `GET /v1/check`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document is made of it; the parameters are read by name")]
struct CheckParams {
    /// The name to check. Given several times (at most 20), the names are ranked, the safest first.
    #[param(example = json!(["KOPI KENANGGA"]), min_items = 1, max_items = 20)]
    name: Vec<String>,
    /// A Nice class, 1 to 45; may repeat, or hold several (`30;43`). Without it classes are left out of account.
    #[param(example = json!([30, 43]))]
    class: Option<Vec<u8>>,
    /// The goods or services in the applicant's words.
    #[param(example = "kopi bubuk")]
    goods: Option<String>,
    /// The applicant. Marks of the same owner are shown as evidence, not as hits.
    owner: Option<String>,
    /// Date of the applicant's own filing. Marks filed later are shown as evidence.
    #[param(value_type = Option<String>, format = Date)]
    filed_on: Option<Date>,
    /// Most hits shown.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<usize>,
    /// No hit below this score is shown. Without it the cut-off is the start of the band `low`.
    #[param(minimum = 0, maximum = 1)]
    min_score: Option<f64>,
    /// Language of the sentences: `id` or `en`.
    #[param(value_type = Option<String>, pattern = "^(id|en)$", default = "id")]
    lang: Option<Language>,
}

/// Names of the parameters of `GET /v1/check`.
const CHECK_PARAMS: &[&str] = &["name", "class", "goods", "owner", "filed_on", "limit", "min_score", "lang"];

/// Body of `POST /v1/check`.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "KOPI KENANGGA", "classes": [30, 43], "goods": "kopi bubuk", "limit": 20}))]
pub(super) struct CheckBody {
    /// The name to check; either this or `names`.
    name: Option<String>,
    /// Several names, at most 20, to be ranked, the safest first.
    #[schema(min_items = 1, max_items = 20)]
    names: Option<Vec<String>>,
    /// Nice classes, 1 to 45. Without them classes are left out of account.
    #[serde(default)]
    #[schema(value_type = Vec<u8>, required = false)]
    classes: NiceClasses,
    /// The goods or services in the applicant's words.
    goods: Option<String>,
    /// The applicant. Marks of the same owner are shown as evidence, not as hits.
    owner: Option<String>,
    /// Date of the applicant's own filing. Marks filed later are shown as evidence.
    #[schema(value_type = Option<String>, format = Date)]
    filed_on: Option<Date>,
    /// Most hits shown.
    #[schema(minimum = 1, maximum = 100, default = 20)]
    limit: Option<usize>,
    /// No hit below this score is shown. Without it the cut-off is the start of the band `low`.
    #[schema(minimum = 0, maximum = 1)]
    min_score: Option<f64>,
    /// Language of the sentences: `id` or `en`.
    #[schema(value_type = Option<String>, pattern = "^(id|en)$", default = "id")]
    lang: Option<Language>,
}

/// What `/v1/check` answers: one name its [`Answer`], several a [`Ranking`].
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Checked {
    /// The answer to one name.
    Answer(Box<Answer>),
    /// The answer to several names.
    Ranking(Ranking),
}

/// A request as it is meant, from a query string, a JSON body or a form.
#[derive(Clone, Debug)]
pub(super) struct CheckRequest {
    queries: Vec<Query>,
    config: SearchConfig,
    /// Said by the caller: a list of one name is still a list.
    is_list: bool,
}

impl CheckRequest {
    /// One query per name, with what is the same for all taken from `common`.
    pub(super) fn new(names: Vec<String>, is_list: bool, common: Query, cut: Cut) -> Result<Self, Problem> {
        if names.is_empty() {
            return Err(Problem::bad_request("name", "name: none given; give the name to check"));
        }
        if names.len() > MAX_NAMES {
            let detail = format!(
                "name: {} names given, at most {MAX_NAMES} are read at once; screen a longer list with POST /v1/screenings",
                names.len()
            );
            return Err(Problem::bad_request("name", detail));
        }
        for name in &names {
            let chars = name.chars().count();
            if chars > MAX_NAME_CHARS {
                return Err(Problem::bad_input("name", format!("name: {chars} characters; a name has at most {MAX_NAME_CHARS}")));
            }
        }
        let config = cut.into_config(DEFAULT_LIMIT)?;
        let queries = names.into_iter().map(|name| Query { name, ..common.clone() }).collect();
        Ok(Self { queries, config, is_list })
    }

    fn of_params(params: &Params) -> Result<Self, Problem> {
        params.only(CHECK_PARAMS)?;
        let names: Vec<String> = params.many("name").map(str::to_owned).collect();
        let common = Query {
            name: String::new(),
            classes: params.classes("class")?,
            goods: params.one("goods")?.map(str::to_owned),
            owner: params.one("owner")?.map(str::to_owned),
            filed_on: read_date(params, "filed_on")?,
        };
        let is_list = names.len() > 1;
        Self::new(names, is_list, common, Cut::of(params)?)
    }

    fn of_body(body: CheckBody) -> Result<Self, Problem> {
        let CheckBody { name, names, classes, goods, owner, filed_on, limit, min_score, lang } = body;
        let is_list = names.is_some();
        let names = match (name, names) {
            (Some(_), Some(_)) => return Err(Problem::bad_request("names", "name and names: both given; give one of them")),
            (Some(name), None) => vec![name],
            (None, names) => names.unwrap_or_default(),
        };
        let common = Query { name: String::new(), classes, goods, owner, filed_on };
        Self::new(names, is_list, common, Cut { limit, min_score, lang })
    }

    /// Searches, one name after the other, in the lane of single searches, and makes of the
    /// answers what the caller shows, there as well: the sentences are work.
    pub(super) async fn answer<T: Send + 'static>(
        self,
        service: &Service,
        make: impl FnOnce(Vec<search::Answer>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Self { queries, config, .. } = self;
        let made = service.search(move |index, threads| {
            let answers: crate::Result<Vec<search::Answer>> = search::check_all(index, &queries, &config, threads).into_iter().collect();
            answers.map(make)
        });
        // All else was read here: what the search refuses is the name.
        made.await.map_err(|problem| if problem.code() == Code::BadInput { problem.at("name") } else { problem })
    }
}

/// Checks a name against the register
///
/// Every mark of the register is compared. The name is in no log; but what is written into
/// a URL is often kept on its way, so prefer `POST` for names that are not filed yet.
#[utoipa::path(get, path = "/v1/check", tag = "check", params(CheckParams), responses(
    (status = 200, description = "The hits of one name, or the ranking of several", body = Checked),
    ParameterProblems, SearchProblems, AnyProblems,
))]
pub(super) async fn get_check(State(service): State<Service>, params: Params) -> Result<Json<Checked>, Problem> {
    checked(&service, CheckRequest::of_params(&params)?).await
}

/// Checks a name, or ranks several, against the register
///
/// `names` always answers with a ranking, `name` with the hits of the one name.
#[utoipa::path(post, path = "/v1/check", tag = "check", request_body = CheckBody, responses(
    (status = 200, description = "The hits of one name, or the ranking of several", body = Checked),
    ParameterProblems, BodyProblems, SearchProblems, AnyProblems,
))]
pub(super) async fn post_check(State(service): State<Service>, JsonBody(body): JsonBody<CheckBody>) -> Result<Json<Checked>, Problem> {
    checked(&service, CheckRequest::of_body(body)?).await
}

async fn checked(service: &Service, request: CheckRequest) -> Result<Json<Checked>, Problem> {
    let is_list = request.is_list;
    let made = request.answer(service, move |mut answers| match answers.pop() {
        Some(only) if !is_list => Checked::Answer(Box::new(Answer::from(only))),
        last => {
            answers.extend(last);
            Checked::Ranking(Ranking::from(answers))
        }
    });
    made.await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_the_parameters_that_are_read() {
        let documented: Vec<String> = CheckParams::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        assert_eq!(documented, CHECK_PARAMS);
    }

    #[track_caller]
    fn check(body: &str, expected: Result<(&[&str], bool), &str>) {
        let body: CheckBody = serde_json::from_str(body).expect("a body");
        match (CheckRequest::of_body(body), expected) {
            (Ok(request), Ok((names, is_list))) => {
                let found: Vec<&str> = request.queries.iter().map(|query| query.name.as_str()).collect();
                assert_eq!((found.as_slice(), request.is_list), (names, is_list));
            }
            (Err(problem), Err(part)) => assert!(problem.detail().contains(part), "{}", problem.detail()),
            (found, _) => panic!("unexpected: {found:?}"),
        }
    }

    #[test]
    fn one_name_is_an_answer_and_a_list_is_a_ranking() {
        check(r#"{"name": "A"}"#, Ok((&["A"], false)));
        check(r#"{"names": ["A"]}"#, Ok((&["A"], true)));
        check(r#"{"names": ["A", "B"]}"#, Ok((&["A", "B"], true)));
        check(r#"{"names": []}"#, Err("none given"));
        check("{}", Err("none given"));
        check(r#"{"name": "A", "names": ["B"]}"#, Err("both given"));
        check(r#"{"name": "A", "limit": 0}"#, Err("limit: 0"));
        check(&serde_json::json!({"names": vec!["A"; 21]}).to_string(), Err("21 names"));
        check(&serde_json::json!({"name": "é".repeat(1001)}).to_string(), Err("1001 characters"));
        check(&serde_json::json!({"name": "é".repeat(1000)}).to_string(), Ok((&[&"é".repeat(1000)], false)));
    }

    #[test]
    fn a_body_is_strict_about_what_it_holds() {
        for body in [r#"{"nama": "A"}"#, r#"{"name": "A", "classes": [46]}"#, r#"{"name": "A", "lang": "jv"}"#, r#"{"name": 3}"#] {
            assert!(serde_json::from_str::<CheckBody>(body).is_err(), "{body}");
        }
    }
}
