//! Kinship of goods: classes first, the goods' own words where both sides give them.

use super::related::Kinship;
use crate::mark::NiceClasses;
use crate::meaning::goods::overlap;

/// What a query says of its goods, prepared for many comparisons.
#[derive(Clone, Debug)]
pub struct Goods {
    kinship: Kinship,
    keys: Vec<u32>,
}

impl Goods {
    /// Nice classes, and the keys of the goods' words (`meaning::goods::keys`).
    pub fn new(classes: NiceClasses, keys: Vec<u32>) -> Self {
        Self { kinship: Kinship::new(classes), keys }
    }

    /// At most so related are marks of these classes to the query, whatever their goods' words say;
    /// `None` as [`goods_similarity`].
    pub fn bound(&self, earlier: NiceClasses) -> Option<f32> {
        let by_class = self.kinship.with(earlier);
        if self.keys.is_empty() { by_class } else { Some(1.0) }
    }

    /// True where the goods are named in words.
    pub fn has_keys(&self) -> bool {
        !self.keys.is_empty()
    }

    /// True where the query names no goods at all.
    pub fn is_unknown(&self) -> bool {
        self.kinship.is_unknown() && self.keys.is_empty()
    }
}

/// A shared class whose goods have no word in common counts this much: 25 holds shoes and
/// headgear, 9 holds everything with a plug.
const SAME_CLASS_OTHER_GOODS: f32 = 0.8;

/// Words in common across classes count at most this much: "bags" of plastic and of leather.
const OTHER_CLASS_SAME_GOODS: f32 = 0.85;

/// Kinship of two sides' goods, 0 to 1; `None` where a side says nothing of them.
pub fn goods_similarity(query: &Goods, earlier: NiceClasses, earlier_keys: &[u32]) -> Option<f32> {
    let by_class = query.kinship.with(earlier);
    let by_words = overlap(&query.keys, earlier_keys);
    match (by_class, by_words) {
        (None, None) => None,
        (Some(class), None) => Some(class),
        (None, Some(words)) => Some(words.min(OTHER_CLASS_SAME_GOODS)),
        (Some(class), Some(words)) if class >= 1.0 => Some(SAME_CLASS_OTHER_GOODS + (1.0 - SAME_CLASS_OTHER_GOODS) * words),
        (Some(class), Some(words)) => Some(class.max(words * OTHER_CLASS_SAME_GOODS)),
    }
}
