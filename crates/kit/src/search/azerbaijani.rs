//! Stems of Azerbaijani nouns: endings taken off until none is left that may go.
//!
//! The language adds its endings one after another: plural, possessive, case, copula (`kitab-lar-ımız-dan-dır`), each in
//! two or four forms that differ in their vowels. Folded, the four are two (`ı`/`i` and `u`/`ü`) and the two are two
//! (`a`/`ə`), so one short list covers all; folding also means that words typed without ə, ı and ğ meet their right
//! spelling. The infinitive's ending goes too. A final k or q that softens before a vowel (`otaq`, `otağı`; `köpək`,
//! `köpəyi`) is brought to one form. Derivations (`-lıq`, `-çı`, `-sız`) make other words and stay.
//!
//! The list follows the tables of inflection of any grammar of the language; there was no published algorithm to take.

/// Endings as they look folded, the longest first.
const ENDINGS: &[&str] = &[
    "dirlar", "dirler", "durlar", "durler", // copula, plural
    "imiz", "umuz", "iniz", "unuz", "ndan", "nden", // our, your; from his
    "lar", "ler", // plural
    "dir", "dur", // copula
    "miz", "muz", "niz", "nuz", // our, your after a vowel
    "dan", "den", "nda", "nde", // from; in his
    "nin", "nun", "maq", "mek", "mag", // of; infinitive
    "da", "de", "in", "un", "im", "um", // in; of, your; my
    "si", "su", "ni", "nu", "na", "ne", // his; accusative and dative after a vowel
    "ya", "ye", "la", "le", // dative after a vowel; with
    "i", "u", "a", "e", // accusative, his; dative
];

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word;
    while let Some(shorter) = ENDINGS
        .iter()
        .filter_map(|ending| stem.strip_suffix(ending))
        .find(|rest| may_stand_alone(rest))
    {
        stem = shorter;
    }
    let has_syllables = stem.chars().filter(|c| is_vowel(*c)).count() > 1;
    match stem.char_indices().last() {
        Some((at, 'g')) if has_syllables => format!("{}q", &stem[..at]),
        Some((at, 'y')) if has_syllables => format!("{}k", &stem[..at]),
        _ => stem.to_owned(),
    }
}

/// Three letters with a vowel among them, or a vowel and a consonant (`ev`, `ad`, `iş`).
fn may_stand_alone(rest: &str) -> bool {
    let mut letters = rest.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(_), Some(_), Some(_)) => rest.chars().any(is_vowel),
        (Some(first), Some(second), None) => is_vowel(first) && !is_vowel(second),
        _ => false,
    }
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            "kitab kitablar kitabı kitabın kitabda kitabdan kitabımız kitablarımızdan kitabdır",
            "müştəri müştərilər müştərinin müştəriyə müştəridən müştərilərimiz müştərisi",
            "ölkə ölkələr ölkənin ölkədə ölkəsi ölkəsində ölkəmiz ölkələrindən",
            "şəhər şəhərlər şəhərdə şəhərin şəhərimizdən",
            "otaq otağı otağın otaqlar otaqda",
            "köpək köpəyi köpəyin köpəklər",
            "tramvay tramvayı tramvaylar",
            "hesab hesablar hesabım hesabınız hesabdan",
            "Bakı Bakıda Bakının Bakıdan",
            "ev evlər evin evdə evimiz",
            "ad adlar adı adın",
            "gün günü günlər gündə",
            "dəniz dənizlər dənizdə",
        ] {
            let stems: Vec<_> = forms.split(' ').map(|form| stem(&fold(form))).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{forms}: {stems:?}");
        }
    }

    #[test]
    fn other_words_have_other_stems() {
        assert_ne!(stem("kitab"), stem("kitabxana"));
        assert_ne!(stem("satis"), stem("satici"));
        assert_ne!(stem("seher"), stem("seherli"));
    }

    #[test]
    fn words_without_ə_and_ı_meet_their_right_spelling() {
        assert_eq!(stem(&fold("şəhərlərimizdən")), stem("seherlerimizden"));
    }

    #[test]
    fn a_stem_has_no_further_stem() {
        for word in [
            "kitablar",
            "otagi",
            "a",
            "",
            "lar",
            "eeee",
            "musterilerimizdendir",
        ] {
            assert_eq!(stem(&stem(word)), stem(word), "{word}");
        }
    }
}
