//! Files that are no whole gazette: each is an error with its place and its mend, never a panic or a hang.

use super::specimen::Numbers;
use super::typeset::{Sheet, Text, pdf};
use super::*;

/// What a file is refused with, at its opening or at its reading; none where rows came.
fn refusal(file: Vec<u8>) -> Option<String> {
    match open_bytes(file, "brm.pdf") {
        Err(error) => Some(error.to_string()),
        Ok(mut rows) => rows.find_map(|row| row.err()).map(|error| error.to_string()),
    }
}

#[test]
fn a_truncated_pdf_is_refused_whole_wherever_it_ends() {
    let whole = gazette(&hard_specimens(20, 12), ONE, PLAIN);
    assert_eq!(refusal(whole.clone()), None);
    let ends = (5..whole.len() - 8).step_by(whole.len() / 300 + 1).chain(whole.len() - 600..whole.len() - 5);
    for end in ends {
        let said = refusal(whole[..end].to_vec()).unwrap_or_else(|| panic!("read although it ends at {end}"));
        assert_eq!(said, "brm.pdf: the PDF ends in the middle; copy or download it again");
    }
}

#[test]
fn bytes_at_random_never_panic() {
    let mut numbers = Numbers::new(21);
    for length in (0..4000).step_by(97) {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend((0..length).map(|_| numbers.below(256) as u8));
        assert!(refusal(file.clone()).is_some());
        file.extend(b"\nstartxref\n9\n%%EOF\n");
        assert!(refusal(file).is_some());
    }
}

#[test]
fn damaged_bytes_never_lose_marks_in_silence() {
    let specimens = hard_specimens(22, 12);
    let whole = gazette(&specimens, ONE, PLAIN);
    let mut numbers = Numbers::new(23);
    for _ in 0..300 {
        let mut file = whole.clone();
        let place = numbers.below(file.len() - 16);
        let length = 1 + numbers.below(15);
        file[place..place + length].iter_mut().for_each(|byte| *byte = numbers.below(256) as u8);
        let Ok(mut rows) = open_bytes(file, "brm.pdf") else { continue };
        let Ok(read) = rows.by_ref().collect::<Result<Vec<_>>>() else { continue };
        // Read although damaged: in a picture, in a table that the PDF has twice. Marks that are gone are spoken of.
        assert!(read.len() >= specimens.len() || !rows.warnings().is_empty(), "{place} {length}");
    }
}

/// A PDF of objects as they are given, with a table of them.
fn assembled(objects: &[(usize, String)]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    file
}

fn objects(list: &[&str]) -> Vec<(usize, String)> {
    list.iter().enumerate().map(|(place, object)| (place + 1, (*object).to_owned())).collect()
}

#[test]
fn trees_that_bite_their_tail_and_lengths_that_lie_end() {
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    let loops = [
        objects(&[catalog, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"]),
        objects(&[catalog, "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", "<< /Type /Page /Parent 2 0 R >>"]),
        objects(&[
            catalog,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
            "<< /Length 99999999999 >>\nstream\nBT ET\nendstream",
        ]),
        // A form that draws itself, twice.
        objects(&[
            catalog,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
            "<< /Length 5 >>\nstream\n/F Do\nendstream",
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 11 >>\nstream\n/F Do /F Do\nendstream",
        ]),
        objects(&[catalog, "<< /Type /Pages /Kids 2 0 R /Count -1 >>"]),
        objects(&[catalog, &format!("<< /Type /Pages /Kids {}{} /Count 1 >>", "[".repeat(100_000), "]".repeat(100_000))]),
        objects(&[
            catalog,
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /XObject /Subtype /Image /Length 4000000000 >>\nstream\nabc",
        ]),
    ];
    for (place, objects) in loops.iter().enumerate() {
        assert!(refusal(assembled(objects)).is_some(), "{place}");
    }
}

#[test]
fn content_that_unpacks_to_no_end_is_refused() {
    let bomb = typeset::packed(&vec![b' '; 64 << 20]);
    let mut file =
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n"
            .to_vec();
    file.extend(format!("4 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n", bomb.len()).bytes());
    file.extend(&bomb);
    file.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
    assert_eq!(refusal(file).unwrap(), "brm.pdf, page 1: unpacks to far more than a page holds; download the PDF from the office again");
}

#[test]
fn another_pdf_is_told_from_a_gazette() {
    let text = |text: &str| Text { x: 40.0, y: 700.0, size: 10.0, text: text.to_owned() };
    let letter = Sheet { texts: vec![text("Surat penawaran kopi")], pictures: vec![] };
    assert_eq!(
        refusal(pdf(&[letter], "PT CONTOH", PLAIN)).unwrap(),
        "brm.pdf: is no Berita Resmi Merek: its first pages have neither that title nor a table of Nomor Permohonan, Tanggal Penerimaan, \
         Kelas and Merek; of another document, save the table as CSV"
    );
    let scan = Sheet { texts: vec![], pictures: vec![(40.0, 40.0)] };
    assert_eq!(
        refusal(pdf(&[scan.clone(), scan], "", PLAIN)).unwrap(),
        "brm.pdf: holds pictures of pages and no text; take the gazette from the office's site, or run text recognition over it (`ocrmypdf`)"
    );
    let cover = Sheet { texts: vec![text("BERITA RESMI MEREK SERI-A")], pictures: vec![] };
    assert_eq!(
        refusal(pdf(&[cover], "", PLAIN)).unwrap(),
        "brm.pdf: is a Berita Resmi Merek without a mark in it: neither a contents table nor a detail block can be found in its 1 pages"
    );
}

#[test]
fn a_damaged_page_is_named() {
    let specimens = hard_specimens(24, 30);
    let mut document = lopdf::Document::load_mem(&gazette(&specimens, ONE, PLAIN)).unwrap();
    let page = document.get_pages()[&3];
    let content = document.get_page_contents(page)[0];
    let stream = document.get_object_mut(content).unwrap().as_stream_mut().unwrap();
    let half = stream.content.len() / 2;
    stream.content.truncate(half);
    stream.dict.set("Length", half as i64);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    assert_eq!(refusal(file).unwrap(), "brm.pdf, page 3: is damaged; copy or download the PDF again");
}

#[test]
fn a_lost_page_is_missed() {
    let specimens = hard_specimens(25, 30);
    let mut document = lopdf::Document::load_mem(&gazette(&specimens, ONE, PLAIN)).unwrap();
    document.delete_pages(&[2]);
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    let (_, warnings, _) = read_all(file, "brm.pdf");
    assert!(warnings.iter().any(|warning| warning.ends_with("is a part missing?")), "{warnings:?}");
}
