//! The register that is built into the program: brands that people know. No official register.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::mark::{Mark, NiceClasses};
use crate::{Error, ErrorKind, Result};

/// Tab-separated, with a header; made by `tests/it/starter.rs` as `data/README.md` tells.
const REGISTER: &[u8] = include_bytes!("../../data/starter/register.tsv.gz");
const HEADER: &str = "id\tname\tclasses\towner\tgoods\tsource";

/// Every mark of the starter register, by name.
///
/// # Errors
/// [`ErrorKind::Internal`] where the built-in data is damaged, which a test rules out.
///
/// # Cost
/// Unpacks some 300 kB and builds some 20,000 marks: tens of milliseconds.
pub(crate) fn marks() -> Result<Vec<Mark>> {
    let mut text = String::new();
    GzDecoder::new(REGISTER).read_to_string(&mut text).map_err(|cause| damaged("can't be unpacked").caused_by(cause))?;
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(damaged("has other columns"));
    }
    lines.map(mark).collect()
}

fn mark(line: &str) -> Result<Mark> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, name, classes, owner, goods, source] = cells[..] else {
        return Err(damaged(&format!("has a row of {} cells: {line}", cells.len())));
    };
    let given = |cell: &str| Some(cell.to_owned()).filter(|cell| !cell.is_empty());
    let classes: NiceClasses = classes.parse().map_err(|reason: String| damaged(&format!("has a bad row: {reason}: {line}")))?;
    Ok(Mark { classes, owner: given(owner), goods: given(goods), source: given(source), ..Mark::new(id, name) })
}

fn damaged(what: &str) -> Error {
    Error::new(ErrorKind::Internal, format!("the built-in starter register {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_marks_are_there_with_their_classes() {
        let marks = marks().expect("built-in data");
        assert!(marks.len() > 16_000, "{}", marks.len());
        for (name, class) in [
            ("AQUA", "32"),
            ("INDOMARET", "35"),
            ("GUDANG GARAM", "34"),
            ("STARBUCKS", "43"),
            ("WARDAH", "3"),
            ("TOYOTA", "12"),
            ("Aldi", "35"),
            ("Bank Permata", "36"),
            ("HOLIDAY INN", "43"),
            ("Bridgestone", "12"),
        ] {
            let classes: NiceClasses = class.parse().expect("a class");
            let is_known = marks.iter().any(|mark| mark.verbal_element.eq_ignore_ascii_case(name) && mark.classes.shares_class(classes));
            assert!(is_known, "{name} in class {class}");
        }
        for name in ["Kantor", "City of Hobart", "Sekretariat RW 01"] {
            assert!(!marks.iter().any(|mark| mark.verbal_element == name), "{name}");
        }
        assert!(marks.iter().any(|mark| !mark.verbal_element.is_ascii()), "names in other scripts stay");
    }
}
