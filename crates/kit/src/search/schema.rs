//! The fields of the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

/// Grows when the fields change, texts are cut in another way, or other sorts of things can be found: an index of another version
/// is built anew.
pub(super) const VERSION: u32 = 4;

/// The fields, as the index knows them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// Workspace and key: what makes a document the same one.
    pub(super) id: Field,
    pub(super) workspace: Field,
    pub(super) needs: Field,
    pub(super) kind: Field,
    /// Ids, numbers, addresses and the whole title, folded but not cut.
    pub(super) exact: Field,
    pub(super) title: Field,
    pub(super) title_stems: Field,
    pub(super) text: Field,
    pub(super) text_stems: Field,
    /// What filters ask for: `is:open`, `tag:vip`.
    pub(super) flags: Field,
    /// Microseconds since 1970.
    pub(super) date: Field,
    /// A number of the document's own, which orders those that are alike in all else.
    pub(super) tie: Field,
    /// What results show, as JSON.
    pub(super) shown: Field,
}

/// The name of the field of kinds, for the column that counts them.
pub(super) const KIND: &str = "kind";
/// The name of the field of dates.
pub(super) const DATE: &str = "date";
/// The name of the field of ties.
pub(super) const TIE: &str = "tie";

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |record| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let (placed, bare) = (
        words(IndexRecordOption::WithFreqsAndPositions),
        words(IndexRecordOption::Basic),
    );
    let fields = Fields {
        id: builder.add_text_field("id", STRING),
        workspace: builder.add_text_field("workspace", STRING),
        needs: builder.add_text_field("needs", STRING),
        kind: builder.add_text_field(KIND, STRING | FAST),
        exact: builder.add_text_field("exact", bare.clone()),
        title: builder.add_text_field("title", placed.clone()),
        title_stems: builder.add_text_field("title_stems", bare.clone()),
        text: builder.add_text_field("text", placed),
        text_stems: builder.add_text_field("text_stems", bare.clone()),
        flags: builder.add_text_field("flags", bare),
        date: builder.add_i64_field(DATE, INDEXED | FAST),
        tie: builder.add_u64_field(TIE, FAST),
        shown: builder.add_text_field("shown", TextOptions::default() | STORED),
    };
    (builder.build(), fields)
}
