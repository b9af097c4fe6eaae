//! Images of other hosts in a mail, for somebody who asks to see them.
//!
//! The guarded client fetches them and they are put into the document itself, so the frame still reaches nobody: no
//! cookie, no referrer and no address of the reader leaves. What counts as an image is said by its bytes. Images that tell
//! their owner who reads are named and never fetched.

use std::sync::Arc;

use futures::StreamExt;
use http::{HeaderMap, Method, StatusCode};
use kit::db::Db;
use kit::outgoing::{Ask, Outgoing};
use kit::text::base64;
use mail::html::RemoteImage;

/// Images of one mail that are fetched.
const MOST: usize = 40;
/// The largest of them.
const LARGEST: usize = 2 << 20;
/// All of them together.
const TOGETHER: usize = 8 << 20;
/// How many are fetched at a time.
const AT_A_TIME: usize = 8;
/// What stands in addresses that tell who reads.
const TELLING: [&str; 16] = [
    "/wf/open",
    "/open.gif",
    "/open.aspx",
    "/o.gif",
    "/track/open",
    "/tracking/",
    "/trk",
    "/e/o/",
    "/ss/o/",
    "pixel.gif",
    "pixel.png",
    "/pixel",
    "/beacon",
    "google-analytics.com/",
    "mailtrack.io/",
    "emltrk.com/",
];

/// Whether an image is there to tell its owner who reads.
pub(super) fn tells(image: &RemoteImage) -> bool {
    let url = image.url.to_ascii_lowercase();
    image.is_pixel || TELLING.iter().any(|part| url.contains(part))
}

/// The images that could be fetched, as addresses that hold them, each with its number in the mail.
pub(super) async fn fetched(db: &Db, images: &[RemoteImage]) -> Vec<(usize, String)> {
    let Some(outgoing) = db.attached::<Outgoing>() else {
        return Vec::new();
    };
    let wanted: Vec<(usize, String)> = images
        .iter()
        .enumerate()
        .filter(|(_, image)| !tells(image))
        .take(MOST)
        .map(|(number, image)| (number, image.url.clone()))
        .collect();
    let asked = wanted.into_iter().map(move |(number, url)| {
        let outgoing = Arc::clone(&outgoing);
        async move { (number, image(&outgoing, &url).await) }
    });
    let mut answers = std::pin::pin!(futures::stream::iter(asked).buffered(AT_A_TIME));
    let (mut all, mut weight) = (Vec::new(), 0);
    while let Some((number, found)) = answers.next().await {
        let Some((kind, content)) = found else { continue };
        weight += content.len();
        if weight > TOGETHER {
            break;
        }
        all.push((number, format!("data:{kind};base64,{}", base64(&content))));
    }
    all
}

/// An image and its type. Plain addresses are asked for securely; as they are only where the installation allows that.
async fn image(outgoing: &Outgoing, url: &str) -> Option<(&'static str, Vec<u8>)> {
    let bare = url.split('#').next().unwrap_or_default();
    if let Some(rest) = bare.strip_prefix("http://")
        && let Some(found) = one(outgoing, &format!("https://{rest}")).await
    {
        return Some(found);
    }
    one(outgoing, bare).await
}

async fn one(outgoing: &Outgoing, url: &str) -> Option<(&'static str, Vec<u8>)> {
    let url = outgoing.accept(url).ok()?;
    let ask = Ask {
        method: Method::GET,
        headers: HeaderMap::new(),
        body: Vec::new(),
        most: LARGEST + 1,
    };
    let reply = outgoing.ask(&url, ask).await.ok()?;
    let is_whole = reply.status == StatusCode::OK && reply.beginning.len() <= LARGEST;
    let kind = kind(&reply.beginning).filter(|_| is_whole)?;
    Some((kind, reply.beginning))
}

/// What an image is, by its first bytes: pictures only, no documents.
fn kind(content: &[u8]) -> Option<&'static str> {
    let is_webp = content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP".as_slice());
    match content {
        _ if content.starts_with(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        _ if content.starts_with(b"\xff\xd8\xff") => Some("image/jpeg"),
        _ if content.starts_with(b"GIF87a") || content.starts_with(b"GIF89a") => Some("image/gif"),
        _ if is_webp => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_what_its_bytes_say() {
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n\0\0"), Some("image/png"));
        assert_eq!(kind(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for bad in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"<html>",
            b"",
            b"RIFF\0\0\0\0WAVE",
        ] {
            assert_eq!(kind(bad), None);
        }
    }

    #[test]
    fn what_tells_who_reads_is_known() {
        let image = |url: &str, is_pixel| RemoteImage {
            url: url.to_owned(),
            is_pixel,
        };
        assert!(tells(&image("https://a.example/logo.png", true)));
        assert!(tells(&image("https://u1.ct.example/wf/open?upn=x", false)));
        assert!(!tells(&image("https://a.example/logo.png", false)));
    }
}
