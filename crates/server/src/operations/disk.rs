//! Room on the disk.

use std::{io, path::Path};

use crate::config::{Size, Value};

/// The room that is left for this process on the disk of `folder`.
///
/// # Errors
/// The folder does not exist or cannot be asked.
pub fn room(folder: &Path) -> io::Result<Size> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(Size(disk.f_bavail.saturating_mul(disk.f_frsize)))
}

/// Whether `folder` has at least `reserve` left; says what is wrong otherwise.
///
/// # Errors
/// A sentence for the operator.
pub fn has_room(folder: &Path, reserve: Size) -> Result<(), String> {
    match room(folder) {
        Ok(left) if left >= reserve => Ok(()),
        Ok(left) => Err(format!(
            "{} MiB left, less than the reserve of {}",
            left.0 >> 20,
            reserve.show()
        )),
        Err(error) => Err(format!("cannot tell how much room is left: {error}")),
    }
}
