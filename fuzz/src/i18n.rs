//! In place of the words in every language: each sentence is its id.

/// A language without words.
pub struct Text;

impl Text {
    /// The sentence of this id.
    pub fn say_with(&self, id: &str, _: ()) -> String {
        id.to_owned()
    }
}
