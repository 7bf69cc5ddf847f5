//! A sheet: everything that the search reads of one tantivy segment, in one immutable file.
//!
//! Sections of plain numbers, each aligned to 64 bytes, behind a header with a checksum over
//! all of it. Nothing in a sheet is primary: it is derived from the segment's documents, and
//! one that is missing, damaged or of another version is built again.

use std::ops::Range;

use bytemuck::{Pod, Zeroable, cast_slice};
use jiff::civil::Date;
use rayon::prelude::*;
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::column::{ClassBits, Column, Group, nice_classes};
use crate::mark::{LegalStatus, MarkKind, NiceClasses};

/// Version of the layout below, and of everything that text goes through before it lands
/// here (folding, readings, lexicons): one more whenever either changes.
pub const SHEET_VERSION: u32 = 12;

const MAGIC: [u8; 8] = *b"mirip\0sh";
const ALIGNMENT: usize = 64;

/// The sections of a sheet, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Section {
    /// `u32`, one more than marks: where a mark's id starts.
    IdStarts,
    /// Ids, one after the other.
    Ids,
    /// [`Facts`] by mark.
    Facts,
    /// Every [`ClassBits`] that a mark has, ascending.
    ClassSets,
    /// `u32` by mark: its place among the former. Most marks have one of a thousand, and a search reads thousands here
    /// and there.
    ClassSetOf,
    /// `u32`, one more than marks: where a mark's words start.
    TokenStarts,
    /// Word numbers, mark by mark, in the order of the name.
    Tokens,
    /// [`Phrase`] by mark: numbers, and concepts that take several words.
    Phrases,
    /// `u32`, one more than marks: where a mark's goods keys start.
    GoodsStarts,
    /// Keys of goods words, ascending within a mark.
    Goods,
    /// Names of sources, each ended by a line break.
    Sources,
    /// `u32`, one more than words: where a word's text starts.
    WordStarts,
    /// Words, ascending.
    Words,
    /// `u32`, one more than words: where a word's marks start.
    PostingStarts,
    /// Marks that hold a word, ascending.
    Postings,
    /// [`WordConcept`] ascending by concept, then word.
    WordConcepts,
    WordWrittenGroups,
    WordWrittenEndSets,
    WordWrittenRows,
    WordWrittenVariants,
    WordWrittenItems,
    WordWrittenStarts,
    WordWrittenForms,
    WordSpokenGroups,
    WordSpokenEndSets,
    WordSpokenRows,
    WordSpokenVariants,
    WordSpokenItems,
    WordSpokenStarts,
    WordSpokenForms,
    NameWrittenGroups,
    NameWrittenEndSets,
    NameWrittenRows,
    NameWrittenVariants,
    NameWrittenItems,
    NameWrittenClasses,
    NameSpokenGroups,
    NameSpokenEndSets,
    NameSpokenRows,
    NameSpokenVariants,
    NameSpokenItems,
    NameSpokenClasses,
}

const SECTION_COUNT: usize = Section::NameSpokenClasses as usize + 1;

impl Section {
    /// The channel that reads it; `None` for what is read of single words and marks alone, to name and to judge them.
    fn channel(self) -> Option<&'static str> {
        use Section::*;
        match self {
            IdStarts | Ids | Facts | GoodsStarts | Goods | Sources | WordStarts | Words => None,
            ClassSets | ClassSetOf => Some("classes"),
            TokenStarts | Tokens | PostingStarts | Postings => Some("words of marks"),
            Phrases | WordConcepts => Some("meanings"),
            WordWrittenGroups | WordWrittenEndSets | WordWrittenRows | WordWrittenVariants | WordWrittenItems | WordWrittenStarts
            | WordWrittenForms => Some("written words"),
            WordSpokenGroups | WordSpokenEndSets | WordSpokenRows | WordSpokenVariants | WordSpokenItems | WordSpokenStarts
            | WordSpokenForms => Some("spoken words"),
            NameWrittenGroups | NameWrittenEndSets | NameWrittenRows | NameWrittenVariants | NameWrittenItems | NameWrittenClasses => {
                Some("written names")
            }
            NameSpokenGroups | NameSpokenEndSets | NameSpokenRows | NameSpokenVariants | NameSpokenItems | NameSpokenClasses => {
                Some("spoken names")
            }
        }
    }

    /// In file order.
    pub(super) const ALL: [Self; SECTION_COUNT] = {
        use Section::*;
        [
            IdStarts,
            Ids,
            Facts,
            ClassSets,
            ClassSetOf,
            TokenStarts,
            Tokens,
            Phrases,
            GoodsStarts,
            Goods,
            Sources,
            WordStarts,
            Words,
            PostingStarts,
            Postings,
            WordConcepts,
            WordWrittenGroups,
            WordWrittenEndSets,
            WordWrittenRows,
            WordWrittenVariants,
            WordWrittenItems,
            WordWrittenStarts,
            WordWrittenForms,
            WordSpokenGroups,
            WordSpokenEndSets,
            WordSpokenRows,
            WordSpokenVariants,
            WordSpokenItems,
            WordSpokenStarts,
            WordSpokenForms,
            NameWrittenGroups,
            NameWrittenEndSets,
            NameWrittenRows,
            NameWrittenVariants,
            NameWrittenItems,
            NameWrittenClasses,
            NameSpokenGroups,
            NameSpokenEndSets,
            NameSpokenRows,
            NameSpokenVariants,
            NameSpokenItems,
            NameSpokenClasses,
        ]
    };
}

