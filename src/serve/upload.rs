//! Lists that come as files: what kind they are, and their rows.

use axum::body::Bytes;

use crate::Result;
use crate::screen::list::{self, ListKind};
use crate::screen::{BadEntry, Entry};

/// A file, not read yet.
pub(super) struct Upload {
    pub bytes: Bytes,
    pub kind: ListKind,
}

/// The kind that a media type names. `application/vnd.ms-excel` is none: browsers of Windows
/// send it with CSV files too, so that only the name tells.
pub(super) fn kind_of_media(media: &str) -> Option<ListKind> {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media.as_str() {
        "text/csv" | "application/csv" => Some(ListKind::Csv),
        "text/tab-separated-values" => Some(ListKind::Tsv),
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/x-jsonlines" => Some(ListKind::Jsonl),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(ListKind::Xlsx),
        _ => None,
    }
}

/// The kind that a file's name ends in.
pub(super) fn kind_of_name(name: &str) -> Option<ListKind> {
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "csv" => Some(ListKind::Csv),
        "tsv" => Some(ListKind::Tsv),
        "jsonl" | "ndjson" => Some(ListKind::Jsonl),
        "xlsx" => Some(ListKind::Xlsx),
        _ => None,
    }
}

/// The rows of a file. Work for a blocking thread.
pub(super) fn read_list(upload: &Upload) -> Result<Vec<Result<Entry, BadEntry>>> {
    list::read_list_from(std::io::Cursor::new(upload.bytes.clone()), "upload", Some(upload.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending_or_its_type() {
        assert_eq!(kind_of_name("Daftar UMKM 2024.XLSX"), Some(ListKind::Xlsx));
        assert_eq!(kind_of_name("a.b.csv"), Some(ListKind::Csv));
        assert_eq!(kind_of_name("list.jsonl"), Some(ListKind::Jsonl));
        assert_eq!(kind_of_name("list.xls"), None);
        assert_eq!(kind_of_name("list"), None);
        assert_eq!(kind_of_media("text/csv; charset=utf-8"), Some(ListKind::Csv));
        assert_eq!(kind_of_media("text/tab-separated-values"), Some(ListKind::Tsv));
        assert_eq!(kind_of_media("text/plain"), None);
    }
}
