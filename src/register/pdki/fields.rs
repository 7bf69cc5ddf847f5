//! The register's fields by the names that answers and tables give them.

use std::sync::LazyLock;

use crate::register::json::Role;
use crate::register::normalize_header;

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Number,
    RegistrationNumber,
    /// The register's own key of a record; an application number in some answers.
    Id,
    Name,
    Status,
    StatusGroup,
    /// Words on what the sign consists of or what it is used for.
    Type,
    FiledOn,
    PriorityOn,
    ProtectedFrom,
    RegisteredOn,
    ExpiresOn,
    Owner,
    Country,
    CountryCode,
    Classes,
    Goods,
    Translation,
    /// An answer's wrapping of a record.
    Source,
}

/// Names of fields, in lower case, words joined by `_`; those of the register's own answers first.
const NAMES: [(&str, Field); 66] = [
    ("nomor_permohonan", Field::Number),
    ("nama_merek", Field::Name),
    ("status_permohonan", Field::Status),
    ("tanggal_permohonan", Field::FiledOn),
    ("tanggal_dimulai_perlindungan", Field::ProtectedFrom),
    ("tanggal_berakhir_perlindungan", Field::ExpiresOn),
    ("tanggal_pendaftaran", Field::RegisteredOn),
    ("nomor_pendaftaran", Field::RegistrationNumber),
    ("owner", Field::Owner),
    ("t_class", Field::Classes),
    ("class_no", Field::Classes),
    ("class_desc", Field::Goods),
    ("tm_owner_name", Field::Owner),
    ("country_code", Field::CountryCode),
    ("country_name", Field::Country),
    ("translasi", Field::Translation),
    ("status_group", Field::StatusGroup),
    ("id", Field::Id),
    ("_id", Field::Id),
    ("_source", Field::Source),
    ("priority", Field::PriorityOn),
    ("prioritas", Field::PriorityOn),
    ("tm_priority", Field::PriorityOn),
    ("t_priority", Field::PriorityOn),
    ("tanggal_prioritas", Field::PriorityOn),
    ("priority_date", Field::PriorityOn),
    ("tipe_merek", Field::Type),
    ("jenis_merek", Field::Type),
    ("tipe", Field::Type),
    ("tipe_permohonan", Field::Type),
    ("jenis_permohonan", Field::Type),
    ("mark_feature", Field::Type),
    ("feature", Field::Type),
    // Tables.
    ("no_permohonan", Field::Number),
    ("nomor_aplikasi", Field::Number),
    ("no_aplikasi", Field::Number),
    ("nomor_permohonan_merek", Field::Number),
    ("application_number", Field::Number),
    ("id_permohonan", Field::Id),
    ("no_pendaftaran", Field::RegistrationNumber),
    ("brand", Field::Name),
    ("merek", Field::Name),
    ("merk", Field::Name),
    ("nama_merk", Field::Name),
    ("nama_merek_lowercased", Field::Name),
    ("status", Field::Status),
    ("status_merek", Field::Status),
    ("tgl_permohonan", Field::FiledOn),
    ("tanggal_penerimaan", Field::FiledOn),
    ("tanggal_pengajuan", Field::FiledOn),
    ("tgl_pendaftaran", Field::RegisteredOn),
    ("nama_pemilik_tm", Field::Owner),
    ("nama_pemilik", Field::Owner),
    ("pemilik", Field::Owner),
    ("nama_pemohon", Field::Owner),
    ("pemohon", Field::Owner),
    ("kode_negara", Field::CountryCode),
    ("negara_asal", Field::Country),
    ("kelas", Field::Classes),
    ("kode_kelas", Field::Classes),
    ("kelas_visible", Field::Classes),
    ("nomor_kelas", Field::Classes),
    ("deskripsi_kelas", Field::Goods),
    ("uraian_barang", Field::Goods),
    ("uraian_barang_jasa", Field::Goods),
    ("arti_bahasa", Field::Translation),
];

impl Field {
    /// Our word for what the field becomes; none where it only helps to tell something else.
    pub(super) fn column(self) -> Option<&'static str> {
        match self {
            Self::Number | Self::RegistrationNumber | Self::Id => Some("id"),
            Self::Name => Some("name"),
            Self::Status | Self::StatusGroup => Some("status"),
            Self::Type => Some("kind"),
            Self::FiledOn | Self::PriorityOn | Self::ProtectedFrom => Some("filed_on"),
            Self::RegisteredOn => Some("registered_on"),
            Self::ExpiresOn => Some("expires_on"),
            Self::Owner => Some("owner"),
            Self::Country | Self::CountryCode => Some("owner_country"),
            Self::Classes => Some("classes"),
            Self::Goods => Some("goods"),
            Self::Translation => Some("translation"),
            Self::Source => None,
        }
    }

    /// The field that a header names.
    pub(super) fn of_header(header: &str) -> Option<Self> {
        named(&normalize_header(header))
    }

    /// The field that a key names.
    pub(super) fn of_key(key: &[u8]) -> Option<Self> {
        let key = std::str::from_utf8(key).ok()?;
        // Keys of tables that were made JSON are headers still.
        if key.bytes().any(|byte| byte == b' ' || byte.is_ascii_uppercase()) { Self::of_header(key) } else { named(key) }
    }
}

/// [`NAMES`] by their length in bytes: a record has some thirty keys, and most are none of them.
static BY_LENGTH: LazyLock<[Vec<(&str, Field)>; MAX_NAME_BYTES + 1]> =
    LazyLock::new(|| std::array::from_fn(|length| NAMES.iter().copied().filter(|(name, _)| name.len() == length).collect()));

/// Longest of [`NAMES`], in bytes.
const MAX_NAME_BYTES: usize = 29;

fn named(name: &str) -> Option<Field> {
    BY_LENGTH.get(name.len())?.iter().find(|(known, _)| *known == name).map(|&(_, field)| field)
}

/// What a key says of the object in which it stands.
pub(super) fn role(key: &[u8]) -> Role {
    match key {
        b"hits" | b"data" | b"response" | b"result" | b"results" | b"body" | b"items" | b"records" | b"rows" | b"docs" | b"pages"
        | b"list" | b"content" | b"payload" | b"answer" | b"answers" | b"responses" | b"json" => Role::Envelope,
        b"_source" | b"t_class" => Role::Record,
        _ => match Field::of_key(key) {
            Some(Field::Number | Field::Name | Field::RegistrationNumber) => Role::Record,
            _ => Role::Other,
        },
    }
}

/// False for what a record holds and is never read: pictures, consultants, and persons' addresses.
pub(super) fn is_kept(key: &str) -> bool {
    Field::of_key(key.as_bytes()).is_some() || matches!(key, "name" | "nama" | "date" | "tanggal") || key.starts_with("t_class")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_is_a_normal_header() {
        for (name, field) in NAMES {
            assert_eq!(Field::of_key(name.as_bytes()), Some(field), "{name}");
            assert!(name.len() <= MAX_NAME_BYTES && (name == normalize_header(name) || name.starts_with('_')), "{name}");
        }
        assert_eq!(Field::of_header(" Nomor Permohonan "), Some(Field::Number));
        assert_eq!(Field::of_key(b"tm_owner_address"), None);
        assert_eq!(Field::of_key("x".repeat(1000).as_bytes()), None);
    }
}
