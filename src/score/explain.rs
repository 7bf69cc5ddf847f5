//! Numbers to plain sentences, in Indonesian and English.
//!
//! Sentences are made once, for what is shown, and from the numbers that the score was made
//! of: nothing is measured again.

use serde::{Deserialize, Serialize};

use super::related::STRENGTH_2;
use super::{Assessment, Context, WordSimilarity};
use crate::mark::{LegalStatus, NiceClasses, NoBar};
use crate::meaning::Sign;
use crate::meaning::lexicon::{self, Affinity, WeakKind, Weakness};
use crate::name::Token;

/// Language of explanations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Indonesian.
    #[default]
    Id,
    /// English.
    En,
}

impl Language {
    /// The sentence of this language.
    pub fn pick<T>(self, indonesian: T, english: T) -> T {
        match self {
            Self::Id => indonesian,
            Self::En => english,
        }
    }
}

/// One sentence of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable name of the kind of reason.
    pub code: &'static str,
    /// The sentence.
    pub text: String,
    /// Where in the query, `[start, end)` in characters.
    pub query_span: Option<[usize; 2]>,
    /// Where in the earlier mark's name, `[start, end)` in characters.
    pub earlier_span: Option<[usize; 2]>,
    /// Sentences that this one rests on.
    pub because: Vec<Reason>,
}

impl Reason {
    /// A sentence without spans.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), query_span: None, earlier_span: None, because: Vec::new() }
    }

    fn with_spans(mut self, query: Option<[usize; 2]>, earlier: Option<[usize; 2]>) -> Self {
        (self.query_span, self.earlier_span) = (query, earlier);
        self
    }
}

/// What an explanation is made of.
#[derive(Clone, Copy)]
pub struct Explained<'e> {
    /// The later sign.
    pub query: &'e Sign,
    /// The earlier sign.
    pub earlier: &'e Sign,
    /// Weights of the query's words.
    pub query_weights: &'e [f32],
    /// Weights of the earlier mark's words.
    pub earlier_weights: &'e [f32],
    /// Query words by earlier words.
    pub words: &'e [WordSimilarity],
    /// The numbers.
    pub assessment: &'e Assessment,
    /// The goods that words were weighed for.
    pub context: Context,
    /// Classes of the query.
    pub query_classes: NiceClasses,
    /// Classes of the earlier mark.
    pub earlier_classes: NiceClasses,
}

/// The reasons of a pair, the weightiest first.
pub fn explain(pair: &Explained<'_>, language: Language) -> Vec<Reason> {
    let mut reasons = signs(pair, language);
    if let Some(first) = reasons.first_mut() {
        // How the name was cut, which words led and which were set aside is why the first sentence
        // may be said.
        first.because.extend(compound(pair, language));
        first.because.extend(dominant(pair, language));
        first.because.extend(weak_words(pair, language));
    }
    reasons.push(goods(pair, language));
    reasons
}

/// Why a mark is a bar or none, as a sentence.
pub fn explain_status(status: LegalStatus, no_bar: Option<NoBar>, language: Language) -> Reason {
    let (code, indonesian, english) = match no_bar {
        Some(NoBar::Refused) => (
            "status.refused",
            "Permohonannya ditolak: bukan penghalang, tetapi baca alasannya.",
            "Its application was refused: no bar, but read why.",
        ),
        Some(NoBar::Withdrawn) => {
            ("status.withdrawn", "Permohonannya ditarik kembali: bukan penghalang.", "Its application was withdrawn: no bar.")
        }
        Some(NoBar::Removed) => {
            ("status.removed", "Sudah dihapus dari daftar: bukan penghalang.", "It was taken off the register: no bar.")
        }
        Some(NoBar::LongExpired) => (
            "status.long_expired",
            "Masa perlindungannya habis lebih dari enam bulan lalu: tidak dapat diperpanjang.",
            "Its protection ended more than six months ago: it can't be renewed.",
        ),
        Some(NoBar::Own) => ("status.own", "Merek ini milik pemohon sendiri.", "The mark belongs to the applicant."),
        Some(NoBar::LaterFiled) => ("status.later_filed", "Diajukan setelah tanggal permohonan Anda.", "It was filed after your own date."),
        None => match status {
            LegalStatus::Registered => ("status.registered", "Terdaftar dan berlaku.", "It is registered and in force."),
            LegalStatus::Pending => (
                "status.pending",
                "Permohonannya lebih dahulu dan masih diproses; bisa saja gugur.",
                "It was filed earlier and is pending; it may still fall.",
            ),
            LegalStatus::Expired => (
                "status.expired",
                "Masa perlindungannya berakhir, tetapi masih dapat diperpanjang.",
                "Its protection has ended, but it can still be renewed.",
            ),
            _ => (
                "status.unknown",
                "Statusnya tidak diketahui; diperlakukan sebagai permohonan yang diproses.",
                "Its status is not known; it is treated as pending.",
            ),
        },
    };
    Reason::new(code, language.pick(indonesian, english))
}

