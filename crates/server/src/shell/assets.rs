//! Styles, scripts and icons: embedded in the program, compressed once, cached by browsers for ever.
//!
//! Every address contains a digest of all assets (`/assets/3f9a…/app.css`), so scripts import each other by relative paths
//! and a new version is a new address. In debug builds files are read from disk on each request and never cached.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// One file as browsers get it.
pub(super) struct Asset {
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let names = Files::iter()
        .filter(|name| !name.starts_with("css/"))
        .map(String::from);
    let names = names.chain(["app.css".to_owned()]);
    names
        .filter_map(|name| Some((name.clone(), Asset::new(lean(&name, read(&name)?)))))
        .collect()
});

static DIGEST: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for (name, asset) in ASSETS.iter() {
        digest.update(name);
        digest.update(&asset.plain);
    }
    digest
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// Tells templates where assets stand, and starts compressing them for the first visitor.
pub(super) fn announce() {
    kit::web::assets::serve_from(format!("/assets/{}", *DIGEST));
    if !cfg!(debug_assertions) {
        std::thread::spawn(|| {
            for asset in ASSETS.values() {
                asset.brotli();
                asset.gzip();
            }
        });
    }
}

/// `GET /assets/{digest}/{name}`.
pub(super) async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let (digest, name) = path.split_once('/').unwrap_or(("", &path));
    let (name, current) = if ASSETS.contains_key(&path) {
        (path.as_str(), false)
    } else {
        (name, digest == *DIGEST)
    };
    let Some(asset) = ASSETS.get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if cfg!(debug_assertions) {
        let fresh = read(name).unwrap_or_else(|| asset.plain.clone());
        return (described(name, "no-cache"), fresh).into_response();
    }
    // A page of an older version asks under its own digest: it gets the present file, but must not keep it.
    let keep = if current {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let compressed = match accepted {
        _ if accepted.contains("br") => asset.brotli.get().map(|bytes| ("br", bytes)),
        _ if accepted.contains("gzip") => asset.gzip.get().map(|bytes| ("gzip", bytes)),
        _ => None,
    };
    match compressed {
        Some((way, bytes)) => {
            (described(name, keep), [(CONTENT_ENCODING, way)], bytes.clone()).into_response()
        }
        None => (described(name, keep), asset.plain.clone()).into_response(),
    }
}

impl Asset {
    fn new(plain: Bytes) -> Self {
        Self {
            plain,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    #[cfg(test)]
    pub(super) fn plain(&self) -> &Bytes {
        &self.plain
    }

    pub(super) fn brotli(&self) -> &Bytes {
        self.brotli.get_or_init(|| {
            let mut packed = Vec::new();
            let settings = brotli::enc::BrotliEncoderParams {
                quality: 11,
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &self.plain[..], &mut packed, &settings)
                .expect("memory takes every byte");
            packed.into()
        })
    }

    fn gzip(&self) -> &Bytes {
        self.gzip.get_or_init(|| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packer.write_all(&self.plain).expect("memory takes every byte");
            packer.finish().expect("memory takes every byte").into()
        })
    }
}

/// Every asset by name.
#[cfg(test)]
pub(super) fn all() -> &'static BTreeMap<String, Asset> {
    &ASSETS
}

fn described(name: &str, keep: &'static str) -> [(HeaderName, &'static str); 3] {
    [
        (CONTENT_TYPE, kind(name)),
        (CACHE_CONTROL, keep),
        (VARY, "Accept-Encoding"),
    ]
}

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

fn read(name: &str) -> Option<Bytes> {
    if name == "app.css" {
        return Some(style_sheet().into());
    }
    Files::get(name).map(|file| Bytes::from(file.data.into_owned()))
}

/// Styles and scripts without the lines that hold nothing but a comment: those are for us. What others wrote lies on disk as
/// its checksum says, and keeps its licence.
fn lean(name: &str, text: Bytes) -> Bytes {
    let leaned = match name.rsplit_once('.') {
        Some((_, "js")) => without_comments(&String::from_utf8_lossy(&text)),
        Some((_, "css")) => {
            let text = String::from_utf8_lossy(&text);
            let is_comment = |line: &str| line.starts_with("/*") && line.ends_with("*/");
            let lines = text.lines().filter(|line| !is_comment(line.trim()));
            lines.collect::<Vec<_>>().join("\n")
        }
        _ => return text,
    };
    leaned.into()
}

/// A script without its lines of comment, but for the licence with which it begins, and without what its lines are indented by
/// where that is no part of a text. A comment with code behind it in its line stays.
fn without_comments(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let (mut is_inside, mut is_text) = (false, false);
    for line in text.lines() {
        let bare = line.trim();
        if is_inside {
            if let Some((_, behind)) = bare.split_once("*/") {
                is_inside = false;
                lines.extend(Some(behind).filter(|behind| !behind.trim().is_empty()));
            }
            continue;
        }
        let is_block = bare.starts_with("/*") && !lines.is_empty();
        match bare.find("*/") {
            None if is_block => is_inside = true,
            Some(end) if is_block && end + 2 == bare.len() => {}
            _ if bare.starts_with("//") => {}
            _ => {
                lines.push(if is_text { line } else { line.trim_start() });
                is_text ^= line.matches('`').count() % 2 == 1;
            }
        }
    }
    lines.join("\n")
}

/// All of `css/`: the tokens first, then elements, arranging and components by name, paper last.
fn style_sheet() -> String {
    let mut names: Vec<String> = Files::iter()
        .filter(|name| name.starts_with("css/"))
        .map(String::from)
        .collect();
    names.sort_by_key(|name| {
        let place = match name.as_str() {
            "css/tokens.css" => 0,
            "css/base.css" => 1,
            "css/layout.css" => 2,
            "css/print.css" => 4,
            _ => 3,
        };
        (place, name.clone())
    });
    let sheets = names.iter().filter_map(|name| Files::get(name));
    sheets
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect::<Vec<_>>()
        .join("\n")
}
