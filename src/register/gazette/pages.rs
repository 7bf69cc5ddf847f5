//! The pages of a PDF, one by one, each as the text that is shown on it.

use std::io::Read;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};

use super::show::{self, Fonts, Run};
use super::source::{SourceError, without_pictures};
use crate::register::archive::Seekable;
use crate::register::guarded::guarded;
use crate::{Error, Result};

/// Largest content of one page, unpacked. A page full of text takes some 50 KB.
const MAX_PAGE_BYTES: usize = 16 << 20;

/// Largest data of a packing that can only be unpacked as a whole: it may grow a thousandfold.
const MAX_WHOLE_BYTES: usize = 256 << 10;

/// What is shown on one page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order in which they are drawn.
    pub runs: Vec<Run>,
    /// Width of the page, in points.
    pub width: f32,
    /// Letters of which the file does not say what they are.
    pub unknown_letters: usize,
}

/// A PDF that is read page by page.
pub(super) struct Document {
    pdf: Pdf,
    name: String,
    fonts: Fonts,
}

/// What is wrong with a page, or with a stream of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageError {
    Damaged,
    TooLarge,
}

impl Document {
    /// Takes a PDF in, without its pictures, and finds its pages.
    ///
    /// # Errors
    /// Where it ends in the middle, is damaged, or is locked by a password.
    pub(super) fn open(file: Seekable, name: &str) -> Result<Self> {
        let refuse = |what: &str| Error::input(format!("{name}: {what}"));
        let bytes = without_pictures(file).map_err(|error| match error {
            SourceError::Io(error) => refuse("can't be read").caused_by(error),
            SourceError::Truncated => refuse("the PDF ends in the middle; copy or download it again"),
            SourceError::Bomb => refuse("the PDF unpacks to far more than a gazette holds; download it from the office again"),
        })?;
        // The library promises no panic; a file from outside is no place to rely on it.
        let pdf = guarded(|| Pdf::new(bytes)).unwrap_or(Err(LoadPdfError::Invalid)).map_err(|error| match error {
            LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
                refuse("the PDF is locked by a password; open it with the password and save it without one")
            }
            LoadPdfError::Decryption(_) => refuse("the PDF is encrypted in a way that can't be read; save it without encryption"),
            LoadPdfError::Invalid => refuse("the PDF is damaged; copy or download it again"),
        })?;
        let document = Self { pdf, name: name.to_owned(), fonts: Fonts::default() };
        document.refuse_lost_pages()?;
        Ok(document)
    }

    pub(super) fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The text of a page; `index` counts from 0.
    ///
    /// # Errors
    /// Where its content is damaged: half a page must not pass for a whole one.
    pub(super) fn page(&mut self, index: usize) -> Result<Page> {
        let (pdf, fonts) = (&self.pdf, &mut self.fonts);
        let shown = guarded(|| {
            let page = &pdf.pages()[index];
            let content = content(page.raw())?;
            let (width, _) = page.render_dimensions();
            let transform = page.initial_transform(false).as_coeffs();
            let (runs, unknown_letters) = show::shown(&content, page.resources(), transform, fonts, MAX_PAGE_BYTES)?;
            Ok(Page { runs, width, unknown_letters })
        });
        shown.unwrap_or(Err(PageError::Damaged)).map_err(|error| {
            let what = match error {
                PageError::Damaged => "is damaged; copy or download the PDF again",
                PageError::TooLarge => "unpacks to far more than a page holds; download the PDF from the office again",
            };
            Error::input(format!("{}, page {}: {what}", self.name, index + 1))
        })
    }

    /// Refuses a PDF of which pages can't be found: a part of it is missing.
    fn refuse_lost_pages(&self) -> Result<()> {
        let xref = self.pdf.xref();
        let root = guarded(|| xref.get::<Dict<'_>>(xref.root_id())).flatten();
        let told = root.and_then(|root| root.get::<Dict<'_>>("Pages")).and_then(|pages| pages.get::<i32>("Count"));
        let found = self.page_count();
        match told {
            Some(told) if usize::try_from(told).is_ok_and(|told| told > found) => {
                Err(Error::input(format!("{}: {found} of the PDF's {told} pages are there; copy or download it again", self.name)))
            }
            _ => Ok(()),
        }
    }
}

/// The drawing instructions of a page. Not asked of the library, which would keep those of every page.
fn content(page: &Dict<'_>) -> Result<Vec<u8>, PageError> {
    let mut content = Vec::new();
    let mut add = |stream: &Stream<'_>| {
        content.extend(unpacked(stream, MAX_PAGE_BYTES - content.len().min(MAX_PAGE_BYTES))?);
        // A word never reaches from one stream into the next.
        content.push(b'\n');
        Ok(())
    };
    if !page.contains_key("Contents") {
        return Ok(content);
    }
    match page.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => add(&stream)?,
        Some(Object::Array(streams)) => add_all(&streams, &mut add)?,
        Some(Object::Null(_)) => {}
        _ => return Err(PageError::Damaged),
    }
    Ok(content)
}

fn add_all(streams: &Array<'_>, add: &mut impl FnMut(&Stream<'_>) -> Result<(), PageError>) -> Result<(), PageError> {
    let told = streams.raw_iter().count();
    let mut found = 0;
    for stream in streams.iter::<Stream<'_>>() {
        add(&stream)?;
        found += 1;
    }
    if found == told { Ok(()) } else { Err(PageError::Damaged) }
}

/// The data of a stream, at most `limit` bytes.
pub(super) fn unpacked(stream: &Stream<'_>, limit: usize) -> Result<Vec<u8>, PageError> {
    let raw = stream.raw_data();
    let filters = stream.filters();
    let is_plain_flate = filters.iter().all(|filter| *filter == Filter::FlateDecode) && !stream.dict().contains_key("DecodeParms");
    if is_plain_flate {
        let mut data = raw.into_owned();
        for _ in &filters {
            data = inflated(&data, limit)?;
        }
        return if data.len() > limit { Err(PageError::TooLarge) } else { Ok(data) };
    }
    if raw.len() > MAX_WHOLE_BYTES {
        return Err(PageError::TooLarge);
    }
    let data = stream.decoded_data().map_err(|_| PageError::Damaged)?;
    if data.len() > limit { Err(PageError::TooLarge) } else { Ok(data.into_owned()) }
}

fn inflated(data: &[u8], limit: usize) -> Result<Vec<u8>, PageError> {
    let mut unpacked = Vec::new();
    let limit = limit as u64 + 1;
    ZlibDecoder::new(data.trim_ascii_start()).take(limit).read_to_end(&mut unpacked).map_err(|_| PageError::Damaged)?;
    if unpacked.len() as u64 == limit { Err(PageError::TooLarge) } else { Ok(unpacked) }
}
