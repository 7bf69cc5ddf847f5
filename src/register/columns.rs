//! Which column is which: the header of the native layout, in our words and a few of the offices'.

use std::borrow::Cow;

use super::framing::Record;
use super::row::{self, Cells};
use super::{Fault, Framed, Records, lenient};
use crate::mark::Mark;
use crate::{Error, Result};

/// A column of the native layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    Name,
    Classes,
    Kind,
    Status,
    FiledOn,
    RegisteredOn,
    ExpiresOn,
    Owner,
    Goods,
    Translation,
    MarkType,
    Group,
    Source,
}

impl Column {
    /// Every column, in the order of the design.
    pub(crate) const ALL: [Self; 14] = [
        Self::Id,
        Self::Name,
        Self::Classes,
        Self::Kind,
        Self::Status,
        Self::FiledOn,
        Self::RegisteredOn,
        Self::ExpiresOn,
        Self::Owner,
        Self::Goods,
        Self::Translation,
        Self::MarkType,
        Self::Group,
        Self::Source,
    ];

    /// Our own word for the column.
    pub(crate) fn as_str(self) -> &'static str {
        self.spellings()[0]
    }

    /// How headers write it, ours first. Words that offices use for two things are not here:
    /// `jenis` (kind or goods), `nama` (mark or person).
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "id",
                "nomor_permohonan",
                "no_permohonan",
                "nomor_aplikasi",
                "no_aplikasi",
                "application_number",
                "application_no",
                "serial_number",
            ],
            Self::Name => &[
                "name",
                "mark",
                "mark_name",
                "trademark",
                "trade_mark",
                "trademark_name",
                "trade_mark_name",
                "verbal_element",
                "wordmark",
                "word_mark",
                "brand",
                "brand_name",
                "merek",
                "merk",
                "nama_merek",
                "nama_merk",
            ],
            Self::Classes => &["classes", "class", "nice_class", "nice_classes", "kelas", "kelas_nice", "kode_kelas", "nomor_kelas"],
            Self::Kind => &["kind", "mark_kind"],
            Self::Status => &["status", "legal_status", "status_merek", "status_permohonan"],
            Self::FiledOn => &[
                "filed_on",
                "filing_date",
                "application_date",
                "tanggal_permohonan",
                "tgl_permohonan",
                "tanggal_penerimaan",
                "tanggal_pengajuan",
            ],
            Self::RegisteredOn => &["registered_on", "registration_date", "tanggal_pendaftaran", "tgl_pendaftaran"],
            Self::ExpiresOn => &["expires_on", "expiry_date", "expiration_date", "tanggal_berakhir_perlindungan", "tanggal_berakhir"],
            Self::Owner => &["owner", "proprietor", "holder", "applicant", "pemilik", "nama_pemilik", "pemohon", "nama_pemohon"],
            Self::Goods => &["goods", "goods_and_services", "barang", "barang_jasa", "uraian_barang", "uraian_barang_jasa"],
            Self::Translation => &["translation", "terjemahan", "translasi"],
            Self::MarkType => &["mark_type", "tipe_merek"],
            Self::Group => &["group", "kelompok", "komunitas"],
            Self::Source => &["source", "sumber"],
        }
    }

    /// True for a column of dates.
    pub(crate) fn is_of_dates(self) -> bool {
        matches!(self, Self::FiledOn | Self::RegisteredOn | Self::ExpiresOn)
    }

    /// The column that a header or key means, and whether it is our own word for it.
    pub(crate) fn of_header(header: &str) -> Option<(Self, bool)> {
        let header = normalize_header(header);
        Self::ALL.into_iter().find_map(|column| {
            let place = column.spellings().iter().position(|&spelling| spelling == header)?;
            Some((column, place == 0))
        })
    }
}

