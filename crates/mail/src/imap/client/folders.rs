//! Folders: which there are, what they are for, and opening one.

use super::answer::Value;
use super::{Client, ImapError, quoted};
use crate::imap::Selected;
use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;

/// What a folder is for (RFC 6154).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// What comes in.
    Inbox,
    /// What was sent.
    Sent,
    /// Everything.
    All,
    /// What was put away.
    Archive,
    /// What was begun.
    Drafts,
    /// What the server holds for unwanted.
    Junk,
    /// What was thrown away.
    Trash,
    /// What somebody marked.
    Flagged,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its name as the server writes it, for commands.
    pub name: String,
    /// Its name for people.
    pub shown: String,
    /// What it is for, if the server says so or its name is one that programs give.
    pub purpose: Option<Use>,
    /// Whether it holds mails and not only folders.
    pub can_be_opened: bool,
}

/// Most folders of one mailbox.
const MOST: usize = 10_000;

impl Client {
    /// All folders.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn folders(&mut self) -> Result<Vec<Folder>, ImapError> {
        let mut folders = Vec::new();
        let note = |values: &[Value]| {
            if folders.len() < MOST {
                folders.extend(folder(values));
            }
        };
        self.ask("LIST \"\" \"*\"", note).await?;
        Ok(folders)
    }

    /// Opens a folder, to read only unless something is to be changed in it.
    ///
    /// # Errors
    /// [`ImapError::NoSuchFolder`] and the others.
    pub async fn open(&mut self, folder: &str, may_change: bool) -> Result<Selected, ImapError> {
        let verb = if may_change { "SELECT" } else { "EXAMINE" };
        self.exists = 0;
        let tag = self.start(&format!("{verb} {}", quoted(folder)?)).await?;
        let mut selected = Selected {
            validity: 0,
            next: None,
            exists: 0,
        };
        for _ in 0..1_000 {
            let answer = self.next(super::SMALL).await?;
            let super::Answer::Status {
                tag: known,
                verdict,
                code,
                said,
            } = answer
            else {
                continue;
            };
            match code.as_slice() {
                [word, number] if word.is("UIDVALIDITY") => selected.validity = number.number().unwrap_or(0),
                [word, number] if word.is("UIDNEXT") => selected.next = number.number(),
                _ => {}
            }
            if known.as_deref() == Some(tag.as_str()) {
                super::done(verdict, code, said).map_err(|error| match error {
                    ImapError::Refused(_) => ImapError::NoSuchFolder,
                    other => other,
                })?;
                selected.exists = self.exists;
                return Ok(selected);
            }
        }
        Err(ImapError::Odd)
    }

    /// Puts a mail into a folder, read, and answers with its UID if the server says it (RFC 4315).
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn append(&mut self, folder: &str, raw: &[u8]) -> Result<Option<u32>, ImapError> {
        let command = format!("APPEND {} (\\Seen) {{{}}}", quoted(folder)?, raw.len());
        let tag = self.start(&command).await?;
        match self.next(super::SMALL).await? {
            super::Answer::Continue(_) => {}
            super::Answer::Status {
                verdict, code, said, ..
            } => {
                return super::done(verdict, code, said).and(Err(ImapError::Odd));
            }
            super::Answer::Data(_) => return Err(ImapError::Odd),
        }
        self.wire.send(&[raw, b"\r\n"].concat()).await?;
        let done = self.finish(&tag, |_| ()).await?;
        Ok(match done.code.as_slice() {
            [word, _, uid] if word.is("APPENDUID") => uid.number(),
            _ => None,
        })
    }

    /// Marks mails of the open folder as read.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn mark_seen(&mut self, uids: &[u32]) -> Result<(), ImapError> {
        for some in uids.chunks(500) {
            let command = format!("UID STORE {} +FLAGS.SILENT (\\Seen)", super::fetch::set(some));
            self.ask(&command, |_| ()).await?;
        }
        Ok(())
    }
}

