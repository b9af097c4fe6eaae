//! Where a run begins: the seeds of a target become files of its corpus.

use std::path::PathBuf;

/// Where the corpus is; without it nothing is written.
const CORPUS: &str = "TANDEM_FUZZ_CORPUS";

/// Writes each seed into the corpus, under its number, unless a run before has begun there already.
pub fn sow(seeds: &[Vec<u8>]) {
    let Some(corpus) = std::env::var_os(CORPUS).map(PathBuf::from) else {
        return;
    };
    for (number, seed) in seeds.iter().enumerate() {
        let path = corpus.join(format!("seed-{number:04}"));
        if !path.exists() {
            std::fs::write(path, seed).expect("the corpus is a folder");
        }
    }
}
