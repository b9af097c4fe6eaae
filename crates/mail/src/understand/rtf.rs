//! The text of mails that Outlook wrote as rich text: unpacked (MS-OXRTFCP), and read as HTML where it was made from HTML
//! (MS-OXRTFEX), as plain text otherwise.

use super::charset;
use super::trouble::Troubles;

/// What rich text says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rich {
    Html(String),
    Text(String),
}

/// What every dictionary begins with (MS-OXRTFCP 2.1.3.1.2.1).
const BEGINNING: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const PACKED: u32 = 0x7546_5a4c;
const PLAIN: u32 = 0x414c_454d;
/// Bytes of the dictionary.
const DICTIONARY: usize = 4_096;
/// Bytes that are unpacked at most.
const MOST: usize = 16 << 20;
/// Groups within groups that are followed.
const DEPTH: usize = 200;

/// Reads packed rich text; nothing if it isn't any or says nothing.
pub(super) fn read(packed: &[u8]) -> Option<Rich> {
    let raw = unpacked(packed)?;
    let mut reader = Reader::new(&raw);
    reader.run();
    let said = reader.said.trim_matches(['\0', '\n', '\r', ' ']).to_owned();
    if said.is_empty() {
        None
    } else if reader.is_html {
        Some(Rich::Html(said))
    } else {
        Some(Rich::Text(said))
    }
}

