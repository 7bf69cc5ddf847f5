//! `/v1/compare`: one pair, with its explanation.

use axum::Json;
use axum::extract::State;
use utoipa::IntoParams;

use super::Service;
use super::limits::{Cut, DEFAULT_LIMIT};
use super::params::Params;
use super::problem::{AnyProblems, ParameterProblems, Problem, SearchProblems};
use crate::score::Language;
use crate::search::{self, MAX_NAME_CHARS, Query};
use crate::view::Comparison;

/// Parameters of `GET /v1/compare`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document is made of it; the parameters are read by name")]
struct CompareParams {
    /// The later sign.
    #[param(example = "KOPI KENANGGA")]
    a: String,
    /// The earlier sign.
    #[param(example = "KOPI KENANGAN")]
    b: String,
    /// A Nice class of the later sign, 1 to 45; may repeat, or hold several (`30;43`).
    #[param(example = json!([30]))]
    class_a: Option<Vec<u8>>,
    /// A Nice class of the earlier sign, 1 to 45; may repeat, or hold several.
    #[param(example = json!([30, 43]))]
    class_b: Option<Vec<u8>>,
    /// Goods of the later sign.
    goods_a: Option<String>,
    /// Goods of the earlier sign.
    goods_b: Option<String>,
    /// Language of the sentences: `id` or `en`.
    #[param(value_type = Option<String>, pattern = "^(id|en)$", default = "id")]
    lang: Option<Language>,
}

/// Names of the parameters of `GET /v1/compare`.
const COMPARE_PARAMS: &[&str] = &["a", "b", "class_a", "class_b", "goods_a", "goods_b", "lang"];

/// Compares two signs
///
/// With the word weights of the register in use: what `/v1/check` says of a mark of the
/// register is what this route says of the pair.
#[utoipa::path(get, path = "/v1/compare", tag = "check", params(CompareParams), responses(
    (status = 200, description = "The assessment of the pair, with its explanation", body = Comparison),
    ParameterProblems, SearchProblems, AnyProblems,
))]
pub(super) async fn get_compare(State(service): State<Service>, params: Params) -> Result<Json<Comparison>, Problem> {
    params.only(COMPARE_PARAMS)?;
    let query = side(&params, "a", "class_a", "goods_a")?;
    let earlier = side(&params, "b", "class_b", "goods_b")?;
    let config = Cut::of(&params)?.into_config(DEFAULT_LIMIT)?;
    let comparison = service.search(move |index, _| search::compare(index, &query, &earlier, &config).map(Comparison::from));
    comparison.await.map(Json)
}

fn side(params: &Params, name: &str, class: &str, goods: &str) -> Result<Query, Problem> {
    let Some(text) = params.one(name)? else {
        return Err(Problem::bad_request(name, format!("{name}: none given; give both signs, as a=…&b=…")));
    };
    if text.chars().count() > MAX_NAME_CHARS {
        return Err(Problem::bad_input(name, format!("{name}: a name has at most {MAX_NAME_CHARS} characters")));
    }
    let goods = params.one(goods)?.map(str::to_owned);
    Ok(Query { name: text.to_owned(), classes: params.classes(class)?, goods, ..Query::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_the_parameters_that_are_read() {
        let documented: Vec<String> = CompareParams::into_params(|| None).into_iter().map(|parameter| parameter.name).collect();
        assert_eq!(documented, COMPARE_PARAMS);
    }
}
