//! What comes out of zip files.

use std::io::{Cursor, Write};

use mail::stores::{Boxed, Mbox};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const SMALL: Bounds = Bounds {
    entries: 20,
    directory: 10_000,
    total: 1 << 20,
    ratio: 10,
    free: 100_000,
};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn out(zip: &[u8], bounds: &Bounds) -> Result<(Vec<u8>, i64), Bad> {
    let mut all = Vec::new();
    let left_out = taken_out(Cursor::new(zip), zip.len() as u64, bounds, |piece| {
        all.extend_from_slice(&piece);
        Ok(())
    })?;
    Ok((all, left_out))
}

#[test]
fn mbox_files_and_single_mails_come_out_whatever_they_are_called() {
    let mbox: &[u8] =
        b"From a@b Tue Jan  1 00:00:00 2030\nSubject: one\n\nHi\n\nFrom - \nSubject: two\n\nBye";
    let zip = zipped(&[
        ("../../etc/passwd", mbox),
        (
            "Maildir/cur/1.h:2,S",
            b"Received: x\nSubject: three\n\nFrom here on\n",
        ),
        (
            "three.eml",
            b"X-Own: y\r\nMessage-ID: <4@x>\r\nSubject: four\r\n\r\nEnd",
        ),
        ("__MACOSX/._x", b"\x00\x05\x16\x07 from: nobody"),
        ("notes.txt", b"Dear all,\nfrom: nobody\n"),
        ("nested.zip", b"PK\x03\x04"),
        ("empty", b""),
    ]);
    let (file, left_out) = out(&zip, &SMALL).unwrap();
    let mails: Vec<Boxed> = Mbox::new(file.as_slice(), 0, LARGEST)
        .collect::<io::Result<_>>()
        .unwrap();
    let subjects: Vec<String> = mails
        .iter()
        .map(|mail| {
            let text = String::from_utf8_lossy(&mail.raw).into_owned();
            let (_, after) = text.split_once("Subject: ").unwrap();
            after.lines().next().unwrap().to_owned()
        })
        .collect();
    assert_eq!(
        (subjects, left_out),
        (["one", "two", "three", "four"].map(str::to_owned).to_vec(), 4)
    );
}

#[test]
fn what_unpacks_to_too_much_or_too_many_is_refused() {
    let long = [b"Subject: x\n\n".as_slice(), &[b'a'; 900_000]].concat();
    let bomb = zipped(&[("a.eml", &long)]);
    assert!(bomb.len() < 10_000, "{}", bomb.len());
    assert_eq!(
        out(&bomb, &SMALL),
        Err(Bad("it unpacks to far more than mails do"))
    );
    let plain = Bounds {
        free: 1 << 20,
        ..SMALL
    };
    assert!(out(&bomb, &plain).is_ok());
    let noise = zipped(&[("a.bin", &long[13..])]);
    assert!(
        out(&noise, &SMALL).is_ok(),
        "what is left out is hardly looked at"
    );
    let many: Vec<String> = (0..21).map(|at| format!("{at}.eml")).collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|name| (name.as_str(), b"Subject: x\n\n".as_slice()))
        .collect();
    assert_eq!(
        out(&zipped(&many), &SMALL),
        Err(Bad("there are too many files in it"))
    );
    let narrow = Bounds {
        directory: 10,
        ..SMALL
    };
    assert_eq!(out(&bomb, &narrow), Err(Bad("there are too many files in it")));
}

/// The same file with an end in which numbers have 64 bits, and say this of the files in it and of the length of its directory.
fn large(zip: &[u8], files: u64, length: u64) -> Vec<u8> {
    let at = zip.len() - 22;
    let begin = u32::from_le_bytes(zip[at + 16..at + 20].try_into().unwrap());
    let mut whole = zip[..at].to_vec();
    whole.extend_from_slice(b"PK\x06\x06");
    whole.extend_from_slice(&44_u64.to_le_bytes());
    whole.extend_from_slice(&[45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for number in [files, files, length, u64::from(begin)] {
        whole.extend_from_slice(&number.to_le_bytes());
    }
    whole.extend_from_slice(b"PK\x06\x07\0\0\0\0");
    whole.extend_from_slice(&(at as u64).to_le_bytes());
    whole.extend_from_slice(&1_u32.to_le_bytes());
    whole.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    whole.extend_from_slice(&[0xff; 12]);
    whole.extend_from_slice(&[0, 0]);
    whole
}

#[test]
fn a_large_end_is_believed_where_it_says_what_can_be() {
    let plain = zipped(&[("a.eml", b"Subject: x\n\nHello\n")]);
    let length = u32::from_le_bytes(plain[plain.len() - 10..plain.len() - 6].try_into().unwrap());
    let said = out(&large(&plain, 1, u64::from(length)), &SMALL);
    assert_eq!(said, out(&plain, &SMALL));
    let many = Err(Bad("there are too many files in it"));
    assert_eq!(out(&large(&plain, 1 << 40, u64::from(length)), &SMALL), many);
    assert_eq!(out(&large(&plain, 1, 1 << 50), &SMALL), many);
    // An end behind the end hides the large one.
    let hidden = [
        large(&plain, 1 << 40, 1 << 50),
        plain[plain.len() - 22..].to_vec(),
    ]
    .concat();
    assert_eq!(out(&hidden, &SMALL), Err(Bad("it has no directory")));
}

#[test]
fn no_more_is_read_of_a_directory_than_may_be() {
    let name = "n".repeat(60_000);
    let names: Vec<String> = (0..18).map(|at| format!("{at}{name}")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"Subject: x\n\n".as_slice()))
        .collect();
    let mut zip = zipped(&files);
    let at = zip.len() - 10;
    zip[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    assert!(out(&zip, &SMALL).is_err());
}

#[test]
fn what_is_broken_is_refused_and_nothing_panics() {
    let whole = zipped(&[
        ("a.eml", b"Subject: x\n\nHello, hello, hello, hello\n"),
        ("b.eml", b"From: y\n\n"),
    ]);
    for end in 0..whole.len() {
        assert!(out(&whole[..end], &SMALL).is_err(), "cut at {end}");
    }
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 0x5a;
        drop(out(&broken, &SMALL));
    }
}
