//! Where objects are kept: a folder of this machine, or a bucket of an S3-compatible store.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig, aws::AmazonS3Builder, local::LocalFileSystem,
    prefix::PrefixStore,
};

use super::BlobError;

/// Where objects are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlobPlace {
    /// A folder; made when it is not there.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Bucket),
}

/// A bucket of an S3-compatible store.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every object's name; empty for nothing.
    pub prefix: String,
    /// The store's address; absent for Amazon's own.
    pub endpoint: Option<String>,
    /// Its region.
    pub region: String,
    /// Access key and secret key; absent to use those of the machine's role.
    pub keys: Option<(String, String)>,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// An opened place: the store, and the folder when it is one.
pub(super) struct Opened {
    pub(super) objects: Arc<dyn ObjectStore>,
    pub(super) folder: Option<PathBuf>,
}

impl BlobPlace {
    /// Opens the place. A bucket is not asked for until the first object.
    pub(super) fn open(&self) -> Result<Opened, BlobError> {
        match self {
            Self::Folder(folder) => open_folder(folder),
            Self::Bucket(bucket) => bucket.open(),
        }
    }
}

fn open_folder(folder: &Path) -> Result<Opened, BlobError> {
    std::fs::create_dir_all(folder).map_err(|error| of_io(&error))?;
    // Without this a power cut after the answer could lose what was acknowledged.
    let objects = LocalFileSystem::new_with_prefix(folder)
        .map_err(|error| BlobError::of_store(&error))?
        .with_fsync(true);
    let folder = folder.canonicalize().map_err(|error| of_io(&error))?;
    Ok(Opened {
        objects: Arc::new(objects),
        folder: Some(folder),
    })
}

fn of_io(error: &io::Error) -> BlobError {
    let source = Box::new(io::Error::new(error.kind(), error.to_string()));
    BlobError::of_store(&object_store::Error::Generic {
        store: "folder",
        source,
    })
}

impl Bucket {
    fn open(&self) -> Result<Opened, BlobError> {
        // The HTTP client takes the process's provider; a second installation is no harm.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            // Deleting many at once is what compatible stores lack most often.
            .with_disable_bulk_delete(true)
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(15),
                ..RetryConfig::default()
            })
            .with_client_options(self.client());
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some((access, secret)) = &self.keys {
            builder = builder.with_access_key_id(access).with_secret_access_key(secret);
        }
        let bucket = builder.build().map_err(|error| BlobError::of_store(&error))?;
        let objects: Arc<dyn ObjectStore> = match self.prefix.as_str() {
            "" => Arc::new(bucket),
            prefix => Arc::new(PrefixStore::new(bucket, prefix)),
        };
        Ok(Opened {
            objects,
            folder: None,
        })
    }

    /// A long content may take as long as it likes, as long as it moves.
    fn client(&self) -> ClientOptions {
        let is_plain = self
            .endpoint
            .as_deref()
            .is_some_and(|endpoint| endpoint.starts_with("http://"));
        ClientOptions::new()
            // Plain HTTP only where the operator wrote it so.
            .with_allow_http(is_plain)
            .with_timeout_disabled()
            .with_connect_timeout(Duration::from_secs(5))
            .with_read_timeout(Duration::from_secs(30))
    }
}
