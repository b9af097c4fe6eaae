//! Mails of a stranger with texts in every part that is shown, handed over by LMTP.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};

use super::Supply;
use crate::program::LIMIT;

/// How many texts one mail has in its HTML.
const IN_ONE: usize = 24;
/// To whom: the mailbox of the API's example.
const TO: &str = "support@fernweh.example";

/// Hands mails in that bring `count` texts in HTML, and more around it.
///
/// # Panics
/// When nobody takes them.
pub fn hand_in(address: SocketAddr, supply: &mut Supply, count: usize) {
    let stream = TcpStream::connect(address).expect("the receiver listens");
    stream.set_read_timeout(Some(LIMIT)).expect("a limit");
    let mut talk = BufReader::new(stream);
    heard(&mut talk, "220");
    told(&mut talk, "LHLO hostile.invalid", "250");
    for number in 0..count.div_ceil(IN_ONE) {
        told(&mut talk, "MAIL FROM:<mallory@hostile.invalid>", "250");
        told(&mut talk, &format!("RCPT TO:<{TO}>"), "250");
        told(&mut talk, "DATA", "354");
        let mail = mail(supply, number);
        told(
            &mut talk,
            &format!("{}\r\n.", mail.replace("\r\n.", "\r\n..")),
            "250",
        );
    }
    told(&mut talk, "QUIT", "221");
}

fn mail(supply: &mut Supply, number: usize) -> String {
    let html: String = (0..IN_ONE)
        .filter_map(|_| supply.within(900))
        .map(|text| format!("<div>{text}</div>\n"))
        .collect();
    let (name, subject, file) = (supply.many(120, 2), supply.many(300, 3), supply.many(120, 1));
    let text: String = (0..IN_ONE)
        .filter_map(|_| supply.within(900))
        .map(|text| text + "\n")
        .collect();
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\n', "\r\n");
    format!(
        "From: {} <mallory@hostile.invalid>\r\nTo: {TO}\r\nSubject: {}\r\nMessage-ID: <{number}@hostile.invalid>\r\n\
         Date: Mon, 02 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n\
         --outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n\
         --inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}\r\n\
         --inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{}\r\n--inner--\r\n\
         --outer\r\nContent-Type: image/svg+xml\r\nContent-Disposition: attachment; filename*=utf-8''{}\r\n\r\n\
         <svg xmlns='http://www.w3.org/2000/svg' onload='top.__ran=[0]'/>\r\n--outer--\r\n",
        word(&name),
        word(&subject),
        lines(&text),
        lines(&html),
        percent(&file),
    )
}

/// A text in a header (RFC 2047), in words of some characters each.
fn word(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let words: Vec<String> = chars
        .chunks(12)
        .map(|part| {
            let coded = quoted(&part.iter().collect::<String>(), '=');
            format!("=?utf-8?q?{coded}?=")
        })
        .collect();
    words.join("\r\n ")
}

fn percent(text: &str) -> String {
    quoted(text, '%')
}

/// Letters and digits as they are, all other bytes in hexadecimal digits behind a sign.
fn quoted(text: &str, sign: char) -> String {
    let byte = |byte: u8| match byte {
        plain if plain.is_ascii_alphanumeric() => char::from(plain).to_string(),
        other => format!("{sign}{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn told(talk: &mut BufReader<TcpStream>, line: &str, wanted: &str) {
    let stream = talk.get_mut();
    stream.write_all(line.as_bytes()).expect("it listens");
    stream.write_all(b"\r\n").expect("it listens");
    heard(talk, wanted);
}

fn heard(talk: &mut BufReader<TcpStream>, wanted: &str) {
    loop {
        let mut line = String::new();
        talk.read_line(&mut line).expect("an answer");
        assert!(line.starts_with(wanted), "{line}, not {wanted}");
        if line.as_bytes().get(3) != Some(&b'-') {
            return;
        }
    }
}
