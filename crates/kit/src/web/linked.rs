//! Addresses in plain words that become links: those of the web and of mail, when they are written out.
//!
//! Words come from strangers. A link is made of an address that was read and written again, never of what stands there; what is
//! shown is the words as they are. Whatever is not wholly understood stays as it is.

use url::Url;

/// What an address begins with.
const BEGINNINGS: [&str; 4] = ["http://", "https://", "mailto:", "www."];
/// The longest address, in bytes.
const LONGEST: usize = 2_000;
/// What ends an address besides blanks.
const ENDS: &str = "<>\"`{}|\\^«»“”„‹›";
/// What stands behind an address and is not of it.
const TRAILING: &str = ".,;:!?'*…·’‘、。，；：！？";
/// Brackets that may stand in an address, or around it.
const BRACKETS: [(char, char); 7] = [
    ('(', ')'),
    ('[', ']'),
    ('（', '）'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('《', '》'),
];

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// Words that are an address, and where they lead.
    Link(&'t str, Url),
}

impl<'t> Piece<'t> {
    /// The words.
    pub fn text(&self) -> &'t str {
        match self {
            Self::Words(text) | Self::Link(text, _) => text,
        }
    }
}

/// A text as HTML, with its addresses as links that open elsewhere. Without its tags it is the text.
pub fn linked(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => escape(words, &mut html),
            Piece::Link(words, address) => {
                html.push_str("<a href=\"");
                escape(address.as_str(), &mut html);
                html.push_str("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
                escape(words, &mut html);
                html.push_str("</a>");
            }
        }
    }
    html
}

/// A text in pieces, in order; together they are the text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut begun, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let is_first = !text[..at].ends_with(is_of_a_word);
        if is_first && begins(rest) {
            let whole = &rest[..end(rest)];
            let words = trimmed(whole);
            if let Some(address) = address(words) {
                if begun < at {
                    pieces.push(Piece::Words(&text[begun..at]));
                }
                pieces.push(Piece::Link(words, address));
                at += words.len();
                begun = at;
                continue;
            }
            at += whole.len();
            continue;
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    if begun < text.len() {
        pieces.push(Piece::Words(&text[begun..]));
    }
    pieces
}

/// Whether an address does not begin behind this letter.
fn is_of_a_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '@' | '/' | '.' | '-' | '_' | '+' | '%')
}

fn begins(text: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| {
        text.get(..beginning.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(beginning))
    })
}

/// Where what begins like an address ends.
fn end(text: &str) -> usize {
    let is_end = |letter: char| letter.is_whitespace() || letter.is_control() || ENDS.contains(letter);
    text.find(is_end).unwrap_or(text.len())
}

/// Without what ends the sentence or the bracket in which an address stands.
fn trimmed(mut text: &str) -> &str {
    if text.len() > LONGEST {
        return text;
    }
    while let Some(last) = text.chars().next_back() {
        let closed = BRACKETS.iter().find(|(_, closing)| *closing == last);
        let is_alone = closed.is_some_and(|(opening, closing)| {
            text.matches(*closing).count() > text.matches(*opening).count()
        });
        if !is_alone && !TRAILING.contains(last) {
            break;
        }
        text = &text[..text.len() - last.len_utf8()];
    }
    text
}

/// Where words lead that begin like an address, when they are one. One with a name and password before its host is none: it
/// seems to lead elsewhere.
fn address(words: &str) -> Option<Url> {
    if words.len() > LONGEST {
        return None;
    }
    let is_short = words
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let url = if is_short {
        Url::parse(&format!("https://{words}")).ok()?
    } else {
        Url::parse(words).ok()?
    };
    let is_good = match url.scheme() {
        "http" | "https" => {
            let host = url.host_str().unwrap_or_default();
            let has_name = !host.is_empty() && (!is_short || host[4.min(host.len())..].contains('.'));
            has_name && url.username().is_empty() && url.password().is_none()
        }
        "mailto" => url
            .path()
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty()),
        _ => false,
    };
    is_good.then_some(url)
}

fn escape(text: &str, html: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            letter => html.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn links(text: &str) -> Vec<(&str, String)> {
        let found = pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Link(words, address) => Some((words, address.to_string())),
            Piece::Words(_) => None,
        });
        found.collect()
    }

    #[test]
    fn addresses_are_links_without_what_stands_around_them() {
        for (text, words, address) in [
            (
                "See https://a.example/x.",
                "https://a.example/x",
                "https://a.example/x",
            ),
            ("(www.a.example)", "www.a.example", "https://www.a.example/"),
            (
                "https://a.example/wiki/X_(y), and",
                "https://a.example/wiki/X_(y)",
                "https://a.example/wiki/X_(y)",
            ),
            (
                "<HTTP://A.example?q=1&b=2>",
                "HTTP://A.example?q=1&b=2",
                "http://a.example/?q=1&b=2",
            ),
            (
                "mailto:ada@a.example!",
                "mailto:ada@a.example",
                "mailto:ada@a.example",
            ),
            (
                "请看https://a.example/x。",
                "https://a.example/x",
                "https://a.example/x",
            ),
            (
                "https://bücher.example/é",
                "https://bücher.example/é",
                "https://xn--bcher-kva.example/%C3%A9",
            ),
        ] {
            assert_eq!(links(text), [(words, address.to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_no_address_stays_as_it_is() {
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "www.",
            "www.x",
            "http://",
            "mailto:ada",
            "https://bank.example@evil.example/",
            "xhttps://a.example",
            "file:///etc/passwd",
        ] {
            assert!(links(text).is_empty(), "{text}: {:?}", links(text));
        }
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        assert!(links(&long).is_empty());
    }

    #[test]
    fn a_link_leads_out_and_says_nothing_of_us() {
        assert_eq!(
            linked("a <b> \"www.a.example/?x=1&y='2\"\nc"),
            "a &lt;b&gt; &quot;<a href=\"https://www.a.example/?x=1&amp;y=%272\" target=\"_blank\" rel=\"noopener noreferrer \
             nofollow\">www.a.example/?x=1&amp;y=&#39;2</a>&quot;\nc"
        );
    }

    /// The text of HTML that [`linked`] wrote.
    fn without_tags(html: &str) -> String {
        let mut text = String::new();
        let mut is_tag = false;
        for letter in html.chars() {
            match letter {
                '<' => is_tag = true,
                '>' => is_tag = false,
                letter if !is_tag => text.push(letter),
                _ => {}
            }
        }
        let text = text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        text.replace("&#39;", "'").replace("&amp;", "&")
    }

    proptest! {
        #[test]
        fn the_words_stay_and_links_lead_to_the_web_or_to_mail(
            text in "(https?://|HTTPS://|mailto:|www\\.|javascript:|[a-z0-9.@/:?&=#%]{1,9}|[()<>\"'\\[\\]{}.,;!]|\\PC|[ \n\t]){0,40}"
        ) {
            let html = linked(&text);
            prop_assert_eq!(without_tags(&html), &text[..]);
            let joined: String = pieces(&text).iter().map(Piece::text).collect();
            prop_assert_eq!(&joined, &text);
            for part in html.split("<a ").skip(1) {
                let is_known = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|scheme| part.starts_with(&format!("href=\"{scheme}")));
                prop_assert!(is_known, "{}", part);
                prop_assert!(part.contains("rel=\"noopener noreferrer nofollow\""), "{}", part);
            }
            prop_assert_eq!(html.matches('<').count(), 2 * html.matches("<a ").count());
        }
    }
}
