//! The protocol of usage as far as it reads, from the files of `success`.

pub mod protocol;
