//! The owner of a mailbox on Dovecot, who puts mail into it, moves mail, and makes its UIDs lose their meaning.

use std::path::PathBuf;
use std::time::Duration;

use crate::postbox::Wire;
use crate::skip;

/// How long a server process may take to notice that its client was killed.
const FAREWELL: Duration = Duration::from_millis(400);

/// The folder to which mail is moved.
pub(super) const MOVED: &str = "Moved";

/// Somebody's mailbox on the Dovecot that `cargo xtask` starts.
#[derive(Clone, Debug)]
pub struct Dovecot {
    /// Its port, without encryption.
    pub port: u16,
    /// Whose mailbox: `u1` and so on.
    pub person: String,
    folder: PathBuf,
}

impl Dovecot {
    /// The mailbox of `person`, or nothing where a test is to be skipped.
    ///
    /// # Panics
    /// In CI, where nothing is skipped.
    pub fn find(person: &str) -> Option<Self> {
        let Ok(line) = std::env::var("TANDEM_TEST_DOVECOT") else {
            skip("no Dovecot; `cargo xtask test` and `cargo xtask torture` start it");
            return None;
        };
        let word = |name: &str| {
            let mut words = line.split(' ');
            words.find_map(|word| word.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
        };
        Some(Self {
            port: word("imap")?.parse().ok()?,
            person: person.to_owned(),
            folder: PathBuf::from(word("folder")?),
        })
    }

    /// Makes the second folder.
    pub(super) fn prepare(&self) {
        let mut wire = self.enter();
        // It may be there from a run before.
        wire.write(&format!("b CREATE {MOVED}"));
        wire.until("b ");
    }

    /// Puts mails into the inbox, each with the moment at which its server got it, as IMAP writes it.
    pub(super) fn append(&self, mails: &[(String, String)]) {
        let mut wire = self.enter();
        for (mail, at) in mails {
            let go_on = wire.ask(&format!("b APPEND INBOX \"{at}\" {{{}}}", mail.len()));
            assert!(go_on.starts_with('+'), "{go_on}");
            wire.write(mail);
            let done = wire.until("b ");
            assert!(
                done.last().is_some_and(|line| line.starts_with("b OK")),
                "{done:?}"
            );
        }
    }

    /// Moves the newest mails of the inbox, up to `count`, to the other folder.
    pub(super) fn move_away(&self, count: usize) {
        let mut wire = self.enter();
        wire.write("b SELECT INBOX");
        let selected = wire.until("b ");
        let there = selected.iter().find_map(|line| {
            let number = line.strip_prefix("* ")?.trim_end().strip_suffix(" EXISTS")?;
            number.parse::<usize>().ok()
        });
        let Some(last @ 1..) = there else { return };
        let first = last.saturating_sub(count) + 1;
        wire.write(&format!("c MOVE {first}:{last} {MOVED}"));
        let moved = wire.until("c ");
        assert!(
            moved.last().is_some_and(|line| line.starts_with("c OK")),
            "{moved:?}"
        );
    }

    /// Takes the server's list of UIDs of both folders away: it begins them anew, with another UIDVALIDITY. Nobody may be
    /// connected.
    pub(super) fn forget(&self) {
        std::thread::sleep(FAREWELL);
        let root = self.folder.join("mail").join(&self.person).join("Maildir");
        for folder in [root.clone(), root.join(format!(".{MOVED}"))] {
            let Ok(entries) = std::fs::read_dir(folder) else {
                continue;
            };
            for entry in entries.flatten() {
                let name = entry.file_name();
                let is_list = name.to_string_lossy().starts_with("dovecot");
                if is_list && entry.path().is_file() {
                    // What the server takes away itself at the same moment is gone either way.
                    let _ = std::fs::remove_file(entry.path());
                }
            }
        }
    }

    fn enter(&self) -> Wire {
        let mut wire = Wire::open(self.port);
        wire.line();
        let login = wire.ask(&format!("a LOGIN {}@world.test secret", self.person));
        assert!(login.starts_with("a OK"), "{login}");
        wire
    }
}
