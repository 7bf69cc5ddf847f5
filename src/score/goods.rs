//! Kinship of goods: classes first, the goods' own words where both sides give them.

use super::related::relatedness;
use crate::mark::NiceClasses;
use crate::meaning::goods::overlap;

/// What one side says of its goods.
#[derive(Clone, Copy, Debug)]
pub struct Goods<'g> {
    /// Nice classes.
    pub classes: NiceClasses,
    /// Keys of the goods' words (`meaning::goods::keys`).
    pub keys: &'g [u32],
}

/// A shared class whose goods have no word in common counts this much: 25 holds shoes and
/// headgear, 9 holds everything with a plug.
const SAME_CLASS_OTHER_GOODS: f32 = 0.8;

/// Words in common across classes count at most this much: "bags" of plastic and of leather.
const OTHER_CLASS_SAME_GOODS: f32 = 0.85;

/// Kinship of two sides' goods, 0 to 1; `None` where a side says nothing of them.
pub fn goods_similarity(query: Goods<'_>, earlier: Goods<'_>) -> Option<f32> {
    let by_class = relatedness(query.classes, earlier.classes);
    let by_words = overlap(query.keys, earlier.keys);
    match (by_class, by_words) {
        (None, None) => None,
        (Some(class), None) => Some(class),
        (None, Some(words)) => Some(words.min(OTHER_CLASS_SAME_GOODS)),
        (Some(class), Some(words)) if class >= 1.0 => Some(SAME_CLASS_OTHER_GOODS + (1.0 - SAME_CLASS_OTHER_GOODS) * words),
        (Some(class), Some(words)) => Some(class.max(words * OTHER_CLASS_SAME_GOODS)),
    }
}
