//! HTML that our own people write: read into a few kinds of blocks and runs, and written again from those alone.
//!
//! Nothing of what came in is passed on. What this tree has no place for goes, its words staying where a reader would have seen
//! them; so what is kept, shown in a page and sent holds no script, no style and no address but those of links and of pictures
//! that the message has itself. A link leads to `http`, `https` or `mailto`; a picture is a name that the caller knows.

mod read;
mod write;

use std::sync::Arc;

/// What somebody has written, as far as it may be formatted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// One below the other.
    pub blocks: Vec<Block>,
}

/// What stands below what is before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines of text.
    Paragraph(Vec<Run>),
    /// Points, each of blocks.
    List {
        /// Whether they are counted.
        is_ordered: bool,
        /// The points.
        items: Vec<Vec<Block>>,
    },
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// Lines as a machine has them.
    Code(String),
}

/// A part of a line that looks the same from its beginning to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub what: What,
    /// How it looks.
    pub marks: Marks,
    /// Where it leads.
    pub link: Option<Arc<str>>,
}

/// What a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Words.
    Text(String),
    /// The end of a line.
    Break,
    /// A picture of the message.
    Picture {
        /// The name by which the caller knows it.
        name: String,
        /// What it is called, for whoever does not see it.
        alt: String,
    },
}

/// How words look: bold, italic and so on, any of them together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

/// Each mark: the element that says it, and its bit.
static MARKS: [(&str, u8); 5] = [("strong", 1), ("em", 2), ("u", 4), ("s", 8), ("code", 16)];

impl Marks {
    /// Words that look as all others.
    pub const NONE: Self = Self(0);

    /// These and the one that an element says; these alone where it says none.
    fn with(self, element: &str) -> Self {
        let element = match element {
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => "strong",
            "i" | "em" | "cite" | "dfn" | "var" => "em",
            "u" | "ins" => "u",
            "s" | "strike" | "del" => "s",
            "code" | "kbd" | "samp" | "tt" => "code",
            _ => return self,
        };
        let found = MARKS.iter().find(|(name, _)| *name == element);
        Self(self.0 | found.map_or(0, |(_, bit)| *bit))
    }

    /// The elements that say them, the outer one first.
    fn elements(self) -> impl DoubleEndedIterator<Item = &'static str> {
        let is_set = move |(_, bit): &&(&'static str, u8)| self.0 & bit != 0;
        MARKS.iter().filter(is_set).map(|(name, _)| *name)
    }
}

impl Written {
    /// Reads HTML. `picture_of` says of an image's address under which name the caller knows it and what it is called; one that it
    /// does not know goes. Gives nothing for HTML that is too odd to be taken apart.
    pub fn read(html: &str, picture_of: impl Fn(&str) -> Option<(String, String)>) -> Option<Self> {
        read::read(html, &picture_of)
    }

    /// Plain text: paragraphs between empty lines.
    pub fn of_text(text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let paragraphs = text.split("\n\n").map(|part| part.trim_matches('\n'));
        let blocks = paragraphs.filter(|part| !part.trim().is_empty()).map(|part| {
            let mut runs = Vec::new();
            for (place, line) in part.lines().enumerate() {
                if place > 0 {
                    runs.push(Run::plain(What::Break));
                }
                if !line.is_empty() {
                    runs.push(Run::plain(What::Text(line.to_owned())));
                }
            }
            Block::Paragraph(runs)
        });
        Self {
            blocks: blocks.collect(),
        }
    }

    /// Whether there is nothing in it that plain text does not say.
    pub fn is_plain(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            Block::Paragraph(runs) => runs.iter().all(Run::is_plain),
            Block::List { .. } | Block::Quote(_) | Block::Code(_) => false,
        })
    }

    /// As it is kept: canonical, pictures by `cid:` and their name.
    pub fn html(&self) -> String {
        write::html(self, &|name| Some(format!("cid:{name}")), &write::KEPT)
    }

    /// As a part of a page; a picture without an address shows what it is called.
    pub fn page(&self, address_of: impl Fn(&str) -> Option<String>) -> String {
        write::html(self, &address_of, &write::PAGE)
    }

    /// As a part of a mail's HTML, which brings its own look.
    pub fn mail(&self, address_of: impl Fn(&str) -> Option<String>) -> String {
        write::html(self, &address_of, &write::MAIL)
    }

    /// As plain text: points with a hyphen or their number, quotes with `>`, a link with its address behind it.
    pub fn text(&self) -> String {
        write::text(&self.blocks)
    }

    /// The names of its pictures, in their order.
    pub fn pictures(&self) -> Vec<&str> {
        let mut names = Vec::new();
        pictures(&self.blocks, &mut names);
        names
    }
}

/// No deeper than what was read.
fn pictures<'a>(blocks: &'a [Block], names: &mut Vec<&'a str>) {
    for block in blocks {
        match block {
            Block::Paragraph(runs) => names.extend(runs.iter().filter_map(|run| match &run.what {
                What::Picture { name, .. } => Some(name.as_str()),
                What::Text(_) | What::Break => None,
            })),
            Block::List { items, .. } => items.iter().for_each(|item| pictures(item, names)),
            Block::Quote(inner) => pictures(inner, names),
            Block::Code(_) => {}
        }
    }
}

impl Run {
    fn plain(what: What) -> Self {
        Self {
            what,
            marks: Marks::NONE,
            link: None,
        }
    }

    fn is_plain(&self) -> bool {
        let is_picture = matches!(self.what, What::Picture { .. });
        !is_picture && self.marks == Marks::NONE && self.link.is_none()
    }
}
