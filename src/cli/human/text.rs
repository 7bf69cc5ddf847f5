//! Text that is safe to show, cut and wrapped by the columns it takes on a screen.
//!
//! Widths are those of a terminal: コ takes two columns, a combining accent none. Cuts fall
//! between grapheme clusters, so that no letter loses its accent.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Replaces what could steer a terminal or reorder a line: `\u{1b}` for the escape
/// character, `\n` for a line break. A name with such characters is shown as odd as it is.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) { safe.extend(c.escape_default()) } else { safe.push(c) }
    }
    safe
}

/// The same line by line: a message may have several.
pub(in crate::cli) fn escape_lines(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("\n")
}

/// The same for a JSON document: each such character as `\u009b`, which reads back as it was.
///
/// Line breaks between values stay: inside strings they are escaped already.
pub(in crate::cli) fn escape_json(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        if c == '\n' || !is_unsafe(c) {
            safe.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    safe
}

/// Controls, marks that turn the direction of writing, separators of lines, and tags, none
/// of which a name needs. The joiners stay: scripts and emoji are spelled with them.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Columns that `text` takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `columns` columns, its end replaced by `…` where it is longer.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut short = head(text, columns - 1).trim_end().to_owned();
    short.push('…');
    short
}

/// The longest start of `text` that fits `columns`, whole clusters only.
fn head(text: &str, columns: usize) -> &str {
    let mut end = 0;
    for (start, cluster) in text.grapheme_indices(true) {
        let next = start + cluster.len();
        // The width of the whole, because a sequence may take less than its parts.
        if width(&text[..next]) > columns {
            break;
        }
        end = next;
    }
    &text[..end]
}

/// `text` with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Breaks `text` at spaces into lines of at most `columns`; a longer word is broken anywhere.
///
/// A cluster wider than `columns` gets a line of its own.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let mut rest = word;
        while width(rest) > columns {
            let mut part = head(rest, columns);
            if part.is_empty() {
                part = rest.graphemes(true).next().expect("a word wider than nothing has a cluster");
            }
            if part.len() == rest.len() {
                break;
            }
            lines.push(part.to_owned());
            rest = &rest[part.len()..];
        }
        line.push_str(rest);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_escape(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn what_steers_a_terminal_is_shown_not_obeyed() {
        check_escape("KOPI KENANGAN®", "KOPI KENANGAN®");
        check_escape("\u{1b}[31mRED", "\\u{1b}[31mRED");
        check_escape("\u{9b}2J", "\\u{9b}2J");
        check_escape("A\nB\tC\r", "A\\nB\\tC\\r");
        check_escape("ABC\u{202e}FED", "ABC\\u{202e}FED");
        check_escape("コカ・コーラ", "コカ・コーラ");
        check_escape("👨\u{200d}🍳", "👨\u{200d}🍳");
    }

    #[test]
    fn a_json_document_reads_back_as_it_was() {
        let value = "a\u{9b}b\u{7f}\u{202e}\n\u{e0041}\u{1b}";
        let document = escape_json(&serde_json::to_string_pretty(&[value]).unwrap());
        assert!(document.chars().all(|c| c == '\n' || !is_unsafe(c)), "{document}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&document).unwrap(), [value]);
    }

    #[track_caller]
    fn check_cut(text: &str, columns: usize, expected: &str) {
        assert_eq!(cut(text, columns), expected);
    }

    #[test]
    fn a_cut_says_so_and_falls_between_letters() {
        check_cut("KOPI", 4, "KOPI");
        check_cut("KOPI KENANGAN", 6, "KOPI…");
        check_cut("コカ・コーラ", 12, "コカ・コーラ");
        check_cut("コカ・コーラ", 6, "コカ…");
        check_cut("e\u{301}clair", 2, "e\u{301}…");
        check_cut("KOPI", 1, "…");
        check_cut("KOPI", 0, "");
        check_cut("", 0, "");
    }

    #[test]
    fn lines_break_at_spaces_first() {
        assert_eq!(wrap("kata kuat ada", 9), ["kata kuat", "ada"]);
        assert_eq!(wrap("ab cdefghij kl", 4), ["ab", "cdef", "ghij", "kl"]);
        assert_eq!(wrap("コカ・コーラ", 5), ["コカ", "・コ", "ーラ"]);
        assert_eq!(wrap("コカ", 1), ["コ", "カ"]);
        assert!(wrap("  ", 5).is_empty());
    }

    fn hard_text() -> impl Strategy<Value = String> {
        let pieces = ["KOPI", " ", "コ", "e\u{301}", "👩🏽‍🍳", "ﬁ", "\u{200d}", "\u{ad}", "ß", "م", "\u{1b}[0m", "\n", "\u{202e}", "Ａ", "🇮🇩"];
        let piece = prop_oneof![proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned), any::<char>().prop_map(String::from)];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_cut_fits(text in hard_text(), columns in 0_usize..40) {
            let short = cut(&escape(&text), columns);
            prop_assert!(width(&short) <= columns, "{short:?} takes {}", width(&short));
        }

        #[test]
        fn wrapped_lines_fit_and_lose_no_letter(text in hard_text(), columns in 8_usize..40) {
            let safe = escape(&text);
            let lines = wrap(&safe, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?} takes {}", width(line));
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&safe));
        }
    }
}
