//! HTML of strangers, made safe to show in a sandboxed frame.
//!
//! Two passes. The first walks our own tree: images of other hosts are taken out and listed, images of the mail itself
//! get addresses of ours, links are read and get the host they lead to, styles lose all that reaches outside. The second
//! is an allow-list (ammonia) over the result, so that nothing depends on the first one having thought of everything.
//! The frame without scripts under its own policy is the third layer, and not ours.

mod allowed;
mod look;
mod styles;

pub use look::has_look;

use crate::dom::{self, Data, Dom, Id};
use html5ever::{Attribute, QualName, ns};
use url::Url;

/// An image on another host, taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteImage {
    /// Where it is.
    pub url: String,
    /// So small that nobody would see it: it tells its owner who reads.
    pub is_pixel: bool,
}

/// A link that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub url: String,
    /// Whether its text names another host than the one it leads to.
    pub deceives: bool,
}

/// HTML that may be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Safe {
    /// The content of a body.
    pub html: String,
    /// In order; an `img` of the HTML names its own by `data-remote`, counted from 0.
    pub remote_images: Vec<RemoteImage>,
    /// In order, each once.
    pub links: Vec<Link>,
    /// Content-IDs that the HTML asks for, whether known or not.
    pub content_ids: Vec<String>,
    /// Whether it was too odd to be taken apart and shows as text.
    pub is_odd: bool,
}

/// Most links and images that are listed; more lose their address.
const MOST_LINKS: usize = 5_000;
/// Longest `data:` image that is kept.
const LONGEST_DATA: usize = 256 << 10;

/// Makes HTML safe. `address_of` answers with the address under which we serve the image of a Content-ID.
pub fn safe(html: &str, address_of: impl Fn(&str) -> Option<String>) -> Safe {
    let Some(mut dom) = Dom::parse(html) else {
        return Safe {
            html: allowed::clean(&dom::from_text(&dom::loose_text(html))),
            is_odd: true,
            ..Safe::default()
        };
    };
    let mut safe = Safe::default();
    for id in 0..dom.nodes.len() {
        if matches!(dom.nodes[id].data, Data::Element { .. }) {
            element(&mut dom, id, &mut safe, &address_of);
        }
    }
    safe.html = allowed::clean(&dom.html());
    safe
}

fn element(dom: &mut Dom, id: Id, safe: &mut Safe, address_of: &impl Fn(&str) -> Option<String>) {
    let name = dom.name(id).to_owned();
    let text = if name == "a" {
        text_of(dom, id)
    } else {
        String::new()
    };
    let Data::Element { attributes, .. } = &mut dom.nodes[id].data else {
        return;
    };
    // What we write ourselves must not come from outside; the mark of a division is ours already.
    attributes.retain(|attribute| {
        let name = &*attribute.name.local;
        name == crate::quotes::PART || !name.starts_with("data-")
    });
    if let Some(style) = get(attributes, "style") {
        let (kept, outside) = styles::filtered(&style);
        set(attributes, "style", &kept);
        for url in outside {
            remote(safe, &url, false);
        }
    }
    if let Some(background) = get(attributes, "background") {
        remove(attributes, "background");
        remote(safe, &background, false);
    }
    match name.as_str() {
        "img" => picture(attributes, safe, address_of),
        "a" | "area" => anchor(attributes, &text, safe),
        _ => {}
    }
}

fn picture(attributes: &mut Vec<Attribute>, safe: &mut Safe, address_of: &impl Fn(&str) -> Option<String>) {
    let is_pixel = ["width", "height"].iter().any(|side| {
        let value = get(attributes, side).unwrap_or_default();
        matches!(value.trim_end_matches("px").trim(), "0" | "1")
    });
    let src = get(attributes, "src").unwrap_or_default();
    remove(attributes, "src");
    match image(&src, safe, address_of, is_pixel) {
        Image::Shown(url) => set(attributes, "src", &url),
        Image::Remote(number) => set(attributes, "data-remote", &number.to_string()),
        Image::Gone => {}
    }
}

fn anchor(attributes: &mut Vec<Attribute>, text: &str, safe: &mut Safe) {
    let href = get(attributes, "href").unwrap_or_default();
    remove(attributes, "href");
    let Some((url, host)) = link(&href).filter(|_| safe.links.len() < MOST_LINKS) else {
        return;
    };
    let deceives = deceives(text, &host);
    set(attributes, "href", &url);
    set(attributes, "data-host", &host);
    if deceives {
        set(attributes, "data-deceives", "true");
    }
    let found = Link { url, deceives };
    if !safe.links.iter().rev().take(200).any(|known| *known == found) {
        safe.links.push(found);
    }
}