/// What the search must know of a mark without reading its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Facts {
    owner: [u32; 2],
    digest: [u32; 2],
    filed_on: i32,
    expires_on: i32,
    status: u8,
    kind: u8,
    /// Number of the source in the sheet's list.
    pub source: u16,
}

impl Facts {
    pub(super) fn new(mark: &crate::mark::Mark, owner: u64, digest: u64, source: u16) -> Self {
        let status = LegalStatus::ALL.iter().position(|&status| status == mark.status).unwrap_or(0) as u8;
        Self {
            owner: bytemuck::cast(owner),
            digest: bytemuck::cast(digest),
            filed_on: days(mark.filed_on),
            expires_on: days(mark.expires_on),
            status,
            kind: mark.kind as u8,
            source,
        }
    }

    /// Hash of the owner's folded name; 0 where none is known.
    pub fn owner(&self) -> u64 {
        bytemuck::cast(self.owner)
    }

    /// Hash of the whole row, for the register's fingerprint.
    pub fn digest(&self) -> u64 {
        bytemuck::cast(self.digest)
    }

    /// Legal status.
    pub fn status(&self) -> LegalStatus {
        LegalStatus::ALL.get(usize::from(self.status)).copied().unwrap_or(LegalStatus::Unknown)
    }

    /// What the sign consists of.
    pub fn kind(&self) -> MarkKind {
        [MarkKind::Word, MarkKind::Figurative, MarkKind::Combined].get(usize::from(self.kind)).copied().unwrap_or(MarkKind::Other)
    }

    /// Filing date.
    pub fn filed_on(&self) -> Option<Date> {
        date(self.filed_on)
    }

    /// End of protection.
    pub fn expires_on(&self) -> Option<Date> {
        date(self.expires_on)
    }
}

/// A date as a number that keeps its order; 0 is no date. `year * 512 + month * 32 + day`
/// reads back without a calendar.
fn days(date: Option<Date>) -> i32 {
    date.map_or(0, |date| i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day()))
}

fn date(days: i32) -> Option<Date> {
    let (year, rest) = (days.div_euclid(512), days.rem_euclid(512));
    if days == 0 { None } else { Date::new(year as i16, (rest / 32) as i8, (rest % 32) as i8).ok() }
}

/// A number in a mark, or a concept that several of its words make together: what can't be told
/// of a word alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct Phrase {
    /// The mark.
    pub mark: u32,
    /// The concept, by its index.
    pub concept: u32,
    /// First word of the phrase.
    pub start: u16,
    /// One behind its last word.
    pub end: u16,
    /// How the words mean it, by `ConceptMatch::nature`.
    pub relation: u32,
}

/// A concept that a word has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct WordConcept {
    /// The concept, by its index.
    pub concept: u32,
    /// The word.
    pub word: u32,
    /// How the word means it, by `ConceptMatch::nature`.
    pub relation: u32,
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Header {
    magic: [u8; 8],
    version: u32,
    section_count: u32,
    /// Of everything behind the header.
    checksum: u64,
    file_bytes: u64,
}

