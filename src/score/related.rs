//! Which Nice classes hold related goods.

use std::sync::LazyLock;

use crate::mark::{NiceClass, NiceClasses};

/// Kinship by the strength that `data/lexicon/related_classes.tsv` gives a pair of classes, 0 to 3.
///
/// A shared class is 1; a related class, however strong, says less than that. First setting.
const BY_STRENGTH: [f32; 4] = [0.1, 0.35, 0.6, 0.85];

const COUNT: usize = NiceClass::MAX as usize + 1;

static TABLE: LazyLock<[[f32; COUNT]; COUNT]> = LazyLock::new(|| {
    let mut table = [[0.0_f32; COUNT]; COUNT];
    for line in include_str!("../../data/lexicon/related_classes.tsv").lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| fields[at].parse::<usize>().expect("the table is tested");
        let (a, b, strength) = (number(0), number(1), BY_STRENGTH[number(3)]);
        // Goods are related or not, whichever was filed first.
        table[a][b] = table[a][b].max(strength);
        table[b][a] = table[b][a].max(strength);
    }
    (1..COUNT).for_each(|class| table[class][class] = 1.0);
    table
});

/// Kinship of two sets of classes, 0 to 1: that of the closest pair. 1 where a class is shared,
/// `None` where a side has no class.
pub fn relatedness(query: NiceClasses, earlier: NiceClasses) -> Option<f32> {
    if query.is_empty() || earlier.is_empty() {
        return None;
    }
    if query.shares_class(earlier) {
        return Some(1.0);
    }
    let pairs = query.iter().flat_map(|a| earlier.iter().map(move |b| TABLE[usize::from(a.number())][usize::from(b.number())]));
    Some(pairs.fold(0.0, f32::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_of_two_classes_and_a_strength() {
        let rows = include_str!("../../data/lexicon/related_classes.tsv").lines().skip(1);
        let mut count = 0;
        for row in rows {
            let fields: Vec<&str> = row.split('\t').collect();
            assert!(NiceClass::new(fields[0].parse().expect("a class")).is_some(), "{row}");
            assert!(NiceClass::new(fields[1].parse().expect("a class")).is_some(), "{row}");
            assert!(fields[3].parse::<usize>().expect("a strength") < BY_STRENGTH.len(), "{row}");
            count += 1;
        }
        assert!(count > 300, "{count}");
    }

    #[test]
    fn kinship_is_symmetric_and_whole_for_a_shared_class() {
        let set = |text: &str| text.parse::<NiceClasses>().expect("classes");
        for a in NiceClass::all() {
            for b in NiceClass::all() {
                let (a, b) = ([a].into_iter().collect(), [b].into_iter().collect());
                assert_eq!(relatedness(a, b), relatedness(b, a));
                assert_eq!(relatedness(a, b) == Some(1.0), a == b);
            }
        }
        assert_eq!(relatedness(set("30;43"), set("43")), Some(1.0));
        assert_eq!(relatedness(set(""), set("43")), None);
        assert!(relatedness(set("30"), set("43")) > Some(0.3));
    }
}
