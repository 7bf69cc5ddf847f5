//! Remarks on the name itself, whatever the register holds: advice to look, never a verdict.

use super::prepared::Prepared;
use crate::mark::NiceClasses;
use crate::meaning::lexicon::{self, FlagKind, Weaknesses};
use crate::name::Token;
use crate::score::{Language, Reason};

/// A name of which every word weighs less than this is descriptive as a whole.
const DESCRIPTIVE_WEIGHT: f32 = 0.5;

/// The remarks on a query, the gravest kinds first.
pub(super) fn flags(prepared: &Prepared, classes: NiceClasses, language: Language) -> Vec<Reason> {
    let words: Vec<&str> = prepared.sign.name().tokens().iter().map(Token::text).collect();
    let mut flags = Vec::new();
    if is_descriptive(prepared, &words) {
        flags.push(Reason::new(
            "name.descriptive_as_a_whole",
            language.pick(
                "Semua kata pada nama ini lemah atau menyebut barangnya; nama seperti ini bisa ditolak karena tidak punya daya pembeda.",
                "Every word of this name is weak or names the goods; such a name may be refused for want of distinctive character.",
            ),
        ));
    }
    if let Some(known) = lexicon::well_known(&prepared.sign.name().compact()) {
        let text = language.pick(
            format!("Nama ini sama dengan nama yang dikenal luas: {}.", known.mark),
            format!("The name is that of a household name: {}.", known.mark),
        );
        flags.push(Reason::new("name.well_known", text));
    }
    for indication in lexicon::geographical_indications(&words) {
        // Without classes nothing is known of the goods: the remark stands.
        if classes.is_empty() || indication.classes.is_empty() || indication.classes.shares_class(classes) {
            let text = language.pick(
                format!("Nama ini menyinggung indikasi geografis {} ({}).", indication.name, indication.place),
                format!("The name touches the geographical indication {} ({}).", indication.name, indication.place),
            );
            flags.push(Reason::new("name.geographical_indication", text));
        }
    }
    let mut raised = lexicon::name_flags(&words);
    raised.sort_by_key(|flag| FlagKind::ALL.iter().position(|kind| *kind == flag.kind));
    for flag in raised {
        let (code, indonesian, english) = wording(flag.kind);
        let term = flag.term.to_uppercase();
        flags.push(Reason::new(code, language.pick(format!("{term}: {indonesian}."), format!("{term}: {english}."))));
    }
    flags
}

fn is_descriptive(prepared: &Prepared, words: &[&str]) -> bool {
    let is_weak = |found: Weaknesses| found.each().any(|weakness| prepared.context.is_weak(weakness));
    lexicon::weakness_in(words).into_iter().all(is_weak) && prepared.weights.iter().all(|&weight| weight < DESCRIPTIVE_WEIGHT)
}

fn wording(kind: FlagKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        FlagKind::StateSymbol => {
            ("name.state_symbol", "lambang atau nama negara; perlu izin", "a name or emblem of the state; it needs consent")
        }
        FlagKind::Institution => ("name.institution", "nama lembaga; perlu izin", "the name of an institution; it needs consent"),
        FlagKind::FamousPerson => {
            ("name.famous_person", "nama orang terkenal; perlu izin tertulis", "the name of a famous person; it needs written consent")
        }
        FlagKind::Religion => (
            "name.religion",
            "menyangkut agama; bisa dianggap bertentangan dengan kesusilaan",
            "it touches religion and may be held against decency",
        ),
        FlagKind::Politics => ("name.politics", "menyangkut ideologi atau ketertiban umum", "it touches ideology or public order"),
        FlagKind::GiTrigger => ("name.gi_word", "kata dari indikasi geografis terdaftar", "a word of a registered geographical indication"),
        FlagKind::HealthClaim => {
            ("name.health_claim", "klaim khasiat; harus sesuai dengan barangnya", "a claim of efficacy; it must be true of the goods")
        }
        FlagKind::CertificationWord => {
            ("name.certification_word", "klaim yang harus dibuktikan dengan sertifikat", "a claim that a certificate must prove")
        }
        FlagKind::TradeDescription => ("name.trade_description", "pujian atau keterangan dagang saja", "mere praise or trade description"),
        FlagKind::HalalAlcohol => (
            "name.halal_alcohol",
            "nama minuman keras; sertifikat halal bisa ditolak",
            "the name of liquor; a halal certificate may be refused",
        ),
        FlagKind::HalalAnimal => (
            "name.halal_animal",
            "nama hewan haram; sertifikat halal bisa ditolak",
            "the name of an unclean animal; a halal certificate may be refused",
        ),
        FlagKind::HalalDemon => (
            "name.halal_demon",
            "nama setan atau hantu; sertifikat halal bisa ditolak",
            "the name of a demon; a halal certificate may be refused",
        ),
        FlagKind::HalalErotic => (
            "name.halal_erotic",
            "kata yang tidak senonoh; sertifikat halal bisa ditolak",
            "an erotic word; a halal certificate may be refused",
        ),
        FlagKind::HalalRitual => (
            "name.halal_ritual",
            "ritual agama lain; sertifikat halal bisa ditolak",
            "a rite of another faith; a halal certificate may be refused",
        ),
    }
}