/// Sections under construction.
#[derive(Default)]
pub(super) struct SheetWriter {
    sections: Vec<Vec<u8>>,
}

impl SheetWriter {
    /// Adds the next section; sections come in the order of [`Section`].
    pub(super) fn push<T: Pod>(&mut self, section: Section, values: &[T]) {
        assert_eq!(section as usize, self.sections.len(), "sections are written in their order");
        self.sections.push(cast_slice(values).to_vec());
    }

    /// The bytes of the file.
    pub(super) fn finish(self) -> Vec<u64> {
        assert_eq!(self.sections.len(), SECTION_COUNT, "every section is written");
        let table_bytes = SECTION_COUNT * 2 * size_of::<u64>();
        let mut at = (size_of::<Header>() + table_bytes).next_multiple_of(ALIGNMENT);
        let mut table: Vec<u64> = Vec::with_capacity(SECTION_COUNT * 2);
        for section in &self.sections {
            table.extend([at as u64, section.len() as u64]);
            at = (at + section.len()).next_multiple_of(ALIGNMENT);
        }
        let mut words = vec![0_u64; at / size_of::<u64>()];
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        bytes[size_of::<Header>()..size_of::<Header>() + table_bytes].copy_from_slice(cast_slice(&table));
        for (section, entry) in self.sections.iter().zip(table.chunks_exact(2)) {
            let start = entry[0] as usize;
            bytes[start..start + section.len()].copy_from_slice(section);
        }
        let checksum = checksum(&bytes[size_of::<Header>()..]);
        let header = Header { magic: MAGIC, version: SHEET_VERSION, section_count: SECTION_COUNT as u32, checksum, file_bytes: at as u64 };
        bytes[..size_of::<Header>()].copy_from_slice(bytemuck::bytes_of(&header));
        words
    }
}

/// The checksum of a sheet's content: that of the checksums of its parts, which all threads work out.
fn checksum(content: &[u8]) -> u64 {
    const PART: usize = 1 << 22;
    let parts: Vec<u64> = content.par_chunks(PART).map(xxh3_64).collect();
    xxh3_64(cast_slice(&parts))
}

enum Bytes {
    Mapped(OwnedBytes),
    Owned(Vec<u64>),
}

/// An open sheet.
pub struct Sheet {
    bytes: Bytes,
    sections: [(usize, usize); SECTION_COUNT],
}

/// A list for each item of a kind, one list after the other.
#[derive(Clone, Copy)]
pub struct Lists<'a, T = u32> {
    starts: &'a [u32],
    /// What is in all lists.
    pub values: &'a [T],
}

impl<'a, T> Lists<'a, T> {
    /// Where the list of an item stands among the values.
    #[inline]
    pub fn places(self, item: u32) -> Range<usize> {
        self.starts[item as usize] as usize..self.starts[item as usize + 1] as usize
    }

    /// The list of an item.
    #[inline]
    pub fn of(self, item: u32) -> &'a [T] {
        &self.values[self.places(item)]
    }
}