fn get(attributes: &[Attribute], wanted: &str) -> Option<String> {
    let found = attributes
        .iter()
        .find(|attribute| &*attribute.name.local == wanted)?;
    Some(found.value.to_string())
}

enum Image {
    Shown(String),
    Remote(usize),
    Gone,
}

fn image(src: &str, safe: &mut Safe, address_of: &impl Fn(&str) -> Option<String>, is_pixel: bool) -> Image {
    let plain: String = src.chars().filter(|letter| !letter.is_control()).collect();
    let plain = plain.trim();
    let lower = plain
        .get(..11.min(plain.len()))
        .unwrap_or_default()
        .to_ascii_lowercase();
    if lower.starts_with("cid:") {
        let id = percent_decoded(&plain[4..]);
        let address = address_of(&id);
        if !safe.content_ids.contains(&id) && safe.content_ids.len() < MOST_LINKS {
            safe.content_ids.push(id);
        }
        return address.map_or(Image::Gone, Image::Shown);
    }
    if lower.starts_with("data:image/") {
        return if is_shown_data(plain) {
            Image::Shown(plain.to_owned())
        } else {
            Image::Gone
        };
    }
    remote(safe, plain, is_pixel).map_or(Image::Gone, Image::Remote)
}

/// Pictures only: SVG is a document with scripts.
fn is_shown_data(url: &str) -> bool {
    let lower = url.chars().take(40).collect::<String>().to_ascii_lowercase();
    let is_known = ["png", "gif", "jpeg", "jpg", "webp", "bmp"].iter().any(|kind| {
        lower
            .strip_prefix("data:image/")
            .is_some_and(|rest| rest.starts_with(&format!("{kind};base64,")))
    });
    is_known && url.len() <= LONGEST_DATA
}

/// Lists an image of another host; answers with its number.
fn remote(safe: &mut Safe, url: &str, is_pixel: bool) -> Option<usize> {
    let url = if url.starts_with("//") {
        format!("https:{url}")
    } else {
        url.to_owned()
    };
    let parsed = Url::parse(url.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))?;
    parsed.host_str()?;
    if safe.remote_images.len() >= MOST_LINKS {
        return None;
    }
    safe.remote_images.push(RemoteImage {
        url: parsed.into(),
        is_pixel,
    });
    Some(safe.remote_images.len() - 1)
}

/// The address of a link and the host it leads to, in ASCII, so that no letter looks like another.
fn link(href: &str) -> Option<(String, String)> {
    let url = Url::parse(href.trim()).ok()?;
    match url.scheme() {
        "http" | "https" => {
            let host = url.host_str()?.to_owned();
            Some((url.into(), host))
        }
        "mailto" | "tel" => {
            let host = url
                .path()
                .rsplit_once('@')
                .map_or(String::new(), |(_, host)| host.to_ascii_lowercase());
            Some((url.into(), host))
        }
        _ => None,
    }
}

/// Whether a link's text reads like an address of another host.
fn deceives(text: &str, host: &str) -> bool {
    let text = text.trim().to_lowercase();
    if text.contains(char::is_whitespace) || text.len() > 500 || host.is_empty() {
        return false;
    }
    let named = text.split("://").last().unwrap_or_default();
    let named = named.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let named = named.rsplit('@').next().unwrap_or_default();
    let Ok(url) = Url::parse(&format!("https://{named}/")) else {
        return false;
    };
    let Some(named) = url
        .host_str()
        .filter(|named| named.contains('.') && !named.ends_with('.'))
    else {
        return false;
    };
    let is_name = named
        .rsplit('.')
        .next()
        .is_some_and(|end| end.len() >= 2 && !end.bytes().all(|byte| byte.is_ascii_digit()));
    let strip = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let (named, host) = (strip(named), strip(host));
    is_name && named != host && !host.ends_with(&format!(".{named}"))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match hex.filter(|_| bytes[at] == b'%') {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn text_of(dom: &Dom, id: Id) -> String {
    let mut text = String::new();
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        if let Data::Text(part) = &dom.nodes[id].data {
            text.push_str(part);
        }
        if text.len() > 1_000 {
            break;
        }
        let children: Vec<Id> = dom.children(id).collect();
        stack.extend(children.into_iter().rev());
    }
    text
}

fn remove(attributes: &mut Vec<Attribute>, name: &str) {
    attributes.retain(|attribute| &*attribute.name.local != name);
}

fn set(attributes: &mut Vec<Attribute>, name: &str, value: &str) {
    remove(attributes, name);
    if !value.is_empty() {
        attributes.push(Attribute {
            name: QualName::new(None, ns!(), name.into()),
            value: value.into(),
        });
    }
}
