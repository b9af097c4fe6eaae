//! Images of other hosts in a mail, for somebody who asks to see them.
//!
//! A guarded client fetches them and they are put into the document itself, so the frame still reaches nobody: no cookie,
//! no referrer and no address of the reader leaves. The addresses are written by strangers: the client has no way to the
//! installation's own networks, and what one mail may cost is bounded, whatever is answered. What counts as an image is said
//! by its bytes. Images that tell their owner who reads are named and never fetched.

use std::collections::HashMap;
use std::sync::Arc;

use futures::StreamExt;
use http::{HeaderMap, Method, StatusCode};
use kit::db::Db;
use kit::outgoing::{Ask, Outgoing, OutgoingError};
use kit::text::base64;
use mail::html::RemoteImage;
use tokio::sync::Semaphore;

/// Images of one mail that are fetched.
const MOST: usize = 40;
/// The largest of them.
const LARGEST: usize = 2 << 20;
/// All of them together, with what came and is none.
const TOGETHER: usize = 8 << 20;
/// How many of one host are fetched.
const OF_A_HOST: usize = 8;
/// How many are fetched at a time.
const AT_A_TIME: usize = 8;
/// How many are fetched at a time by this process.
const OF_ALL: usize = 16;
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

/// The way to images whose addresses strangers have written. Clones share.
#[derive(Clone, Debug)]
pub struct Pictures {
    outgoing: Outgoing,
    places: Arc<Semaphore>,
}

impl Pictures {
    /// The way to public addresses, and to no others.
    ///
    /// # Errors
    /// [`OutgoingError::Client`].
    pub fn new() -> Result<Self, OutgoingError> {
        Ok(Self::by(Outgoing::new(Arc::new(|_| false))?))
    }

    /// The way by a client that may reach others too.
    pub fn by(outgoing: Outgoing) -> Self {
        Self {
            outgoing,
            places: Arc::new(Semaphore::new(OF_ALL)),
        }
    }

    /// The host of an address that may be asked.
    fn host(&self, url: &str) -> Option<String> {
        let url = self.outgoing.accept(&secure(url)).ok()?;
        url.host_str().map(str::to_owned)
    }
}