impl Sheet {
    /// Opens the content of a file. `None` where it is of another version, truncated, or its
    /// checksum is wrong: then it has to be built again.
    ///
    /// Cost: the whole file is read once for the checksum, on all threads.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Self> {
        Self::from_bytes(Bytes::Mapped(bytes))
    }

    /// A sheet that was just built.
    pub(super) fn from_words(words: Vec<u64>) -> Self {
        Self::from_bytes(Bytes::Owned(words)).expect("a sheet that was just written reads back")
    }

    fn from_bytes(bytes: Bytes) -> Option<Self> {
        let slice = as_slice(&bytes);
        let header: Header = *bytemuck::try_from_bytes(slice.get(..size_of::<Header>())?).ok()?;
        let rest = slice.get(size_of::<Header>()..)?;
        let is_ours = header.magic == MAGIC && header.version == SHEET_VERSION && header.section_count as usize == SECTION_COUNT;
        if !is_ours || header.file_bytes != slice.len() as u64 || header.checksum != checksum(rest) {
            return None;
        }
        let table: &[u64] = bytemuck::try_cast_slice(rest.get(..SECTION_COUNT * 2 * size_of::<u64>())?).ok()?;
        let mut sections = [(0, 0); SECTION_COUNT];
        for (section, entry) in sections.iter_mut().zip(table.chunks_exact(2)) {
            *section = (entry[0] as usize, entry[1] as usize);
        }
        Some(Self { bytes, sections })
    }

    fn section<T: Pod>(&self, section: Section) -> &[T] {
        let (start, length) = self.sections[section as usize];
        cast_slice(&as_slice(&self.bytes)[start..start + length])
    }

    fn lists<T: Pod>(&self, starts: Section, values: Section) -> Lists<'_, T> {
        Lists { starts: self.section(starts), values: self.section(values) }
    }

    /// The content of the file.
    pub(super) fn as_bytes(&self) -> &[u8] {
        as_slice(&self.bytes)
    }

    /// Marks, live and deleted.
    pub fn mark_count(&self) -> u32 {
        self.facts().len() as u32
    }

    /// Facts by mark.
    pub fn facts(&self) -> &[Facts] {
        self.section(Section::Facts)
    }

    /// Gives the classes of a mark as the columns have them.
    pub fn class_bits(&self) -> impl Fn(u32) -> ClassBits + '_ {
        let (sets, set_of) = (self.section::<ClassBits>(Section::ClassSets), self.section::<u32>(Section::ClassSetOf));
        move |mark| sets[set_of[mark as usize] as usize]
    }

    /// Nice classes of a mark.
    pub fn classes_of(&self, mark: u32) -> NiceClasses {
        nice_classes(self.class_bits()(mark))
    }

    /// The id of a mark.
    pub fn id(&self, mark: u32) -> &str {
        std::str::from_utf8(self.lists(Section::IdStarts, Section::Ids).of(mark)).expect("ids are written from strings")
    }

    /// By mark, the numbers of its words, in the order of the name.
    pub fn tokens(&self) -> Lists<'_> {
        self.lists(Section::TokenStarts, Section::Tokens)
    }

    /// Multi-word concepts, ascending by mark.
    pub fn phrases(&self) -> &[Phrase] {
        self.section(Section::Phrases)
    }

    /// Keys of a mark's goods words, ascending.
    pub fn goods(&self, mark: u32) -> &[u32] {
        // Many registers have no goods at all, and no room is kept for where they start.
        if self.section::<u32>(Section::Goods).is_empty() { &[] } else { self.lists(Section::GoodsStarts, Section::Goods).of(mark) }
    }

    /// Sources, as [`Facts::source`] numbers them.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        std::str::from_utf8(self.section(Section::Sources)).expect("sources are written from strings").lines()
    }

    /// Words of the dictionary.
    pub fn word_count(&self) -> u32 {
        (self.section::<u32>(Section::PostingStarts).len() - 1) as u32
    }

    /// A word's text.
    pub fn word(&self, word: u32) -> &str {
        std::str::from_utf8(self.word_bytes(word)).expect("words are written from strings")
    }

    /// A word's text, in UTF-8.
    pub fn word_bytes(&self, word: u32) -> &[u8] {
        self.lists(Section::WordStarts, Section::Words).of(word)
    }

    /// The number of a word.
    pub fn find_word(&self, text: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.word_count());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(middle).cmp(text) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// By word, how many marks hold it, live and deleted.
    pub fn frequencies(&self) -> impl Iterator<Item = u32> {
        self.section::<u32>(Section::PostingStarts).windows(2).map(|bounds| bounds[1] - bounds[0])
    }

    /// How many marks hold a word, live and deleted.
    pub fn frequency(&self, word: u32) -> u32 {
        self.postings().places(word).len() as u32
    }

    /// By word, the marks that hold it, ascending.
    pub fn postings(&self) -> Lists<'_> {
        self.lists(Section::PostingStarts, Section::Postings)
    }

    /// Every concept of every word, ascending by concept.
    pub fn word_concepts(&self) -> &[WordConcept] {
        self.section(Section::WordConcepts)
    }

    /// Words that have a concept, ascending.
    pub fn words_of_concept(&self, concept: u32) -> impl Iterator<Item = &WordConcept> {
        let all = self.word_concepts();
        let start = all.partition_point(|entry| entry.concept < concept);
        all[start..].iter().take_while(move |entry| entry.concept == concept)
    }

    /// Phrases of one mark.
    pub fn phrases_of(&self, mark: u32) -> &[Phrase] {
        let all = self.phrases();
        let start = all.partition_point(|phrase| phrase.mark < mark);
        let count = all[start..].iter().take_while(|phrase| phrase.mark == mark).count();
        &all[start..start + count]
    }

    /// Spellings of the words.
    pub fn word_written(&self) -> Column<'_> {
        self.column(Section::WordWrittenGroups)
    }

    /// By word, the form numbers of its spellings.
    pub fn word_written_forms(&self) -> Lists<'_> {
        self.lists(Section::WordWrittenStarts, Section::WordWrittenForms)
    }

    /// Readings of the words.
    pub fn word_spoken(&self) -> Column<'_> {
        self.column(Section::WordSpokenGroups)
    }

    /// By word, the form numbers of its readings.
    pub fn word_spoken_forms(&self) -> Lists<'_> {
        self.lists(Section::WordSpokenStarts, Section::WordSpokenForms)
    }

    /// Spellings of whole names; items are marks.
    pub fn name_written(&self) -> Column<'_> {
        self.column(Section::NameWrittenGroups)
    }

    /// Readings of whole names; items are marks.
    pub fn name_spoken(&self) -> Column<'_> {
        self.column(Section::NameSpokenGroups)
    }

    /// By block of [`Sheet::name_written`], the classes of its marks together.
    pub fn name_written_classes(&self) -> &[ClassBits] {
        self.section(Section::NameWrittenClasses)
    }

    /// By block of [`Sheet::name_spoken`], the classes of its marks together.
    pub fn name_spoken_classes(&self) -> &[ClassBits] {
        self.section(Section::NameSpokenClasses)
    }

    /// What a search finds marks by, in file order: the bytes of each section with the name of its channel, which
    /// comes once a section. A search reads some of them whole and of others a part, and nothing else in the sheet
    /// but of marks that are in question already.
    pub fn channels(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        Section::ALL.into_iter().filter_map(|section| Some((section.channel()?, self.section(section))))
    }

    /// The column whose first section is `groups`.
    fn column(&self, groups: Section) -> Column<'_> {
        let section = |behind: usize| Section::ALL[groups as usize + behind];
        Column {
            groups: self.section::<Group>(groups),
            end_sets: self.section(section(1)),
            rows: self.section(section(2)),
            variants: self.section(section(3)),
            items: self.section(section(4)),
        }
    }
}