/// The bytes before they were packed. Those that end too early count as far as they go.
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let long = |at: usize| {
        let bytes = packed.get(at..at + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let most = (long(4)? as usize).min(MOST);
    let rest = packed.get(16..)?;
    match long(8)? {
        PLAIN => Some(rest[..rest.len().min(most)].to_vec()),
        PACKED => Some(expanded(rest, most)),
        _ => None,
    }
}

fn expanded(packed: &[u8], most: usize) -> Vec<u8> {
    let mut dictionary = [b' '; DICTIONARY];
    dictionary[..BEGINNING.len()].copy_from_slice(BEGINNING);
    let mut at = BEGINNING.len();
    let mut out: Vec<u8> = Vec::new();
    let mut bytes = packed.iter().copied();
    while let Some(control) = bytes.next() {
        for bit in 0..8 {
            let Some(first) = bytes.next() else { return out };
            let (mut from, length) = if control & 1 << bit == 0 {
                dictionary[at] = first;
                (at, 1)
            } else {
                let Some(second) = bytes.next() else { return out };
                let reference = usize::from(first) << 8 | usize::from(second);
                // A reference to where we stand is the end.
                if reference >> 4 == at {
                    return out;
                }
                (reference >> 4, (reference & 0xf) + 2)
            };
            for _ in 0..length {
                let byte = dictionary[from];
                dictionary[at] = byte;
                out.push(byte);
                from = (from + 1) % DICTIONARY;
                at = (at + 1) % DICTIONARY;
            }
            if out.len() >= most {
                out.truncate(most);
                return out;
            }
        }
    }
    out
}

/// What holds within a group.
#[derive(Clone, Copy)]
struct Group {
    /// Nothing in it is said.
    is_hidden: bool,
    /// Markup of the HTML it was made from.
    is_tag: bool,
    /// What stands here only for those who read rich text.
    is_for_rtf: bool,
    /// Characters that stand for one of Unicode.
    substitutes: usize,
}

struct Reader<'a> {
    raw: &'a [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    /// Groups deeper than are followed.
    beyond: usize,
    is_html: bool,
    label: String,
    /// Bytes of the mail's own character set that are not yet characters.
    bytes: Vec<u8>,
    /// Halves of characters wait for the other.
    half: Option<u16>,
    skip: usize,
    said: String,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a [u8]) -> Self {
        Self {
            raw,
            at: 0,
            group: Group {
                is_hidden: false,
                is_tag: false,
                is_for_rtf: false,
                substitutes: 1,
            },
            outer: Vec::new(),
            beyond: 0,
            is_html: false,
            label: "windows-1252".into(),
            bytes: Vec::new(),
            half: None,
            skip: 0,
            said: String::new(),
        }
    }

    fn run(&mut self) {
        while let Some(byte) = self.next() {
            match byte {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.raw.get(self.at).copied()?;
        self.at += 1;
        Some(byte)
    }

    fn open(&mut self) {
        self.flush();
        if self.outer.len() >= DEPTH {
            self.beyond += 1;
        } else {
            self.outer.push(self.group);
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    /// What follows a backslash: a sign, or a word with a number.
    fn control(&mut self) {
        let Some(first) = self.next() else { return };
        if !first.is_ascii_alphabetic() {
            self.sign(first);
            return;
        }
        let start = self.at - 1;
        while self.raw.get(self.at).is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
        }
        let word = String::from_utf8_lossy(&self.raw[start..self.at]).into_owned();
        let start = self.at;
        if self.raw.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.raw.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        let number = std::str::from_utf8(&self.raw[start..self.at]).ok();
        let number = number.and_then(|digits| digits.parse::<i32>().ok());
        if self.raw.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    fn sign(&mut self, sign: u8) {
        match sign {
            b'\'' => {
                let digits = self.raw.get(self.at..self.at + 2);
                let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            // A group that may be left out by those who don't know it: one of ours is known by its next word.
            b'*' => self.group.is_hidden = true,
            b'~' => self.utter("\u{a0}"),
            b'_' => self.utter("\u{2011}"),
            b'{' | b'}' | b'\\' => self.byte(sign),
            b'\r' | b'\n' => self.utter("\n"),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "fromhtml" => self.is_html = number != Some(0),
            "ansicpg" => self.label = label(number.unwrap_or(1_252)),
            "htmltag" => (self.group.is_hidden, self.group.is_tag) = (false, true),
            "htmlrtf" => self.group.is_for_rtf = number != Some(0),
            "mhtmltag" | "fonttbl" | "colortbl" | "stylesheet" | "info" | "pict" | "object" | "header"
            | "footer" => {
                self.group.is_hidden = true;
            }
            "uc" => self.group.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(8),
            "u" => self.unicode(number.unwrap_or(0)),
            "bin" => {
                let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
                self.at += count.min(self.raw.len());
            }
            "par" | "line" | "row" | "sect" | "page" => self.utter("\n"),
            "tab" | "cell" => self.utter("\t"),
            "lquote" => self.utter("\u{2018}"),
            "rquote" => self.utter("\u{2019}"),
            "ldblquote" => self.utter("\u{201c}"),
            "rdblquote" => self.utter("\u{201d}"),
            "bullet" => self.utter("\u{2022}"),
            "endash" => self.utter("\u{2013}"),
            "emdash" => self.utter("\u{2014}"),
            _ => self.flush(),
        }
    }

    /// A unit of UTF-16, written as a number with a sign; what stands for it elsewhere is left out.
    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.group.substitutes;
        let unit = (number & 0xffff) as u16;
        let units: Vec<u16> = self.half.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let text = String::from_utf16_lossy(&units);
        self.add(&text);
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_said() {
            self.bytes.push(byte);
        }
    }

    fn utter(&mut self, text: &str) {
        self.flush();
        self.skip = 0;
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        if self.is_said() {
            self.said.push_str(text);
        }
    }

    fn is_said(&self) -> bool {
        !self.group.is_hidden
            && (self.group.is_tag || !self.group.is_for_rtf || !self.is_html)
            && self.beyond == 0
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let text = charset::decode(&bytes, Some(&self.label), &mut Troubles::default());
            self.said.push_str(&text);
        }
    }
}

/// The name of one of Windows' code pages.
fn label(number: i32) -> String {
    match number {
        932 => "shift_jis".into(),
        936 => "gbk".into(),
        949 => "euc-kr".into(),
        950 => "big5".into(),
        65_001 => "utf-8".into(),
        20_866 => "koi8-r".into(),
        other => format!("windows-{other}"),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The example of MS-OXRTFCP 3.1.
    const EXAMPLE: &[u8] = &[
        0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03,
        0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65,
        0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
    ];

    /// Rich text in the form that isn't packed.
    pub(in crate::understand) fn plain(rtf: &str) -> Vec<u8> {
        let length = (rtf.len() as u32).to_le_bytes();
        [
            &length[..],
            &length,
            &PLAIN.to_le_bytes(),
            &[0; 4],
            rtf.as_bytes(),
        ]
        .concat()
    }

    #[test]
    fn the_example_of_the_specification_is_unpacked() {
        assert_eq!(
            unpacked(EXAMPLE).unwrap(),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        assert_eq!(read(EXAMPLE), Some(Rich::Text("hello world".into())));
        // MS-OXRTFCP 3.2: a reference that reads what it writes.
        let crossing: &[u8] = &[
            0x1a, 0x00, 0x00, 0x00, 0x1c, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b, 0x51,
            0x41, 0x00, 0x04, 0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0,
        ];
        assert_eq!(unpacked(crossing).unwrap(), b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    }

    #[test]
    fn html_comes_out_as_it_went_in() {
        let rtf = "{\\rtf1\\ansi\\ansicpg1250\\fromhtml1 \\deff0{\\fonttbl{\\f0 Arial;}}{\\*\\htmltag64 <p class=\"a\">}\\htmlrtf {\\htmlrtf0 \
            Za\\'bf\\u243\\'3f\\u322?\\u263 ? {\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0{\\*\\mhtmltag84 x}\\htmlrtf\\par}\\htmlrtf0 {\\*\\htmltag72 </p>}}";
        let Some(Rich::Html(html)) = read(&plain(rtf)) else {
            panic!("html");
        };
        assert_eq!(html, "<p class=\"a\">Zażółć &nbsp;</p>");
    }

    #[test]
    fn plain_text_is_read_without_its_looks() {
        let rtf = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}{\\colortbl;\\red0;}\\b Dear\\b0  Ada,\\par\\tab it\\rquote s \\{lit\\}.\\u-10179?\\u-8704?\\par}";
        assert_eq!(
            read(&plain(rtf)),
            Some(Rich::Text("Dear Ada,\n\tit\u{2019}s {lit}.\u{1f600}".into()))
        );
        assert_eq!(read(&plain("{\\rtf1 }")), None);
        assert_eq!(read(b"short"), None);
    }

    #[test]
    fn a_small_pack_makes_no_large_text_and_depth_no_deep_stack() {
        let header = [&[0xff; 8][..], &PACKED.to_le_bytes(), &[0; 4]].concat();
        let repeated = [0xff, 0x00, 0x0f, 0x00, 0x0f, 0x00, 0x0f, 0x00, 0x0f].repeat(1 << 20);
        assert!(unpacked(&[header, repeated].concat()).unwrap().len() <= MOST);
        let deep = format!("{}x", "{".repeat(100_000));
        assert_eq!(read(&plain(&deep)), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300), is_packed in any::<bool>()) {
            let kind = if is_packed { PACKED } else { PLAIN };
            let header = [&[0xff; 8][..], &kind.to_le_bytes(), &[0; 4]].concat();
            let _ = read(&[header, bytes].concat());
        }
    }
}
