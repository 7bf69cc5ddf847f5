//! The baselines with an inverted index: what a search library finds of the same names by words within
//! two edits, and by shared trigrams.

use tantivy::collector::TopDocs;
use tantivy::columnar::Column;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

use super::plain_scan::{BEST, Found};

/// Characters of an n-gram.
const NGRAM_CHARS: usize = 3;

/// Edits between a word of the query and one of a name: as many as tantivy allows.
const EDITS: u8 = 2;

/// Memory of the writer: of two million names a handful of segments comes, which are made one.
const WRITER_BYTES: usize = 1 << 30;

/// Names in an index in memory, one segment, made before the clock starts. In lower case.
pub struct TantivyNames {
    searcher: Searcher,
    /// By document, the number of the mark.
    numbers: Column<u64>,
    words: AnalyzedField,
    ngrams: AnalyzedField,
}

/// A field, and what makes terms of it.
struct AnalyzedField {
    field: Field,
    analyzer: TextAnalyzer,
}

impl AnalyzedField {
    /// The different terms of a text, ascending.
    fn terms(&self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        // A stream borrows its analyzer for itself.
        let mut analyzer = self.analyzer.clone();
        analyzer.token_stream(text).process(&mut |token| terms.push(Term::from_field_text(self.field, &token.text)));
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

impl TantivyNames {
    /// Indexes the names.
    pub fn new(names: &[String]) -> Self {
        Self::build(names).expect("an index in memory")
    }

    fn build(names: &[String]) -> tantivy::Result<Self> {
        let mut schema = Schema::builder();
        let mut analyzed = |name: &str, record: IndexRecordOption, analyzer: TextAnalyzer| {
            let indexing = TextFieldIndexing::default().set_tokenizer(name).set_index_option(record);
            AnalyzedField { field: schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing)), analyzer }
        };
        // A word within reach counts the same however often it comes; trigrams are scored by BM25.
        let words =
            analyzed("words", IndexRecordOption::Basic, TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build());
        let by_ngrams = TextAnalyzer::builder(NgramTokenizer::all_ngrams(NGRAM_CHARS, NGRAM_CHARS)?).filter(LowerCaser).build();
        let ngrams = analyzed("ngrams", IndexRecordOption::WithFreqs, by_ngrams);
        let number_field = schema.add_u64_field("number", FAST);
        let index = Index::create_in_ram(schema.build());
        for field in [&words, &ngrams] {
            index.tokenizers().register(index.schema().get_field_name(field.field), field.analyzer.clone());
        }
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for (number, name) in (0_u64..).zip(names) {
            let mut document = TantivyDocument::default();
            document.add_text(words.field, name);
            document.add_text(ngrams.field, name);
            document.add_u64(number_field, number);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        let searcher = index.reader()?.searcher();
        let [segment] = searcher.segment_readers() else { panic!("all segments were merged into one") };
        let numbers = segment.fast_fields().u64("number")?;
        Ok(Self { searcher, numbers, words, ngrams })
    }

    /// The best by how many words of the query have a word within [`EDITS`] edits, on one thread. tantivy scores
    /// all words within reach the same, so which of many equals are kept says nothing.
    pub fn best_by_fuzzy_words(&self, query: &str) -> Vec<Found> {
        let of_word = |word: Term| -> Box<dyn Query> { Box::new(FuzzyTermQuery::new(word, EDITS, true)) };
        self.best_of(self.words.terms(query).into_iter().map(of_word).collect())
    }

    /// The best by shared trigrams, on one thread.
    pub fn best_by_ngrams(&self, query: &str) -> Vec<Found> {
        let of_ngram = |ngram: Term| -> Box<dyn Query> { Box::new(TermQuery::new(ngram, IndexRecordOption::WithFreqs)) };
        self.best_of(self.ngrams.terms(query).into_iter().map(of_ngram).collect())
    }

    fn best_of(&self, either: Vec<Box<dyn Query>>) -> Vec<Found> {
        let top = TopDocs::with_limit(BEST).order_by_score();
        let found = self.searcher.search(&BooleanQuery::union(either), &top).expect("an index in memory can be read");
        let number = |document| self.numbers.first(document).expect("every document has a number") as u32;
        found.into_iter().map(|(score, address)| (f64::from(score), number(address.doc_id))).collect()
    }
}
