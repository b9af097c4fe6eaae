//! The certificate by which mail servers that hand mail over know us: read from its files, and again when they change.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use desk::mails::receiving::Encryption;
use tokio_util::sync::CancellationToken;

use crate::config::Config;

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_secs(60);

/// Why STARTTLS can't be offered.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// One of two settings is missing.
    #[error("smtp_certificate and smtp_key belong together; one of them is empty")]
    Half,
    /// A file can't be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// They are no certificate and key, or not of each other.
    #[error("{chain} and {key} are no certificate and its key")]
    Unfit {
        /// The file of the certificate.
        chain: PathBuf,
        /// The file of the key.
        key: PathBuf,
    },
}

/// The files, and what they held.
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    held: (Vec<u8>, Vec<u8>),
    encryption: Encryption,
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What the files hold is secret.
        f.debug_struct("Certificate")
            .field("chain", &self.chain)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads the files of the configuration; none where it names none.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub async fn of(config: &Config) -> Result<Option<Self>, CertificateError> {
        let (chain, key) = match (&config.smtp_certificate, &config.smtp_key) {
            (Some(chain), Some(key)) => (chain.clone(), key.clone()),
            (None, None) => return Ok(None),
            _ => return Err(CertificateError::Half),
        };
        let held = read(&chain, &key).await?;
        let Ok(encryption) = Encryption::of_pem(&held.0, &held.1) else {
            return Err(CertificateError::Unfit { chain, key });
        };
        Ok(Some(Self {
            chain,
            key,
            held,
            encryption,
        }))
    }

    /// What is offered; renewed with the files.
    pub fn encryption(&self) -> Encryption {
        self.encryption.clone()
    }

    /// Looks at the files every minute until the token ends it.
    pub async fn follow(mut self, stop: CancellationToken) {
        let looking = async {
            let mut turns = tokio::time::interval(PAUSE);
            loop {
                turns.tick().await;
                match self.look().await {
                    Ok(true) => tracing::info!("the certificate for mail was renewed"),
                    Ok(false) => {}
                    Err(error) => tracing::warn!(%error, "the certificate for mail stays as it was"),
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = looking => {}
        }
    }

    /// Reads the files again; whether they held something else that fits.
    async fn look(&mut self) -> Result<bool, CertificateError> {
        let now = read(&self.chain, &self.key).await?;
        if now == self.held {
            return Ok(false);
        }
        if self.encryption.renew(&now.0, &now.1).is_err() {
            return Err(CertificateError::Unfit {
                chain: self.chain.clone(),
                key: self.key.clone(),
            });
        }
        self.held = now;
        Ok(true)
    }
}

async fn read(chain: &Path, key: &Path) -> Result<(Vec<u8>, Vec<u8>), CertificateError> {
    Ok((bytes(chain).await?, bytes(key).await?))
}

async fn bytes(path: &Path) -> Result<Vec<u8>, CertificateError> {
    let read = tokio::fs::read(path).await;
    read.map_err(|source| CertificateError::Read {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: (&str, &str) = (
        include_str!("../../../mail/tests/mail/starttls/one.pem"),
        include_str!("../../../mail/tests/mail/starttls/one.key"),
    );
    const TWO: (&str, &str) = (
        include_str!("../../../mail/tests/mail/starttls/two.pem"),
        include_str!("../../../mail/tests/mail/starttls/two.key"),
    );

    #[tokio::test]
    async fn changed_files_renew_it_and_broken_ones_change_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
        let write = |(pem, secret): (&str, &str)| {
            std::fs::write(&chain, pem).unwrap();
            std::fs::write(&key, secret).unwrap();
        };
        write(ONE);
        let held = read(&chain, &key).await.unwrap();
        let mut certificate = Certificate {
            encryption: Encryption::of_pem(&held.0, &held.1).unwrap(),
            chain: chain.clone(),
            key: key.clone(),
            held,
        };
        assert!(!certificate.look().await.unwrap());
        write((ONE.0, TWO.1));
        assert!(
            certificate.look().await.is_err(),
            "the key is of another certificate"
        );
        write(TWO);
        assert!(certificate.look().await.unwrap());
        assert!(!certificate.look().await.unwrap());
        std::fs::remove_file(&key).unwrap();
        assert!(certificate.look().await.is_err());
    }
}
