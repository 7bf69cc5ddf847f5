//! One application on several rows is one mark.

use std::collections::{HashMap, VecDeque};

use jiff::civil::Date;

use crate::mark::{LegalStatus, Mark};

/// Bytes of marks that are held back for further rows. Some 250,000 with goods fit, a million short ones don't.
const MAX_HELD_BYTES: usize = 256 << 20;

/// Holds parts of marks back until no more is to come, and puts those with one id together. Parts of a later date
/// say what holds now; parts of one date say it together.
///
/// # Cost
/// Memory up to [`MAX_HELD_BYTES`]. Beyond that the mark that came first is given up: a further row of it
/// would then take its place in the register, as a newer one of the same id does.
#[derive(Default)]
pub struct Parts {
    held: HashMap<String, Box<(Mark, Date)>>,
    /// Ids in the order of their first row.
    order: VecDeque<String>,
    bytes: usize,
}

impl Parts {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a part of a mark, from data of this date, and gives marks that can't be held back any longer.
    pub fn add(&mut self, part: Mark, date: Date) -> Option<(Mark, Date)> {
        match self.held.get_mut(&part.id) {
            Some(held) => {
                let (mark, known) = &mut **held;
                self.bytes -= bytes(mark);
                if date > *known {
                    let older = std::mem::replace(mark, part);
                    join(mark, older);
                    *known = date;
                } else {
                    join(mark, part);
                }
                self.bytes += bytes(mark);
            }
            None => {
                self.bytes += bytes(&part);
                self.order.push_back(part.id.clone());
                self.held.insert(part.id.clone(), Box::new((part, date)));
            }
        }
        if self.bytes > MAX_HELD_BYTES { self.take_first() } else { None }
    }

    /// The marks that are held back, in the order of their first rows.
    pub fn finish(mut self) -> impl Iterator<Item = (Mark, Date)> {
        std::iter::from_fn(move || self.take_first())
    }

    fn take_first(&mut self) -> Option<(Mark, Date)> {
        let first = self.held.remove(&self.order.pop_front()?)?;
        self.bytes -= bytes(&first.0);
        Some(*first)
    }
}

/// What a mark takes of memory, about: itself, its texts, its id in the table and in the order, and what an allocator
/// adds to each.
fn bytes(mark: &Mark) -> usize {
    const ADDED: usize = 16;
    let texts = [&mark.owner, &mark.goods, &mark.translation, &mark.office_status, &mark.owner_country, &mark.group, &mark.source];
    let texts: usize = texts.into_iter().flatten().map(|text| text.len() + ADDED).sum();
    let ids = 3 * (mark.id.len() + ADDED) + 4 * size_of::<String>();
    size_of::<(Mark, Date)>() + ids + mark.verbal_element.len() + 2 * ADDED + texts
}

/// Adds what a further row says: classes and goods are those of all rows, anything else is what the first
/// row that says it says.
fn join(mark: &mut Mark, part: Mark) {
    let Mark { id: _, verbal_element, classes, kind, status, filed_on, registered_on, expires_on, .. } = part;
    if mark.verbal_element.is_empty() {
        mark.verbal_element = verbal_element;
    }
    mark.classes = mark.classes.iter().chain(classes.iter()).collect();
    if mark.kind == Default::default() {
        mark.kind = kind;
    }
    if mark.status == LegalStatus::Unknown {
        mark.status = status;
    }
    mark.filed_on = mark.filed_on.or(filed_on);
    mark.registered_on = mark.registered_on.or(registered_on);
    mark.expires_on = mark.expires_on.or(expires_on);
    match (&mut mark.goods, part.goods) {
        (Some(goods), Some(more)) if !goods.split("; ").any(|known| known == more) && !goods.ends_with(&more) => {
            goods.push_str("; ");
            goods.push_str(&more);
        }
        (goods @ None, more) => *goods = more,
        _ => {}
    }
    let first = |known: &mut Option<String>, more: Option<String>| {
        if known.is_none() {
            *known = more;
        }
    };
    first(&mut mark.office_status, part.office_status);
    first(&mut mark.owner, part.owner);
    first(&mut mark.owner_country, part.owner_country);
    first(&mut mark.translation, part.translation);
    first(&mut mark.group, part.group);
    first(&mut mark.source, part.source);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(id: &str, classes: &str, goods: &str) -> Mark {
        Mark { classes: classes.parse().expect("classes"), goods: Some(goods.to_owned()), ..Mark::new(id, "KOPI") }
    }

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    #[test]
    fn rows_of_one_application_are_one_mark() {
        let mut parts = Parts::new();
        for part in [part("D1", "30", "kopi"), part("D2", "9", "kabel"), part("D1", "43", "kafe"), part("D1", "43", "kafe")] {
            assert_eq!(parts.add(part, TODAY), None);
        }
        let marks: Vec<Mark> = parts.finish().map(|(mark, _)| mark).collect();
        assert_eq!(marks, [part("D1", "30;43", "kopi; kafe"), part("D2", "9", "kabel")]);
    }

    #[test]
    fn the_part_of_the_latest_date_says_what_holds() {
        let before = TODAY.yesterday().expect("a day");
        let registered = part("D1", "30", "kopi");
        let pending = Mark { status: LegalStatus::Pending, owner: Some("A".to_owned()), ..part("D1", "43", "kafe") };
        for order in [[(&registered, TODAY), (&pending, before)], [(&pending, before), (&registered, TODAY)]] {
            let mut parts = Parts::new();
            order.into_iter().for_each(|(part, date)| assert_eq!(parts.add(part.clone(), date), None));
            let [(mark, date)] = &parts.finish().collect::<Vec<_>>()[..] else { panic!("one mark") };
            assert_eq!((mark.status, mark.owner.as_deref(), *date), (LegalStatus::Registered, Some("A"), TODAY));
            assert_eq!((mark.classes.to_string().as_str(), mark.goods.as_deref()), ("30;43", Some("kopi; kafe")));
        }
    }
}
