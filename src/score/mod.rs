//! stub
/// Language of explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language { 
    /// Indonesian.
    #[default] Id, 
    /// English.
    En }