/// What came of an address.
#[derive(Default)]
struct Came {
    image: Option<(&'static str, Vec<u8>)>,
    /// How many bytes were read for it.
    read: usize,
}

/// Whether an image is there to tell its owner who reads.
pub(super) fn tells(image: &RemoteImage) -> bool {
    let url = image.url.to_ascii_lowercase();
    image.is_pixel || TELLING.iter().any(|part| url.contains(part))
}

/// The images that could be fetched, as addresses that hold them, each with its number in the mail.
pub(super) async fn fetched(db: &Db, images: &[RemoteImage]) -> Vec<(usize, String)> {
    match db.attached::<Pictures>() {
        Some(pictures) => all(&pictures, images).await,
        None => Vec::new(),
    }
}

async fn all(pictures: &Pictures, images: &[RemoteImage]) -> Vec<(usize, String)> {
    let (wanted, pictures) = (wanted(pictures, images), pictures.clone());
    let asked = wanted.into_iter().map(move |(number, url)| {
        let pictures = pictures.clone();
        async move { (number, image(&pictures, &url).await) }
    });
    let mut answers = std::pin::pin!(futures::stream::iter(asked).buffered(AT_A_TIME));
    let (mut found, mut weight) = (Vec::new(), 0);
    while let Some((number, came)) = answers.next().await {
        weight += came.read;
        if weight > TOGETHER {
            break;
        }
        let Some((kind, content)) = came.image else {
            continue;
        };
        found.push((number, format!("data:{kind};base64,{}", base64(&content))));
    }
    found
}

/// The images that are asked for: few of each host, so that nobody is asked much because of one mail.
fn wanted(pictures: &Pictures, images: &[RemoteImage]) -> Vec<(usize, String)> {
    let mut hosts: HashMap<String, usize> = HashMap::new();
    let mut has_room = |url: &str| {
        let Some(host) = pictures.host(url) else {
            return false;
        };
        let count = hosts.entry(host).or_default();
        *count += 1;
        *count <= OF_A_HOST
    };
    let numbered = images.iter().enumerate();
    let few = numbered.filter(|(_, image)| !tells(image) && has_room(&image.url));
    few.take(MOST)
        .map(|(number, image)| (number, image.url.clone()))
        .collect()
}

/// The secure address beside a plain one, without what is for browsers only.
fn secure(url: &str) -> String {
    let bare = bare(url);
    match bare.strip_prefix("http://") {
        Some(rest) => format!("https://{rest}"),
        None => bare.to_owned(),
    }
}

fn bare(url: &str) -> &str {
    url.split('#').next().unwrap_or_default()
}

/// What comes of an address. Plain ones are asked for securely; as they are only where the way leads to them.
async fn image(pictures: &Pictures, url: &str) -> Came {
    let Ok(_place) = pictures.places.acquire().await else {
        return Came::default();
    };
    let mut came = one(&pictures.outgoing, &secure(url)).await;
    if came.image.is_none() && url.starts_with("http://") {
        let read = came.read;
        came = one(&pictures.outgoing, bare(url)).await;
        came.read += read;
    }
    came
}

async fn one(outgoing: &Outgoing, url: &str) -> Came {
    let Ok(url) = outgoing.accept(url) else {
        return Came::default();
    };
    let ask = Ask {
        method: Method::GET,
        headers: HeaderMap::new(),
        body: Vec::new(),
        most: LARGEST + 1,
    };
    let reply = match outgoing.ask(&url, ask).await {
        Ok(reply) => reply,
        // How much came before nobody knows: it counts as much as could be.
        Err(OutgoingError::Lost | OutgoingError::TooLate) => {
            return Came {
                read: LARGEST,
                ..Came::default()
            };
        }
        Err(_) => return Came::default(),
    };
    let read = reply.beginning.len();
    let is_whole = reply.status == StatusCode::OK && read <= LARGEST;
    let kind = kind(&reply.beginning).filter(|_| is_whole);
    Came {
        image: kind.map(|kind| (kind, reply.beginning)),
        read,
    }
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
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

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

    fn image(url: &str, is_pixel: bool) -> RemoteImage {
        RemoteImage {
            url: url.to_owned(),
            is_pixel,
        }
    }

    #[test]
    fn only_public_addresses_are_asked_and_few_of_one_host() {
        let mut images = vec![
            image("https://127.0.0.1/logo.png", false),
            image("http://[::1]:8080/logo.png", false),
            image("http://169.254.169.254/latest", false),
            image("https://10.0.0.7/logo.png", false),
            image("file:///etc/passwd", false),
        ];
        images.extend((0..20).map(|at| image(&format!("http://a.example/{at}.png"), false)));
        images.push(image("https://b.example/logo.png#top", false));
        let wanted = wanted(&Pictures::new().unwrap(), &images);
        let numbers: Vec<usize> = wanted.into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, (5..13).chain([25]).collect::<Vec<_>>());
    }

    /// Answers everything that is asked without encryption.
    async fn server(content: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = [0; 2_048];
                if stream.read(&mut asked).await.is_ok() && asked.starts_with(b"GET") {
                    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", content.len());
                    stream.write_all(&[head.as_bytes(), &content].concat()).await.ok();
                }
            }
        });
        at
    }

    #[tokio::test]
    async fn images_are_taken_until_a_mail_has_cost_enough() {
        let at = server(b"\x89PNG\r\n\x1a\n!".to_vec()).await;
        let other = server(vec![b'x'; LARGEST + 1]).await;
        let loopback = Outgoing::new(Arc::new(|address| address.is_loopback())).unwrap();
        let pictures = Pictures::by(loopback);
        let mut images = vec![
            image(&format!("{other}/page"), false),
            image(&format!("{at}/logo.png#top"), false),
        ];
        let found = all(&pictures, &images).await;
        let expected = format!("data:image/png;base64,{}", base64(b"\x89PNG\r\n\x1a\n!"));
        assert_eq!(found, [(1, expected)]);
        let mut many: Vec<RemoteImage> = (0..4).map(|at| image(&format!("{other}/{at}"), false)).collect();
        many.append(&mut images);
        let images = many;
        let found = all(&pictures, &images).await;
        assert!(found.is_empty(), "what is no image costs as much: {found:?}");
        let found = all(&Pictures::new().unwrap(), &images).await;
        assert!(found.is_empty(), "our own networks are not asked: {found:?}");
    }

    #[test]
    fn what_tells_who_reads_is_known() {
        assert!(tells(&image("https://a.example/logo.png", true)));
        assert!(tells(&image("https://u1.ct.example/wf/open?upn=x", false)));
        assert!(!tells(&image("https://a.example/logo.png", false)));
    }
}
