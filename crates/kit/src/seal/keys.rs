//! The keys that seal, and the file that keeps them: one key a line, the newest first.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::KeyInit;

use super::SealError;
use crate::id::Ids;
use crate::text::{base64url, from_base64url, sha256};

/// What tells keys apart without giving any of them away: the beginning of a hash of the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; Self::LENGTH]);

impl KeyId {
    pub(super) const LENGTH: usize = 4;

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One key: 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey([u8; 32]);

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealKey({})", self.id())
    }
}

impl SealKey {
    /// A new key.
    pub fn new(random: &Ids) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// The keys written in `text`, separated by lines, blanks or commas; what stands after `#` is a remark.
    ///
    /// # Errors
    /// [`SealError::BadKey`] with the number of the line; its text is never repeated.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, SealError> {
        let mut keys = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let words = line.split('#').next().unwrap_or_default();
            let words = words.split([' ', '\t', ',']).filter(|word| !word.is_empty());
            for word in words {
                let bytes = from_base64url(word).and_then(|bytes| bytes.try_into().ok());
                keys.push(Self(bytes.ok_or(SealError::BadKey(at + 1))?));
            }
        }
        Ok(keys)
    }

    /// The keys in the file at `path`; without a file, one with a new key is made for this user alone.
    ///
    /// # Errors
    /// [`SealError::File`] and [`SealError::BadKey`].
    pub fn load_or_make(path: &Path, random: &Ids) -> Result<Vec<Self>, SealError> {
        let failed = |error| SealError::File(path.to_owned(), error);
        match std::fs::read_to_string(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
            Ok(text) => return Self::parse_all(&text),
        }
        make(path, random).map_err(failed)?;
        Self::parse_all(&std::fs::read_to_string(path).map_err(failed)?)
    }

    /// What tells it apart.
    pub fn id(&self) -> KeyId {
        let hash = sha256(&[b"tandem seal key ".as_slice(), &self.0].concat());
        KeyId([hash[0], hash[1], hash[2], hash[3]])
    }

    /// The text that [`SealKey::parse_all`] reads.
    pub fn expose(&self) -> String {
        base64url(&self.0)
    }

    pub(super) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

/// Puts a whole file in its place at once: of two processes that start together both read the same key.
fn make(path: &Path, random: &Ids) -> io::Result<()> {
    let mut digits = [0; 8];
    random.fill(&mut digits);
    let draft = path.with_extension(format!("{}.draft", base64url(&digits)));
    let mut options = std::fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.write(true).create_new(true).open(&draft)?;
    let key = SealKey::new(random);
    let written = writeln!(
        file,
        "# Secrets in the database are sealed with this key. Keep a copy apart from the backups.\n{}",
        key.expose()
    )
    .and_then(|()| file.sync_all());
    let placed = written.and_then(|()| match std::fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    std::fs::remove_file(&draft)?;
    placed?;
    std::fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_is_made_once_for_its_owner_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seal.key");
        let first = SealKey::load_or_make(&path, &Ids::seeded(1)).unwrap();
        assert_eq!(first, SealKey::load_or_make(&path, &Ids::seeded(2)).unwrap());
        let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no draft stays"
        );
    }

    #[test]
    fn keys_are_read_from_lines_and_lists_and_a_bad_one_is_named_by_its_line() {
        let (one, two) = (SealKey::new(&Ids::seeded(1)), SealKey::new(&Ids::seeded(2)));
        let text = format!("# new\n{}\n\n{} # old", one.expose(), two.expose());
        assert_eq!(SealKey::parse_all(&text).unwrap(), [one.clone(), two.clone()]);
        let list = format!("{},{}", one.expose(), two.expose());
        assert_eq!(SealKey::parse_all(&list).unwrap().len(), 2);
        let error = SealKey::parse_all("\nshort").unwrap_err().to_string();
        assert!(error.starts_with("line 2") && !error.contains("short"), "{error}");
        assert!(!format!("{one:?}").contains(&one.expose()[..6]));
    }
}
