//! winmail.dat: Outlook's own wrapping of text and files (MS-OXTNEF), opened within its bounds.

use super::charset;
use super::rtf::{self, Rich};
use super::trouble::Troubles;

/// What a winmail.dat held.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    pub(crate) files: Vec<File>,
}

/// One file from it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) media_type: Option<String>,
    pub(crate) content_id: Option<String>,
    pub(crate) content: Vec<u8>,
}

const SIGNATURE: u32 = 0x223e_9f78;
/// More attachments than this are not opened.
const MOST_FILES: usize = 500;

const ATTACH_BEGINS: u16 = 0x9002;
const ATTACH_TITLE: u16 = 0x8010;
const ATTACH_DATA: u16 = 0x800f;
const ATTACH_PROPERTIES: u16 = 0x9005;
const MESSAGE_PROPERTIES: u16 = 0x9003;
const BODY: u16 = 0x800c;

const BODY_TEXT: u16 = 0x1000;
const BODY_HTML: u16 = 0x1013;
/// Rich text, packed: what is left when a mail was written as such.
const BODY_RICH: u16 = 0x1009;
const LONG_NAME: u16 = 0x3707;
const SHORT_NAME: u16 = 0x3704;
const MIME_TAG: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;
const DATA: u16 = 0x3701;

/// Opens it; nothing if it isn't one, or holds nothing.
pub(crate) fn open(bytes: &[u8]) -> Option<Opened> {
    let mut reader = Reader(bytes);
    if reader.long()? != SIGNATURE {
        return None;
    }
    reader.short()?;
    let mut opened = Opened::default();
    let mut rich = None;
    while let Some((id, data)) = attribute(&mut reader) {
        match id {
            ATTACH_BEGINS if opened.files.len() < MOST_FILES => opened.files.push(File::default()),
            BODY => opened.text = Some(text(data)),
            MESSAGE_PROPERTIES => {
                for (property, kind, value) in properties(data) {
                    match property {
                        BODY_TEXT => opened.text = Some(string(kind, value)),
                        BODY_HTML => opened.html = Some(string(kind, value)),
                        BODY_RICH => rich = rtf::read(value),
                        _ => {}
                    }
                }
            }
            _ => {
                if let Some(file) = opened.files.last_mut() {
                    file.take(id, data);
                }
            }
        }
    }
    match rich {
        Some(Rich::Html(html)) if opened.html.is_none() => opened.html = Some(html),
        Some(Rich::Text(text)) if opened.text.is_none() && opened.html.is_none() => opened.text = Some(text),
        _ => {}
    }
    opened.files.retain(|file| !file.content.is_empty());
    let is_empty = opened.files.is_empty() && opened.text.is_none() && opened.html.is_none();
    (!is_empty).then_some(opened)
}

