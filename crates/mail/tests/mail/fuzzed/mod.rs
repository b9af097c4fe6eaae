//! The short forms of `cargo xtask fuzz`: each target over its seeds, and over every input that was found once.
//!
//! A target is a module with `run`, which panics where something is wrong, and `seeds`, from which a run begins. The programs
//! in `fuzz/` are made of the same modules.

pub mod html;
pub mod imap;
pub mod lmtp;
pub mod mime;
pub mod quotes;
pub mod stored;

fn survives(target: &str, seeds: Vec<Vec<u8>>, run: fn(&[u8])) {
    assert!(seeds.len() > 3, "{target} has seeds");
    for seed in seeds {
        run(&seed);
    }
    for found in stored::files(&format!("fuzz/found/{target}")) {
        run(&found);
    }
}

#[test]
fn mails_are_understood_whatever_they_are() {
    survives("mime", mime::seeds(), mime::run);
}

#[test]
fn nothing_is_lost_when_a_mail_is_divided() {
    survives("quotes", quotes::seeds(), quotes::run);
}

#[test]
fn html_is_harmless_whatever_it_was() {
    survives("html", html::seeds(), html::run);
}

#[test]
fn conversations_are_what_a_slow_reader_hears() {
    survives("lmtp", lmtp::seeds(), lmtp::run);
}

#[test]
fn servers_may_answer_what_they_like() {
    survives("imap", imap::seeds(), imap::run);
}
