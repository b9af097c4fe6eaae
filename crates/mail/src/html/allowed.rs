//! What may be in shown HTML; everything else goes.

use super::styles;
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};

const TAGS: &str = "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del \
    details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt \
    ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr";

const ATTRIBUTES: &str = "align bgcolor border cellpadding cellspacing color colspan data-part dir height lang rowspan start style \
    title valign width";

/// Elements whose content goes with them.
const WITH_CONTENT: &str = "applet audio embed frame frameset head iframe math noembed noframes noscript object script select style svg \
    template textarea title video xmp";

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// HTML with nothing but what is allowed.
pub(super) fn clean(html: &str) -> String {
    let own = HashMap::from([
        ("a", set("href data-host data-deceives")),
        ("img", set("src alt data-remote")),
        ("font", set("face size")),
        ("ol", set("type")),
    ]);
    Builder::new()
        .tags(set(TAGS))
        .clean_content_tags(set(WITH_CONTENT))
        .generic_attributes(set(ATTRIBUTES))
        .tag_attributes(own)
        .url_schemes(set("http https mailto tel data"))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .set_tag_attribute_value("a", "target", "_blank")
        .filter_style_properties(styles::PROPERTIES.iter().copied().collect())
        .attribute_filter(|element, attribute, value| {
            let is_data = value
                .trim_start()
                .get(..5)
                .is_some_and(|start| start.eq_ignore_ascii_case("data:"));
            let is_picture = element == "img" && attribute == "src" && super::is_shown_data(value);
            (!is_data || is_picture).then(|| value.into())
        })
        .strip_comments(true)
        .clean(html)
        .to_string()
}