impl File {
    fn take(&mut self, id: u16, data: &[u8]) {
        match id {
            ATTACH_TITLE if self.name.is_empty() => self.name = text(data),
            ATTACH_DATA => self.content = data.to_vec(),
            ATTACH_PROPERTIES => {
                for (property, kind, value) in properties(data) {
                    match property {
                        LONG_NAME => self.name = string(kind, value),
                        SHORT_NAME if self.name.is_empty() => self.name = string(kind, value),
                        MIME_TAG => self.media_type = Some(string(kind, value)),
                        CONTENT_ID => self.content_id = Some(string(kind, value)),
                        DATA if self.content.is_empty() => self.content = value.to_vec(),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

/// Level, id, length, data, checksum. A length beyond the end takes what is there.
fn attribute<'a>(reader: &mut Reader<'a>) -> Option<(u16, &'a [u8])> {
    reader.take(1)?;
    let id = reader.long()? as u16;
    let length = reader.long()? as usize;
    let length = length.min(reader.0.len());
    let data = reader.take(length)?;
    let _ = reader.short();
    Some((id, data))
}

/// MAPI properties: id, type and value of each; values of several take the first.
fn properties(data: &[u8]) -> Vec<(u16, u16, &[u8])> {
    let mut reader = Reader(data);
    let mut found = Vec::new();
    let count = reader.long().unwrap_or(0).min(10_000);
    for _ in 0..count {
        let Some(property) = property(&mut reader) else {
            break;
        };
        found.push(property);
    }
    found
}

fn property<'a>(reader: &mut Reader<'a>) -> Option<(u16, u16, &'a [u8])> {
    let kind = reader.short()?;
    let id = reader.short()?;
    if id >= 0x8000 {
        reader.take(16)?;
        if reader.long()? == 0 {
            reader.take(4)?;
        } else {
            let length = reader.long()? as usize;
            reader.take(padded(length))?;
        }
    }
    let (single, is_many) = (kind & 0x0fff, kind & 0x1000 != 0);
    let has_length = matches!(single, 0x1e | 0x1f | 0x0d | 0x102);
    let count = if is_many || has_length {
        reader.long()?.min(10_000)
    } else {
        1
    };
    let mut first: &[u8] = &[];
    for at in 0..count {
        let value = if has_length {
            let length = reader.long()? as usize;
            let length = length.min(reader.0.len());
            let value = reader.take(length)?;
            let _ = reader.take(padded(length) - length);
            value
        } else {
            let width = match single {
                0x05 | 0x06 | 0x07 | 0x14 | 0x40 => 8,
                0x48 => 16,
                _ => 4,
            };
            reader.take(width)?
        };
        if at == 0 {
            first = value;
        }
    }
    // An embedded object begins with the id of its interface.
    let first = if single == 0x0d {
        first.get(16..).unwrap_or_default()
    } else {
        first
    };
    Some((id, single, first))
}

fn padded(length: usize) -> usize {
    length.div_ceil(4) * 4
}

fn string(kind: u16, value: &[u8]) -> String {
    if kind == 0x1f {
        let text = encoding_rs::UTF_16LE.decode_without_bom_handling(value).0;
        return text.trim_end_matches('\0').to_owned();
    }
    text(value)
}

fn text(value: &[u8]) -> String {
    charset::decode(value, None, &mut Troubles::default())
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn short(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn long(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn attribute(level: u8, id: u32, data: &[u8]) -> Vec<u8> {
        let sum = data
            .iter()
            .fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        [
            &[level][..],
            &id.to_le_bytes(),
            &(data.len() as u32).to_le_bytes(),
            data,
            &sum.to_le_bytes(),
        ]
        .concat()
    }

    /// A winmail.dat with a text and one file.
    pub(crate) fn sample() -> Vec<u8> {
        let mut long_name = 1u32.to_le_bytes().to_vec();
        long_name.extend(0x1f_u16.to_le_bytes());
        long_name.extend(LONG_NAME.to_le_bytes());
        let name: Vec<u8> = "zażalenie.txt\0"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        long_name.extend(1u32.to_le_bytes());
        long_name.extend((name.len() as u32).to_le_bytes());
        long_name.extend(&name);
        long_name.resize(padded(long_name.len()), 0);
        [
            SIGNATURE.to_le_bytes().to_vec(),
            vec![1, 0],
            attribute(1, 0x0002_800c, b"Hello from Outlook\0"),
            attribute(2, 0x0006_9002, &[0; 14]),
            attribute(2, 0x0001_8010, b"ZAALEN~1.TXT\0"),
            attribute(2, 0x0006_800f, b"content"),
            attribute(2, 0x0006_9005, &long_name),
        ]
        .concat()
    }

    #[test]
    fn text_and_files_are_taken_out() {
        let opened = open(&sample()).unwrap();
        assert_eq!(opened.text.as_deref(), Some("Hello from Outlook"));
        assert_eq!(opened.files.len(), 1);
        assert_eq!(opened.files[0].name, "zażalenie.txt");
        assert_eq!(opened.files[0].content, b"content");
    }

    #[test]
    fn rich_text_is_read_where_there_is_nothing_else() {
        let packed = rtf::tests::plain("{\\rtf1\\ansi Only here}");
        let mut body = 1u32.to_le_bytes().to_vec();
        body.extend(0x102_u16.to_le_bytes());
        body.extend(BODY_RICH.to_le_bytes());
        body.extend(1u32.to_le_bytes());
        body.extend((packed.len() as u32).to_le_bytes());
        body.extend(&packed);
        body.resize(padded(body.len()), 0);
        let message = |text: &[u8]| {
            let parts = [SIGNATURE.to_le_bytes().to_vec(), vec![1, 0], text.to_vec()];
            open(&[parts.concat(), attribute(1, 0x0006_9003, &body)].concat()).unwrap()
        };
        assert_eq!(message(b"").text.as_deref(), Some("Only here"));
        let both = message(&attribute(1, 0x0002_800c, b"Text\0"));
        assert_eq!(both.text.as_deref(), Some("Text"));
    }

    #[test]
    fn whatever_is_cut_off_opens_as_far_as_it_goes() {
        let sample = sample();
        for length in 0..sample.len() {
            let _ = open(&sample[..length]);
        }
        assert!(open(b"not one").is_none());
    }
}