fn as_slice(bytes: &Bytes) -> &[u8] {
    match bytes {
        Bytes::Mapped(bytes) => bytes.as_slice(),
        Bytes::Owned(words) => cast_slice(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_order_and_read_back() {
        let dates = [Date::MIN, Date::constant(1, 1, 1), Date::constant(1995, 12, 31), Date::constant(1996, 1, 1), Date::MAX];
        for pair in dates.windows(2) {
            assert!(days(Some(pair[0])) < days(Some(pair[1])));
        }
        for day in dates {
            assert_eq!(date(days(Some(day))), Some(day));
        }
        assert_eq!(date(days(None)), None);
    }

    #[test]
    fn channels_hold_all_that_the_scan_reads() {
        let marks = ["KOPI SENJA", "KOPI", "TIGA BELAS"].map(|name| crate::mark::Mark::new(name.to_owned(), name.to_owned()));
        let index = crate::index::Index::of_marks("three", marks.into(), None).expect("three marks make a register");
        let sheet = index.segments()[0].sheet();
        let bytes_of = |channel: &str| sheet.channels().filter(|(name, _)| *name == channel).map(|(_, bytes)| bytes.len()).sum::<usize>();
        for (channel, column) in [
            ("written words", sheet.word_written()),
            ("spoken words", sheet.word_spoken()),
            ("written names", sheet.name_written()),
            ("spoken names", sheet.name_spoken()),
        ] {
            let rest = size_of_val(column.groups) + size_of_val(column.items);
            assert!(bytes_of(channel) >= column.symbol_bytes() + rest, "{channel}");
        }
        assert!(bytes_of("classes") >= sheet.mark_count() as usize * size_of::<u32>());
        let tokens = sheet.tokens();
        assert!(bytes_of("words of marks") >= size_of_val(tokens.values) + size_of_val(tokens.starts));
        assert_eq!(bytes_of("meanings"), size_of_val(sheet.phrases()) + size_of_val(sheet.word_concepts()));
    }
}
