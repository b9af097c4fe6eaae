//! Room for connections: each open page holds one, and each is an open file.

use rustix::process::{Resource, getrlimit, setrlimit};

/// Raises the number of files this process may have open to what the system lets it have. The usual first limit, 1,024, is
/// kept low only for programs that use `select`.
pub(super) fn allow_many() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%error, "cannot raise the number of open files");
    }
}