fn signs(pair: &Explained<'_>, language: Language) -> Vec<Reason> {
    let (query, earlier) = (pair.query.name(), pair.earlier.name());
    let whole_spans = (span_of_all(pair.query), span_of_all(pair.earlier));
    if query.compact() == earlier.compact() {
        let text = language.pick("Kedua nama sama huruf demi huruf.", "Both names are the same, letter for letter.");
        return vec![Reason::new("signs.identical", text).with_spans(whole_spans.0, whole_spans.1)];
    }
    let mut reasons = Vec::new();
    if let Some(reason) = concept(pair, language) {
        reasons.push((pair.assessment.conceptual.unwrap_or(0.0), reason));
    }
    let (visual, aural) = (pair.assessment.visual, pair.assessment.aural);
    let spans = best_pair(pair).map_or(whole_spans, |(row, column)| (span(pair.query, row), span(pair.earlier, column)));
    if let Some(reason) = sound(pair, aural, language) {
        reasons.push((aural + 0.001, reason.with_spans(spans.0, spans.1)));
    }
    if let Some(near) = nearness(visual) {
        let text = language.pick(
            format!("Tulisannya {} ({} dari 100).", near.indonesian, percent(visual)),
            format!("They are written {} ({} of 100).", near.english, percent(visual)),
        );
        reasons.push((visual, Reason::new("visual.close_letters", text).with_spans(spans.0, spans.1)));
    }
    reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut reasons: Vec<Reason> = reasons.into_iter().map(|(_, reason)| reason).collect();
    if reasons.is_empty() {
        let text = language.pick("Tulisan, bunyi, dan artinya jauh.", "They are far apart in writing, sound and meaning.");
        reasons.push(Reason::new("signs.far", text));
    }
    if let Some(reason) = containment(pair, language) {
        reasons.insert(0, reason);
    }
    reasons
}

/// How near an aspect is, in words.
struct Nearness {
    indonesian: &'static str,
    english: &'static str,
}

/// Nothing is said of what is less alike than two names drawn by lot often are.
fn nearness(aspect: f32) -> Option<Nearness> {
    match aspect {
        0.6.. => Some(Nearness { indonesian: "dekat", english: "alike" }),
        0.35.. => Some(Nearness { indonesian: "agak dekat", english: "somewhat alike" }),
        _ => None,
    }
}

/// That both names share a reading, or how near the nearest of their readings are.
fn sound(pair: &Explained<'_>, aural: f32, language: Language) -> Option<Reason> {
    let near = nearness(aural)?;
    let (left, right) = (pair.query.readings(), pair.earlier.readings());
    let shared = left.iter().find(|reading| right.iter().any(|other| other.replace(' ', "") == reading.replace(' ', "")));
    if let Some(reading) = shared {
        let reading = spelled(reading);
        let text = language
            .pick(format!("Dibaca sama: keduanya berbunyi “{reading}”."), format!("They sound the same: both are read “{reading}”."));
        return Some(Reason::new("aural.same_sound", text));
    }
    let pairs = left.iter().flat_map(|query| right.iter().map(move |earlier| (query, earlier)));
    // Of equals the first: the Indonesian readings.
    let nearest = pairs.rev().max_by_key(|(query, earlier)| (strsim::normalized_levenshtein(query, earlier) * 1000.0) as u32);
    let (query, earlier) = nearest?;
    let (query, earlier) = (spelled(query), spelled(earlier));
    let text = language.pick(
        format!("Bunyinya {} ({} dari 100): “{query}” dan “{earlier}”.", near.indonesian, percent(aural)),
        format!("They sound {} ({} of 100): “{query}” and “{earlier}”.", near.english, percent(aural)),
    );
    Some(Reason::new("aural.close_sound", text))
}

/// A reading as Indonesians spell it: a reader need not know the letters of sounds.
fn spelled(reading: &str) -> String {
    let mut text = String::with_capacity(reading.len() + 4);
    for sound in reading.chars() {
        match sound {
            'N' => text.push_str("ng"),
            'Y' => text.push_str("ny"),
            'S' => text.push_str("sy"),
            'X' => text.push_str("kh"),
            '@' => text.push('e'),
            other => text.push(other),
        }
    }
    text
}

