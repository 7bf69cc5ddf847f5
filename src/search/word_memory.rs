//! What words of a list were found to be like: names of one list share many of their words.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::prepared::{Channel, FormPattern};

/// Words of a segment that are like a word, with how much.
pub(super) type Alike = Arc<Vec<(u32, f32)>>;

/// Matches that are kept. They are a hundred megabytes.
const MOST: usize = 12 << 20;

/// Remembers what words were found to be like, for as long as one list is screened against one register.
///
/// It is part of a screening and goes with it: nothing of a name outlives the run that asked for it.
#[derive(Default)]
pub(crate) struct WordMemory(Mutex<Known>);

#[derive(Default)]
struct Known {
    alike: HashMap<Key, Alike>,
    count: usize,
}

/// All that the matches of a word depend on, of one register.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    segment: usize,
    is_spoken: bool,
    /// Bits of the similarity that is asked for.
    floor: u32,
    forms: Vec<Box<[u8]>>,
}

impl Key {
    /// Of a form of a word, scanned for what is `floor` alike in a segment.
    pub(super) fn new(segment: usize, form: &FormPattern, floor: f32) -> Self {
        let forms = form.measures.iter().map(|measure| measure.profile().symbols().into()).collect();
        Self { segment, is_spoken: form.channel == Channel::Spoken, floor: floor.to_bits(), forms }
    }
}

impl WordMemory {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(super) fn get(&self, key: &Key) -> Option<Alike> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).alike.get(key).cloned()
    }

    /// Keeps what was found, as long as there is room.
    pub(super) fn keep(&self, key: Key, alike: &Alike) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.count + alike.len() <= MOST {
            known.count += alike.len() + 1;
            known.alike.insert(key, Arc::clone(alike));
        }
    }
}
