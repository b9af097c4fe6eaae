//! Which column means what: by the words above it, else by what stands in it.

use kit::text::fold;

use super::target::{Slot, Slots, Title};

/// The share of values, in percent, that must look like a field for a column to be it.
const ENOUGH: usize = 80;

/// A field for each column, or nothing; no field twice.
pub(super) fn mapping(slots: &Slots, columns: &[String], rows: &[Vec<String>]) -> Vec<Option<String>> {
    let mut mapping = vec![None; columns.len()];
    let mut free: Vec<&Slot> = slots.iter().collect();
    for fits in [is_word, begins_with_word] {
        for (place, column) in columns.iter().enumerate() {
            let word = bare(column);
            if let Some(found) = free
                .iter()
                .position(|field| mapping[place].is_none() && fits(field, &word))
            {
                mapping[place] = Some(free.remove(found).key.to_string());
            }
        }
    }
    for (place, mapped) in mapping.iter_mut().enumerate() {
        if mapped.is_none()
            && let Some(found) = free.iter().position(|field| looks_like(field, place, rows))
        {
            *mapped = Some(free.remove(found).key.to_string());
        }
    }
    mapping
}

/// Whether the first row names columns: a word of the target is among it, or nothing in it looks like a value.
pub(super) fn has_header(slots: &Slots, first: &[String]) -> bool {
    let is_known = |cell: &String| slots.iter().any(|slot| is_word(slot, &bare(cell)));
    let is_value = |cell: &String| {
        cell.trim().chars().any(|c| c.is_ascii_digit()) || slots.iter().any(|slot| (slot.looks)(cell.trim()))
    };
    first.iter().any(is_known) || !first.iter().any(is_value)
}

/// A header without what people write around the word: capitals, blanks, signs.
fn bare(header: &str) -> String {
    fold(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_word(slot: &Slot, word: &str) -> bool {
    match &slot.title {
        Title::Message(_) => slot.words.contains(&word),
        Title::Written(title) => bare(title) == word,
    }
}

/// `websiteurl`, `companynamelegal`; short words would fit too much.
fn begins_with_word(field: &Slot, word: &str) -> bool {
    field
        .words
        .iter()
        .any(|known| known.chars().count() >= 4 && word.starts_with(known))
}

fn looks_like(field: &Slot, place: usize, rows: &[Vec<String>]) -> bool {
    let cells = rows
        .iter()
        .filter_map(|row| row.get(place))
        .map(|cell| cell.trim());
    let said: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    let fitting = said.iter().filter(|cell| (field.looks)(cell)).count();
    !said.is_empty() && fitting * 100 >= said.len() * ENOUGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::imports::TARGET;

    fn guessed(columns: &[&str], row: &[&str]) -> Vec<Option<String>> {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        mapping(&Slots::plain(&TARGET), &owned(columns), &[owned(row)])
    }

    fn keys(mapping: &[Option<String>]) -> Vec<&str> {
        mapping
            .iter()
            .map(|field| field.as_deref().unwrap_or("-"))
            .collect()
    }

    #[test]
    fn columns_are_known_by_their_words_in_five_languages() {
        for columns in [
            ["Company Name", "Website", "External ID", "Fax"],
            ["Nazwa firmy", "Strona internetowa", "Id zewnętrzne", "Faks"],
            ["НАЗВАНИЕ", "Сайт", "Внешний ID", "Факс"],
            ["Ad", "Veb-sayt", "Xarici ID", "Faks"],
            ["Nama perusahaan", "Situs web", "ID eksternal", "Faks"],
        ] {
            assert_eq!(
                keys(&guessed(&columns, &[])),
                ["name", "website", "external_id", "-"],
                "{columns:?}"
            );
        }
    }

    #[test]
    fn no_field_is_guessed_twice_and_values_tell_where_words_do_not() {
        assert_eq!(keys(&guessed(&["Name", "name"], &[])), ["name", "-"]);
        assert_eq!(
            keys(&guessed(&["A", "B"], &["Acme", "https://acme.com"])),
            ["-", "website"]
        );
        assert_eq!(
            keys(&guessed(&["Website URL", "Name 1"], &[])),
            ["website", "name"]
        );
    }

    #[test]
    fn a_first_row_of_values_is_no_header() {
        let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        assert!(has_header(&Slots::plain(&TARGET), &owned(&["name", "x1"])));
        assert!(has_header(&Slots::plain(&TARGET), &owned(&["Alpha", "Beta"])));
        assert!(!has_header(&Slots::plain(&TARGET), &owned(&["Acme", "acme.com"])));
        assert!(!has_header(&Slots::plain(&TARGET), &owned(&["Acme", "17"])));
    }
}