/// True for a header of dates in Indonesian: there the day stands first.
pub(crate) fn is_day_first(header: &str) -> bool {
    ["tanggal", "tgl"].iter().any(|word| header.trim_start().get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// The clock of most Indonesian offices, in hours ahead of UTC.
const JAKARTA: i8 = 7;

/// A date as our own layout has it, from one with the day first. What is none is left as it is, for the row to say so.
pub(crate) fn day_first(cell: Cow<'_, str>) -> Cow<'_, str> {
    match lenient::said(&cell) {
        None => Cow::Borrowed(""),
        Some(text) => lenient::date_at(text, JAKARTA).map_or(cell, |date| Cow::Owned(date.to_string())),
    }
}

/// Headers as a message lists them: a file that is no table has a header of any length.
pub(crate) fn listed(headers: &[String]) -> String {
    /// Headers that are listed, and characters of each.
    const MAX_COUNT: usize = 20;
    const MAX_CHARS: usize = 40;
    let shown = |header: &String| match header.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{:?}", format!("{}…", &header[..end])),
        None => format!("{header:?}"),
    };
    let list = headers.iter().take(MAX_COUNT).map(shown).collect::<Vec<_>>().join(", ");
    match headers.len().saturating_sub(MAX_COUNT) {
        0 => list,
        more => format!("{list} and {more} more"),
    }
}

/// A header in lower case, trimmed, what is neither letter nor digit as one `_`.
pub(crate) fn normalize_header(header: &str) -> String {
    let mut normal = String::with_capacity(header.len());
    for c in header.chars() {
        if c.is_alphanumeric() {
            normal.extend(c.to_lowercase());
        } else if !normal.is_empty() && !normal.ends_with('_') {
            normal.push('_');
        }
    }
    normal.truncate(normal.trim_end_matches('_').len());
    normal
}

/// The columns of one file.
pub(crate) struct Columns {
    /// The columns that the file has, with their places in a record.
    columns: Vec<(Column, usize)>,
    /// By place, whether dates stand there with the day first.
    day_first: Vec<bool>,
    /// Ids are numbers of applications, one of which may stand on several rows, once a class.
    has_parts: bool,
    /// Headers as the file has them, for naming the place of a fault.
    headers: Vec<String>,
}

impl Columns {
    /// Reads the header off `records`; columns that are left out are named in `warnings`.
    ///
    /// # Errors
    /// Where there is no header that can be read, or no column of names in it.
    pub(crate) fn read(records: &mut Records, file: &str, warnings: &mut Vec<String>) -> Result<Self> {
        let headers = headers(records, file, "a column `name`")?;
        records.set_max_fields(headers.len());
        let columns = Self::of_headers(headers, file, warnings);
        if !columns.columns.iter().any(|&(column, _)| column == Column::Name) {
            let found = listed(&columns.headers);
            return Err(Error::input(format!(
                "{file}: has no column `name`; its columns are {found}: call the one with the words of the mark `name`"
            )));
        }
        Ok(columns)
    }

    fn of_headers(headers: Vec<String>, file: &str, warnings: &mut Vec<String>) -> Self {
        let mut places: [Option<usize>; Column::ALL.len()] = Default::default();
        // Our own word wins over another office's, the first column over a later one.
        for wants_own_word in [true, false] {
            for (place, header) in headers.iter().enumerate() {
                if let Some((column, is_own_word)) = Column::of_header(header)
                    && is_own_word == wants_own_word
                {
                    places[column as usize].get_or_insert(place);
                }
            }
        }
        for (place, header) in headers.iter().enumerate() {
            if places.contains(&Some(place)) || header.is_empty() {
                continue;
            }
            warnings.push(match Column::of_header(header) {
                Some((column, _)) => format!("{file}: column {header:?} is a second `{}` and is left out", column.as_str()),
                None => format!("{file}: column {header:?} is not known and is left out"),
            });
        }
        let columns: Vec<(Column, usize)> =
            Column::ALL.into_iter().zip(places).filter_map(|(column, place)| Some((column, place?))).collect();
        let has_parts = places[Column::Id as usize].is_some_and(|place| Column::of_header(&headers[place]) != Some((Column::Id, true)));
        let day_first = headers.iter().map(|header| is_day_first(header)).collect();
        Self { columns, day_first, has_parts, headers }
    }

    /// The mark of a record.
    pub(crate) fn mark(&self, record: &Record<'_>) -> Result<Mark, Fault> {
        let text = record.text().map_err(|place| {
            let field = self.headers.get(place).map_or("", String::as_str);
            Fault::field(self.known_as(place).unwrap_or(field), "holds bytes that are no UTF-8; save the file as \"CSV UTF-8\"")
        })?;
        let mut cells = Cells::default();
        for &(column, place) in &self.columns {
            // A record may end early: what it does not reach is empty, as in a spreadsheet.
            let cell = record.field(text, place);
            cells.set(column, if column.is_of_dates() && self.day_first[place] { day_first(cell) } else { cell });
        }
        if record.bytes.contains(&0) {
            row::refuse_nul(&cells)?;
        }
        row::mark(&cells)
    }

    /// Every header with the column that it is read as.
    pub(crate) fn mapping(&self) -> impl Iterator<Item = (&str, Option<Column>)> {
        let read_as = |place: usize| self.columns.iter().find(|&&(_, known)| known == place).map(|&(column, _)| column);
        self.headers.iter().enumerate().map(move |(place, header)| (header.as_str(), read_as(place)))
    }

    /// True where rows of one id make one mark.
    pub(crate) fn has_parts(&self) -> bool {
        self.has_parts
    }

    fn known_as(&self, place: usize) -> Option<&'static str> {
        self.columns.iter().find(|&&(_, known)| known == place).map(|(column, _)| column.as_str())
    }
}

/// Reads a header off `records`; `needed` says what a file of this kind must have in it.
///
/// # Errors
/// Where there is none that can be read.
pub(crate) fn headers(records: &mut Records, file: &str, needed: &str) -> Result<Vec<String>> {
    match records.next_record()? {
        Some(Framed::Record(record)) => {
            let text =
                record.text().map_err(|_| Error::input(format!("{file}: the header is not UTF-8; save the file as \"CSV UTF-8\"")))?;
            Ok((0..record.field_count()).map(|place| record.field(text, place).trim().to_owned()).collect())
        }
        Some(Framed::Broken { fault, .. }) => Err(Error::input(format!("{file}: the header can't be read: {}", fault.reason))),
        None => Err(Error::input(format!("{file}: is empty; it needs a header with {needed}"))),
    }
}

/// Whether a record, taken as a header, has a column of names, and how many of its columns are known.
pub(crate) fn known_columns(header: Option<&Vec<String>>) -> (bool, usize) {
    let columns = header.into_iter().flatten().filter_map(|field| Column::of_header(field));
    columns.fold((false, 0), |(has_name, count), (column, _)| (has_name || column == Column::Name, count + 1))
}