fn containment(pair: &Explained<'_>, language: Language) -> Option<Reason> {
    let words = |sign: &Sign| -> Vec<String> { sign.name().tokens().iter().map(|token| token.text().to_owned()).collect() };
    let (query, earlier) = (words(pair.query), words(pair.earlier));
    let holds = |outer: &[String], inner: &[String]| outer.len() > inner.len() && outer.windows(inner.len()).any(|window| window == inner);
    if holds(&query, &earlier) {
        let name = pair.earlier.name().text();
        let text = language.pick(
            format!("Merek terdahulu {name} termuat utuh di dalam nama Anda."),
            format!("The earlier mark {name} stands whole in your name."),
        );
        return Some(Reason::new("signs.earlier_contained", text).with_spans(None, span_of_all(pair.earlier)));
    }
    holds(&earlier, &query).then(|| {
        let text = language.pick("Nama Anda termuat utuh di dalam merek terdahulu.", "Your name stands whole in the earlier mark.");
        Reason::new("signs.query_contained", text).with_spans(span_of_all(pair.query), None)
    })
}

fn concept(pair: &Explained<'_>, language: Language) -> Option<Reason> {
    if pair.assessment.conceptual.unwrap_or(0.0) <= 0.0 {
        return None;
    }
    let text_of = |sign: &Sign, tokens: &std::ops::Range<usize>| {
        let parts: Vec<String> = sign.name().tokens()[tokens.clone()].iter().map(|token| token.text().to_uppercase()).collect();
        parts.join(" ")
    };
    let ends = |sign: &Sign, tokens: &std::ops::Range<usize>| {
        let all = sign.name().tokens();
        Some([all[tokens.start].span_chars().start, all[tokens.end - 1].span_chars().end])
    };
    let same = pair.query.concepts().iter().find_map(|own| {
        let other = pair.earlier.concepts().iter().find(|other| other.concept == own.concept)?;
        let (left, right) = (text_of(pair.query, &own.tokens), text_of(pair.earlier, &other.tokens));
        if left == right {
            return None;
        }
        let gloss = own.concept.gloss();
        let text = language.pick(
            format!("{left} dan {right} sama artinya: {}.", gloss.indonesian),
            format!("{left} and {right} mean the same: {}.", gloss.english),
        );
        Some(Reason::new("conceptual.same_meaning", text).with_spans(ends(pair.query, &own.tokens), ends(pair.earlier, &other.tokens)))
    });
    let near = || {
        // A word that both sides have is better told by its letters than by what it is near.
        let is_shared = |word: &str, sign: &Sign| sign.name().tokens().iter().any(|token| token.text() == word);
        let is_own = |sign: &Sign, tokens: &std::ops::Range<usize>, other: &Sign| {
            !sign.name().tokens()[tokens.clone()].iter().all(|token| is_shared(token.text(), other))
        };
        pair.query.concepts().iter().filter(|own| is_own(pair.query, &own.tokens, pair.earlier)).find_map(|own| {
            let other = pair
                .earlier
                .concepts()
                .iter()
                .find(|other| own.affinity(other) == Some(Affinity::Near) && is_own(pair.earlier, &other.tokens, pair.query))?;
            let (left, right) = (text_of(pair.query, &own.tokens), text_of(pair.earlier, &other.tokens));
            let (query, earlier) = (own.concept.gloss(), other.concept.gloss());
            let text = language.pick(
                format!("{left} dan {right} berdekatan artinya: {} dan {}.", query.indonesian, earlier.indonesian),
                format!("{left} and {right} are close in meaning: {} and {}.", query.english, earlier.english),
            );
            Some(Reason::new("conceptual.near", text).with_spans(ends(pair.query, &own.tokens), ends(pair.earlier, &other.tokens)))
        })
    };
    same.or_else(near)
}

/// That a coined word of the query was read as the words it is made of.
fn compound(pair: &Explained<'_>, language: Language) -> Option<Reason> {
    let tokens = pair.query.name().tokens();
    if tokens.iter().all(|token| token.share_of_compound() >= 1.0) {
        return None;
    }
    let words: Vec<String> = tokens.iter().map(|token| token.text().to_uppercase()).collect();
    let words = words.join(" ");
    let text = language.pick(format!("Nama Anda terbaca sebagai {words}."), format!("Your name can be read as {words}."));
    Some(Reason::new("signs.compound", text))
}

/// The word of the query that weighs most, where there are several.
fn dominant(pair: &Explained<'_>, language: Language) -> Option<Reason> {
    let tokens = pair.query.name().tokens();
    if tokens.len() < 2 {
        return None;
    }
    let heaviest = (0..tokens.len()).max_by(|&a, &b| pair.query_weights[a].total_cmp(&pair.query_weights[b]).then(b.cmp(&a)))?;
    if weaknesses(pair, pair.query)[heaviest].is_some() {
        // All are weak: none leads.
        return None;
    }
    let word = tokens[heaviest].text().to_uppercase();
    let text =
        language.pick(format!("Kata yang paling menentukan pada nama Anda: {word}."), format!("The word that leads your name: {word}."));
    Some(Reason::new("dominant.word", text).with_spans(span(pair.query, heaviest), None))
}

