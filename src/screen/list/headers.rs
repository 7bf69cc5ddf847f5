//! Headers of lists as offices write them.

use crate::register::normalize_header;

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListColumn {
    Id,
    Name,
    Classes,
    Goods,
    Owner,
    Group,
}

const COLUMN_COUNT: usize = 6;

impl ListColumn {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::Classes => "classes",
            Self::Goods => "goods",
            Self::Owner => "owner",
            Self::Group => "group",
        }
    }
}

/// What a header may mean; the lists below are in falling strength of belief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// One column whatever stands beside it. `rank` 0 is our own word.
    Column { column: ListColumn, rank: u8 },
    /// `Nama`: the mark, or the person where another column holds the mark.
    BareName,
    /// `Nama Produk`: the mark where no other column holds it, else the goods.
    ProductName,
}

/// Words that may stand beside `merek` without changing what the column holds. Everything else
/// does (`Jenis Merek`, `Sudah punya merek?`, `Tanggal Sertifikat Merek`), so it is left alone.
const MARK_COMPANIONS: [&str; 17] = [
    "nama",
    "name",
    "usulan",
    "yang",
    "diusulkan",
    "diajukan",
    "dagang",
    "produk",
    "usaha",
    "calon",
    "rencana",
    "alternatif",
    "pilihan",
    "proposed",
    "1",
    "i",
    "utama",
];

fn meaning(header: &str) -> Option<Meaning> {
    let header = normalize_header(header);
    let words: Vec<&str> = header.split('_').filter(|word| !word.is_empty()).collect();
    let column = |column, rank| Some(Meaning::Column { column, rank });
    match header.as_str() {
        "" => return None,
        "id" => return column(ListColumn::Id, 0),
        "name" => return column(ListColumn::Name, 0),
        "classes" => return column(ListColumn::Classes, 0),
        "goods" => return column(ListColumn::Goods, 0),
        "owner" => return column(ListColumn::Owner, 0),
        "group" => return column(ListColumn::Group, 0),
        "nama" => return Some(Meaning::BareName),
        "nama_produk" | "product_name" | "nama_barang" => return Some(Meaning::ProductName),
        "class" | "nice_class" | "kelas" | "kelas_nice" | "kelas_merek" | "kelas_barang" | "kelas_barang_jasa" | "kode_kelas" => {
            return column(ListColumn::Classes, 1);
        }
        "pemilik" | "nama_pemilik" | "pemilik_merek" | "nama_pemilik_merek" | "pemohon" | "nama_pemohon" | "pelaku_usaha"
        | "nama_pelaku_usaha" | "pengusaha" | "nama_pengusaha" | "pemilik_usaha" | "nama_pemilik_usaha" | "nama_ikm" | "nama_umkm"
        | "nama_lengkap" | "applicant" | "proprietor" => return column(ListColumn::Owner, 1),
        "produk" | "jenis_produk" | "barang" | "jenis_barang" | "jenis_barang_jasa" | "barang_jasa" | "uraian_barang"
        | "uraian_barang_jasa" | "komoditas" | "komoditi" | "product" | "products" | "goods_and_services" => {
            return column(ListColumn::Goods, 1);
        }
        "kelompok" | "nama_kelompok" | "komunitas" | "nama_komunitas" | "sentra" | "nama_sentra" | "paguyuban" | "community" => {
            return column(ListColumn::Group, 1);
        }
        "mark" | "trademark" | "trade_mark" | "verbal_element" | "mark_name" => return column(ListColumn::Name, 1),
        _ => {}
    }
    let is_mark = |word: &str| matches!(word, "merek" | "merk" | "brand" | "mereknya");
    let is_about_the_mark = words.iter().any(|word| is_mark(word));
    if is_about_the_mark && words.iter().all(|word| is_mark(word) || MARK_COMPANIONS.contains(word)) {
        return column(ListColumn::Name, 1);
    }
    None
}

/// Which cell of a row is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListColumns {
    places: [Option<usize>; COLUMN_COUNT],
    column_count: usize,
}

impl ListColumns {
    /// The columns where `cells` are a header with a column of names; none for any other row.
    pub(super) fn of_header<S: AsRef<str>>(cells: &[S]) -> Option<Self> {
        let meanings: Vec<Option<Meaning>> = cells.iter().map(|cell| meaning(cell.as_ref())).collect();
        let mut columns = Self { places: [None; COLUMN_COUNT], column_count: cells.len() };
        for wanted in 0..=1 {
            for (place, meaning) in meanings.iter().enumerate() {
                if let Some(Meaning::Column { column, rank }) = *meaning
                    && rank == wanted
                {
                    columns.take(column, place);
                }
            }
        }
        // What may be the name falls back in turn; what lost its chance says something else.
        for (meaning, otherwise) in [(Meaning::BareName, ListColumn::Owner), (Meaning::ProductName, ListColumn::Goods)] {
            for place in (0..cells.len()).filter(|&place| meanings[place] == Some(meaning)) {
                if !columns.take(ListColumn::Name, place) {
                    columns.take(otherwise, place);
                }
            }
        }
        columns.place(ListColumn::Name)?;
        Some(columns)
    }

    /// False where the column is taken.
    fn take(&mut self, column: ListColumn, place: usize) -> bool {
        let is_free = self.places[column as usize].is_none();
        self.places[column as usize].get_or_insert(place);
        is_free
    }

    /// Place of a column in its row, from 0.
    pub(super) fn place(&self, column: ListColumn) -> Option<usize> {
        self.places[column as usize]
    }

    /// The column at a place.
    pub(super) fn column_at(&self, place: usize) -> Option<ListColumn> {
        use ListColumn::*;
        [Id, Name, Classes, Goods, Owner, Group].into_iter().find(|&column| self.place(column) == Some(place))
    }

    /// Cells of the header.
    pub(super) fn column_count(&self) -> usize {
        self.column_count
    }

    /// How many columns are known.
    pub(super) fn known_count(&self) -> usize {
        self.places.iter().flatten().count()
    }
}
