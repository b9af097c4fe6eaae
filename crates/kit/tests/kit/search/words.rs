//! Which words are found, as they are written, spoken, typed and mistyped.

use kit::search::{Document, Language};
use proptest::prelude::*;

use super::{Library, note};

fn spoken(language: Language, key: &str, text: &str) -> Document {
    Document {
        language: Some(language),
        ..note(key, "", text)
    }
}

fn any(text: &str) {
    thread_local! {
        static LIBRARY: Library = Library::ours(vec![
            spoken(Language::Polish, "a", "abc łódź 東京 \"quoted\" text: with a-b c@d"),
            note("b", "aaa bbb ccc", "Ёлка \u{301} ıİ"),
        ]);
    }
    LIBRARY.with(|library| {
        let answer = library.ask(text);
        for hit in answer.groups.iter().flat_map(|group| &group.hits) {
            let whole: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(whole, hit.shown.title);
        }
    });
}

#[test]
fn names_are_found_from_any_keyboard() {
    let names = ["Łódź", "Ёлкин", "Əliyev", "Işıq", "İSTANBUL", "Café", "Straße"];
    let library = Library::ours(names.map(|name| note(name, name, "")).into());
    for (typed, name) in [
        ("lodz", "Łódź"),
        ("ŁÓDŹ", "Łódź"),
        ("елкин", "Ёлкин"),
        ("eliyev", "Əliyev"),
        ("ISIQ", "Işıq"),
        ("işıq", "Işıq"),
        ("istanbul", "İSTANBUL"),
        ("ıstanbul", "İSTANBUL"),
        ("cafe", "Café"),
        ("strasse", "Straße"),
    ] {
        assert_eq!(library.keys(typed), [name], "{typed}");
    }
}

#[test]
fn inflected_words_are_found_by_the_language_of_their_document() {
    let library = Library::ours(vec![
        spoken(Language::English, "en", "The invoices were refunded"),
        spoken(Language::Polish, "pl", "Proszę o korektę faktury"),
        spoken(Language::Russian, "ru", "Верните деньги за заказы"),
        spoken(Language::Azerbaijani, "az", "Müştərilərimizdən gələn məktublar"),
        spoken(Language::Indonesian, "id", "Kami sudah membayar"),
    ]);
    for (typed, key) in [
        ("refund ", "en"),
        ("faktura ", "pl"),
        ("заказ ", "ru"),
        ("müştəri ", "az"),
        ("musteri ", "az"),
        ("bayar ", "id"),
    ] {
        assert_eq!(library.keys(typed), [key], "{typed}");
    }
}

#[test]
fn chinese_and_japanese_are_found_by_any_part() {
    let library = Library::ours(vec![note("a", "東京都庁", ""), note("b", "京都の寺", "")]);
    assert_eq!(library.keys("東京"), ["a"]);
    assert_eq!(library.keys("都庁"), ["a"]);
    assert_eq!(library.keys("庁"), ["a"]);
    assert_eq!(library.keys("東庁"), Vec::<String>::new());
    assert_eq!(library.keys("京都").len(), 2);
}

#[test]
fn the_last_word_is_found_while_it_is_typed() {
    let library = Library::ours(vec![
        note("a", "Greenwood Logistics", ""),
        note("b", "Green Tea", ""),
    ]);
    assert_eq!(library.keys("greenw")[0], "a");
    assert_eq!(library.keys("greenwood lo"), ["a"]);
    assert_eq!(library.keys("gre").len(), 2);
    // As written stands before begun.
    assert_eq!(library.keys("green"), ["b", "a"]);
    assert_eq!(library.keys("gre tea"), Vec::<String>::new());
}

#[test]
fn phrases_stand_together() {
    let library = Library::ours(vec![
        note("a", "", "the red wagon arrived"),
        note("b", "", "a wagon that is red"),
    ]);
    assert_eq!(library.keys("\"red wagon\""), ["a"]);
    assert_eq!(library.keys("red wagon").len(), 2);
    assert_eq!(library.keys("\"red wag"), ["a"]);
    assert_eq!(library.keys("\"rad wagon\""), Vec::<String>::new());
}

#[test]
fn typing_errors_are_forgiven_and_stand_below_what_was_written() {
    let library = Library::ours(vec![
        note("near", "Martin Martin Martin", "martin"),
        note("right", "", "a letter of Marten, long ago"),
        note("short", "Ana", ""),
    ]);
    assert_eq!(library.keys("marten "), ["right", "near"]);
    assert_eq!(library.keys("amrten "), ["right"]);
    // Three letters are too few, and numbers are never nearly right.
    assert_eq!(library.keys("anu "), Vec::<String>::new());
    let numbers = Library::ours(vec![note("a", "Order 12345", "")]);
    assert_eq!(numbers.keys("12346 "), Vec::<String>::new());
}

#[test]
fn eight_letters_may_have_two_errors() {
    let library = Library::ours(vec![note("a", "Northwind Traders", "")]);
    assert_eq!(library.keys("nortwint "), ["a"]);
    assert_eq!(library.keys("norwint "), Vec::<String>::new());
}

#[test]
fn what_was_meant_is_said_when_nothing_was_found_as_written() {
    let library = Library::ours(vec![note("a", "Greenwood Logistics", "")]);
    let answer = library.ask("grenwood is:open");
    assert_eq!((answer.count(), answer.meant), (0, None));
    assert_eq!(
        library.ask("grenwood logistisc").meant.as_deref(),
        Some("greenwood logistics")
    );
    assert_eq!(library.ask("greenwood").meant, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_a_question(text in "(?s).{0,80}") {
        any(&text);
    }

    #[test]
    fn any_mixture_of_signs_is_a_question(text in "[a-c\"': #@*~^(){}\\[\\]\\\\+-/.,łЁəıİ東京\u{301}\u{0}\u{200d}]{0,40}") {
        any(&text);
    }
}
