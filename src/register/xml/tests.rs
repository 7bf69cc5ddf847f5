#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod formats;
mod hostile;
mod samples;

use std::io;

use crate::Result;
use crate::mark::Mark;
use crate::register::{Format, Rejection, Row, Rows, read};

fn open(file: impl AsRef<[u8]>) -> Rows {
    read(io::Cursor::new(file.as_ref().to_vec()), "marks.xml", Format::Auto).expect("the file opens")
}

/// Every row of a file that can be read to its end.
#[track_caller]
fn rows(file: impl AsRef<[u8]>) -> Vec<Row> {
    open(file).collect::<Result<_>>().expect("the file is read to its end")
}

#[track_caller]
fn marks(file: impl AsRef<[u8]>) -> Vec<Mark> {
    rows(file)
        .into_iter()
        .map(|row| match row {
            Row::Mark(mark) => mark,
            row => panic!("{row:?}"),
        })
        .collect()
}

/// The rows before a failure, and the failure.
#[track_caller]
fn failure(file: impl AsRef<[u8]>) -> (usize, String) {
    let (mut count, mut error) = (0, None);
    for row in open(file) {
        match row {
            Ok(_) => count += 1,
            Err(failure) => error = Some(failure.to_string()),
        }
    }
    (count, error.expect("the file can't be read to its end"))
}

#[track_caller]
fn rejection(file: impl AsRef<[u8]>) -> Rejection {
    match rows(file).remove(0) {
        Row::Rejected(rejection) => rejection,
        row => panic!("{row:?}"),
    }
}

/// A file of the US office with these case files in it.
fn uspto(cases: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE trademark-applications-daily [\n<!-- <case-file> is no case -->\n\
         <!ELEMENT case-file (#PCDATA)>\n]>\n<trademark-applications-daily><version><version-no>2.0</version-no></version>\n\
         <creation-datetime>202611232208</creation-datetime>\n<application-information><file-segments><action-keys>\n\
         {cases}</action-keys></file-segments></application-information></trademark-applications-daily>\n"
    )
}

/// A case file of one line.
fn case(number: &str, name: &str) -> String {
    format!(
        "<case-file><serial-number>{number}</serial-number><case-file-header><status-code>700</status-code>\
         <mark-identification>{name}</mark-identification></case-file-header></case-file>\n"
    )
}