/// By word of a sign, why it is weak where it stands, for the goods of the pair.
fn weaknesses(pair: &Explained<'_>, sign: &Sign) -> Vec<Option<&'static Weakness>> {
    let words: Vec<&str> = sign.name().tokens().iter().map(Token::text).collect();
    lexicon::weakness_in(&words).into_iter().map(|found| found.each().find(|weakness| pair.context.is_weak(weakness))).collect()
}

fn weak_words(pair: &Explained<'_>, language: Language) -> Vec<Reason> {
    let weak = |sign: &Sign| -> Vec<(usize, String, WeakKind)> {
        let tokens = sign.name().tokens().iter().zip(weaknesses(pair, sign)).enumerate();
        tokens.filter_map(|(at, (token, weakness))| Some((at, token.text().to_uppercase(), weakness?.kind))).collect()
    };
    let mut seen: Vec<String> = Vec::new();
    let mut reasons = Vec::new();
    for (is_query, found) in [(true, weak(pair.query)), (false, weak(pair.earlier))] {
        for (at, word, kind) in found {
            if seen.contains(&word) {
                continue;
            }
            let text = language.pick(
                format!("Kata {word} hampir tidak dihitung: {}.", weak_in_indonesian(kind)),
                format!("The word {word} hardly counts: {}.", weak_in_english(kind)),
            );
            let reason = Reason::new("weak.word", text);
            reasons.push(if is_query {
                reason.with_spans(span(pair.query, at), None)
            } else {
                reason.with_spans(None, span(pair.earlier, at))
            });
            seen.push(word);
        }
    }
    reasons
}

fn weak_in_indonesian(kind: WeakKind) -> &'static str {
    match kind {
        WeakKind::GenericProduct => "menyebut barang atau jasanya",
        WeakKind::Quality => "menyebut sifat barangnya",
        WeakKind::Laudatory => "kata pujian",
        WeakKind::Place => "nama tempat",
        WeakKind::BusinessForm => "bentuk usaha",
        WeakKind::FamilyTitle => "sapaan",
        WeakKind::Function => "kata penghubung",
    }
}

fn weak_in_english(kind: WeakKind) -> &'static str {
    match kind {
        WeakKind::GenericProduct => "it names the goods or services",
        WeakKind::Quality => "it names a quality of the goods",
        WeakKind::Laudatory => "it praises",
        WeakKind::Place => "it names a place",
        WeakKind::BusinessForm => "it names a form of business",
        WeakKind::FamilyTitle => "it is a form of address",
        WeakKind::Function => "it joins other words",
    }
}

fn goods(pair: &Explained<'_>, language: Language) -> Reason {
    let list = |classes: NiceClasses| classes.to_string().replace(';', ", ");
    let (own, other) = (pair.query_classes, pair.earlier_classes);
    match pair.assessment.goods {
        None => Reason::new(
            "goods.unknown",
            language.pick(
                "Kelas salah satu pihak tidak disebut; barang tidak diperhitungkan.",
                "A side names no class; goods were left out of account.",
            ),
        ),
        Some(_) if own.shares_class(other) => {
            let shared = list(NiceClasses::from_bits(own.bits() & other.bits()));
            Reason::new("goods.same_class", language.pick(format!("Kelas yang sama: {shared}."), format!("The same class: {shared}.")))
        }
        Some(kinship) if kinship >= STRENGTH_2 => Reason::new(
            "goods.related",
            language.pick(
                format!("Kelas {} berkaitan dengan kelas {}.", list(other), list(own)),
                format!("Class {} is related to class {}.", list(other), list(own)),
            ),
        ),
        Some(_) => Reason::new(
            "goods.far",
            language.pick(
                format!("Kelas {} jauh dari kelas {}.", list(other), list(own)),
                format!("Class {} is far from class {}.", list(other), list(own)),
            ),
        ),
    }
}

/// The pair of words that is most alike.
fn best_pair(pair: &Explained<'_>) -> Option<(usize, usize)> {
    let columns = pair.earlier_weights.len();
    let strength = |at: usize| pair.words[at].visual.max(pair.words[at].aural) * pair.query_weights[at / columns];
    let best = (0..pair.words.len()).max_by(|&a, &b| strength(a).total_cmp(&strength(b)).then(b.cmp(&a)))?;
    (strength(best) > 0.0).then_some((best / columns, best % columns))
}

fn span(sign: &Sign, word: usize) -> Option<[usize; 2]> {
    let span = sign.name().tokens().get(word)?.span_chars();
    Some([span.start, span.end])
}

fn span_of_all(sign: &Sign) -> Option<[usize; 2]> {
    let tokens = sign.name().tokens();
    Some([tokens.first()?.span_chars().start, tokens.last()?.span_chars().end])
}

fn percent(similarity: f32) -> u32 {
    (similarity * 100.0).round() as u32
}