/// `LIST (\HasNoChildren \Sent) "/" "Sent"`.
fn folder(values: &[Value]) -> Option<Folder> {
    let [word, marks, _, name] = values else {
        return None;
    };
    if !word.is("LIST") {
        return None;
    }
    let marks = marks.list()?;
    let has = |mark: &str| marks.iter().any(|value| value.is(mark));
    let name = String::from_utf8(name.bytes()?.to_vec()).ok()?;
    let purposes = [
        ("\\Sent", Use::Sent),
        ("\\All", Use::All),
        ("\\Archive", Use::Archive),
        ("\\Drafts", Use::Drafts),
        ("\\Junk", Use::Junk),
        ("\\Trash", Use::Trash),
        ("\\Flagged", Use::Flagged),
    ];
    let marked = purposes
        .iter()
        .find(|(mark, _)| has(mark))
        .map(|(_, purpose)| *purpose);
    let is_inbox = name.eq_ignore_ascii_case("INBOX");
    let named = || is_usual_sent(&name).then_some(Use::Sent);
    Some(Folder {
        shown: shown(&name),
        purpose: if is_inbox {
            Some(Use::Inbox)
        } else {
            marked.or_else(named)
        },
        can_be_opened: !has("\\Noselect") && !has("\\NonExistent"),
        name,
    })
}

/// Names that programs give the folder of what was sent, in small letters.
const SENT: &[&str] = &[
    "sent",
    "sent items",
    "sent messages",
    "sent mail",
    "sent-mail",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "wysłane",
    "elementy wysłane",
    "отправленные",
    "надіслані",
    "göndərilmiş",
    "göndərilənlər",
    "gönderilmiş öğeler",
    "gönderilenler",
    "terkirim",
    "item terkirim",
    "pesan terkirim",
    "envoyés",
    "éléments envoyés",
    "messages envoyés",
    "enviados",
    "elementos enviados",
    "itens enviados",
    "mensajes enviados",
    "inviati",
    "posta inviata",
    "verzonden",
    "verzonden items",
    "odeslané",
    "odeslaná pošta",
    "skickat",
    "skickade objekt",
    "sendt",
    "sendte elementer",
    "sendt post",
    "lähetetyt",
    "elküldött elemek",
    "已发送",
    "已发送邮件",
    "寄件備份",
    "送信済み",
    "送信済みアイテム",
    "보낸편지함",
    "보낸 편지함",
];

/// Whether a folder's name, as its server writes it, is one that programs give the folder of what was sent.
pub fn is_usual_sent(name: &str) -> bool {
    let shown = shown(name);
    let last = shown.rsplit(['/', '.']).next().unwrap_or(&shown).trim();
    let last = last.to_lowercase();
    SENT.contains(&last.as_str())
}

/// A name for people: `&AOk-` stands for characters in UTF-16 (RFC 3501 5.1.3). What is not written so stays.
fn shown(name: &str) -> String {
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let Some((coded, after)) = after.split_once('-') else {
            return name.to_owned();
        };
        if coded.is_empty() {
            text.push('&');
        } else {
            let Some(decoded) = decoded(coded) else {
                return name.to_owned();
            };
            text.push_str(&decoded);
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn decoded(coded: &str) -> Option<String> {
    let bytes = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD).decode(coded).ok()?;
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::super::answer::{Answer, of_line};
    use super::*;

    fn of(line: &str) -> Folder {
        let Some(Answer::Data(values)) = of_line(line.as_bytes()) else {
            panic!("data");
        };
        folder(&values).unwrap()
    }

    #[test]
    fn folders_are_known_by_marks_and_by_usual_names() {
        let sent = of("* LIST (\\HasNoChildren \\Sent) \"/\" \"Gesendet\"\r\n");
        assert_eq!((sent.purpose, sent.can_be_opened), (Some(Use::Sent), true));
        assert_eq!(
            of("* LIST () \"/\" \"Mail/Sent Items\"\r\n").purpose,
            Some(Use::Sent)
        );
        assert_eq!(
            of("* LIST (\\Noselect) \".\" inbox\r\n").purpose,
            Some(Use::Inbox)
        );
        assert!(!of("* LIST (\\NoSelect) \".\" \"[Gmail]\"\r\n").can_be_opened);
        let coded = of("* LIST () \"/\" \"Entw&APw-rfe &- mehr\"\r\n");
        assert_eq!((coded.shown.as_str(), coded.purpose), ("Entwürfe & mehr", None));
        assert_eq!(of("* LIST () \"/\" \"a&b\"\r\n").shown, "a&b");
    }

    #[test]
    fn the_folder_of_what_was_sent_is_known_in_many_languages() {
        // Wysłane and Отправленные as servers write them.
        for name in [
            "INBOX.Sent",
            "Wys&AUI-ane",
            "&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-",
            "Mail/GESENDET",
            "Enviados",
        ] {
            assert!(is_usual_sent(name), "{name}");
        }
        for name in ["INBOX", "Sent back", "Presents", "Wys&AUI-", ""] {
            assert!(!is_usual_sent(name), "{name}");
        }
    }
}
