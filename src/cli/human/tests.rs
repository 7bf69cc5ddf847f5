use proptest::prelude::*;

use super::samples::{HOSTILE, answer as sample, clear_answer, comparison as pair, long_name, ranking as names, reason, stats as counts};
use super::text::width;
use super::*;
use crate::score::Language;

const PIPE: Page = Page { words: Words::of(Language::Id), layout: Layout::Pipe };

fn screen(columns: usize, language: Language) -> Page {
    Page { words: Words::of(language), layout: Layout::Terminal { columns, color: false } }
}

/// Every page of every sample.
fn pages(page: Page) -> Vec<String> {
    let mut pages = vec![ranking(&names(), Detail::Short, page), comparison(&pair(), page), stats(&counts(), page)];
    for detail in [Detail::Short, Detail::First, Detail::All] {
        pages.extend([answer(&sample(), detail, page), answer(&clear_answer(), detail, page), ranking(&names(), detail, page)]);
    }
    pages
}

#[test]
fn every_page_fits_every_screen() {
    for language in [Language::Id, Language::En] {
        for columns in [40, 60, 79, 80, 89, 90, 120, 200] {
            for page in pages(screen(columns, language)) {
                for line in page.lines() {
                    assert!(width(line) <= columns, "{columns}: {line}");
                }
            }
        }
    }
}

#[test]
fn nothing_of_a_register_steers_the_terminal() {
    for page in [screen(200, Language::Id), screen(60, Language::En), PIPE] {
        for text in pages(page) {
            let is_layout = |c: char| c == '\n' || (c == '\t' && page.layout == Layout::Pipe);
            assert!(text.chars().all(|c| is_layout(c) || !(c.is_control() || c == '\u{202e}')), "{text:?}");
        }
    }
    assert!(answer(&sample(), Detail::First, PIPE).contains("EVIL\\u{1b}[2J\\u{9b}31m\\tTAB\\nLINE\\u{202e}DNE"));
}

#[test]
fn color_is_for_the_verdict_and_only_where_it_is_wanted() {
    let page = Page { layout: Layout::Terminal { columns: 80, color: true }, ..screen(80, Language::Id) };
    assert!(answer(&sample(), Detail::First, page).contains("\u{1b}[1;31mKemiripan tinggi"));
    assert!(answer(&clear_answer(), Detail::First, page).contains("\u{1b}[1;32mTidak ditemukan"));
}

#[test]
fn an_answer_at_80_columns() {
    insta::assert_snapshot!(answer(&sample(), Detail::First, screen(80, Language::Id)));
}

#[test]
fn an_answer_at_60_columns() {
    insta::assert_snapshot!(answer(&sample(), Detail::First, screen(60, Language::Id)));
}

#[test]
fn an_answer_at_120_columns_with_all_reasons() {
    insta::assert_snapshot!(answer(&sample(), Detail::All, screen(120, Language::En)));
}

#[test]
fn a_clear_answer_says_how_much_was_compared() {
    let text = answer(&clear_answer(), Detail::First, screen(80, Language::Id));
    assert!(text.contains("34.210 merek") && text.contains("2026-11-24") && text.contains("bukan jaminan"), "{text}");
}

#[test]
fn several_names_at_100_columns() {
    insta::assert_snapshot!(ranking(&names(), Detail::Short, screen(100, Language::Id)));
}

#[test]
fn a_pair_at_80_columns() {
    insta::assert_snapshot!(comparison(&pair(), screen(80, Language::Id)));
}

#[test]
fn a_register_at_80_columns() {
    insta::assert_snapshot!(stats(&counts(), screen(80, Language::Id)));
}

#[test]
fn in_a_pipe_every_hit_is_one_line_of_twelve_fields() {
    for detail in [Detail::Short, Detail::First, Detail::All] {
        let text = answer(&sample(), detail, PIPE);
        let rows: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(rows.len(), 1 + 4 + 1);
        for row in &rows {
            assert_eq!(row.split('\t').count(), 12, "{row}");
        }
        assert_eq!(rows[0], "query\trank\tscore\tband\tbar\tid\tname\tclasses\tstatus\tfiled_on\towner\twhy");
        assert_eq!(
            rows[1],
            "KOPI KENANGGA\t1\t0.9340\thigh\tbar\tIDM001\tKOPI KENANGAN\t30;43\tregistered\t2017-01-04\tPT Bumi Berkah\tBunyinya \
             hampir sama di bagian yang menonjol."
        );
        assert!(rows[3].contains(&long_name()), "a pipe has no edge to cut at");
        assert!(rows[5].contains("\tno_bar\t") && rows[5].contains("\trefused\t"), "{}", rows[5]);
    }
}

#[test]
fn in_a_pipe_the_lines_are_the_same_in_every_language() {
    let english = Page { words: Words::of(Language::En), layout: Layout::Pipe };
    let rows = |text: String| text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    for (one, other) in pages(PIPE).into_iter().zip(pages(english)) {
        assert_eq!(rows(one), rows(other));
    }
}

#[test]
fn in_a_pipe_several_names_are_two_blocks() {
    let text = ranking(&names(), Detail::Short, PIPE);
    let (first, second) = text.split_once("\n\n").expect("two blocks");
    assert_eq!(
        first,
        "rank\tname\tverdict\tscore\ttop_id\ttop_name\twhy\n1\tZYXWQ\tclear\t\t\t\tTidak ada yang mirip.\n\
         2\tKOPI KENANGGA\thigh\t0.9340\tIDM001\tKOPI KENANGAN\tBunyinya hampir sama."
    );
    assert!(second.contains("query\trank\t") && !second.contains("\n\n"), "{second}");
}

#[test]
fn in_a_pipe_a_pair_is_one_number_a_line() {
    insta::assert_snapshot!(comparison(&pair(), PIPE));
}

#[test]
fn in_a_pipe_a_register_is_one_count_a_line() {
    let text = stats(&counts(), PIPE);
    assert!(text.starts_with("group\tvalue\tmarks\nregister\tstarter\t34500\n"), "{text}");
    assert!(text.contains("\nclass\t30\t34500\n") && text.contains("\nstatus\tpending\t500\n"), "{text}");
}

proptest! {
    #[test]
    fn any_name_fits_and_is_tame(name in "\\PC{0,60}|[\u{0}-\u{ff}]{0,60}|.{0,60}", columns in 40_usize..240) {
        let mut answered = sample();
        answered.query.name = name.clone();
        answered.query.readings = vec![name.clone()];
        answered.hits[0].mark.name = format!("{name}{HOSTILE}");
        answered.hits[0].mark.owner = Some(name.clone());
        answered.hits[0].explanation = vec![reason(&name, vec![reason(&name, vec![])])];
        answered.notice = name.clone();
        let text = answer(&answered, Detail::All, screen(columns, Language::Id));
        for line in text.lines() {
            prop_assert!(width(line) <= columns, "{}: {:?}", width(line), line);
        }
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        let text = answer(&answered, Detail::First, PIPE);
        for row in text.lines().filter(|line| !line.starts_with("# ")) {
            prop_assert!(row.split('\t').count() == 12 || name.starts_with('#'), "{row:?}");
        }
    }
}
