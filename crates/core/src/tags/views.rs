//! What the templates of the vocabulary take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::{Colour, Tag};

#[derive(Template)]
#[template(path = "tags/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tags: Vec<(Tag, i64)>,
    pub(super) form: &'a Filled,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "tags/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tag: &'a Tag,
    pub(super) others: Vec<Tag>,
    pub(super) form: &'a Filled,
    pub(super) whole: Option<String>,
}

impl ListPage<'_> {
    fn colours(&self) -> Vec<Choice> {
        colours(self.t, self.form)
    }
}

impl FormPage<'_> {
    fn colours(&self) -> Vec<Choice> {
        colours(self.t, self.form)
    }

    fn others(&self) -> Vec<Choice> {
        let others = self.others.iter();
        others
            .map(|tag| Choice::new(tag.id.to_string(), &tag.name))
            .collect()
    }
}

fn colours(t: &Text, form: &Filled) -> Vec<Choice> {
    let choice = |colour: &Colour| {
        Choice::new(colour.as_str(), t.say(colour.text())).chosen_if(colour.as_str() == form.value("colour"))
    };
    Colour::ALL.iter().map(choice).collect()
}
