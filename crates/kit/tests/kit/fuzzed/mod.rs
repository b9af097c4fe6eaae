//! The short forms of `cargo xtask fuzz csv` and `filter`: the targets over their seeds, and over every input that was found once.

mod csv;
mod filter;

use std::path::Path;

fn survives(target: &str, seeds: Vec<Vec<u8>>, run: fn(&[u8])) {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/found")
        .join(target);
    let found = std::fs::read_dir(found).into_iter().flatten();
    let found = found.filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    for input in seeds.into_iter().chain(found) {
        run(&input);
    }
}

#[test]
fn any_file_is_read_the_same_in_any_pieces() {
    survives("csv", csv::seeds(), csv::run);
}

#[test]
fn any_text_is_a_query() {
    survives("filter", filter::seeds(), filter::run);
}
