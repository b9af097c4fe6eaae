//! New text, quotations and signatures, in shapes that the published sets lack.

use mail::quotes::{self, Kind};
use proptest::prelude::*;

fn shown(text: &str) -> String {
    quotes::text(text).shown(text)
}

#[test]
fn answers_above_below_and_between_are_found() {
    let quote = "On Mon, 2 Feb 2026 at 10:00, Ada <ada@example.com> wrote:\n> One?\n> Two?\n";
    assert_eq!(shown(&format!("Above.\n\n{quote}")), "Above.");
    assert_eq!(shown(&format!("{quote}\nBelow.\n")), "Below.");
    assert_eq!(
        shown("On Mon, 2 Feb 2026 at 10:00, Ada <ada@example.com> wrote:\n> One?\n\nYes.\n\n> Two?\n\nNo.\n"),
        "> One?\n\nYes.\n\n> Two?\n\nNo."
    );
    assert_eq!(
        shown(
            "See below.\n\nOn Mon, 2 Feb 2026 at 10:00, Ada <ada@example.com> wrote:\n> One?\nYes, that is so.\n> Two?\n"
        ),
        "See below.\n\n> One?\nYes, that is so."
    );
}

#[test]
fn a_mail_of_nothing_but_old_text_is_shown_whole() {
    for text in [
        "> only quoted\n> lines",
        "-----Original Message-----\nFrom: a\nTo: b\nSubject: c\n\nold",
        "-- \nAda",
        "From: Ada <ada@example.com>\nDate: Monday\nTo: Bob\nSubject: Lamp\n\nPlease see.",
    ] {
        assert_eq!(shown(text), text.trim());
    }
}

#[test]
fn helpdesk_lines_and_outlook_blocks_cut() {
    assert_eq!(
        shown("It works.\n\n##- Please type your reply above this line -##\n\nYour request was received."),
        "It works."
    );
    assert_eq!(
        shown(
            "Danke!\n\n________________________________\nVon: Ada\nGesendet: Montag, 2. Februar 2026 10:00\nAn: Bob\nBetreff: x\n\nalt"
        ),
        "Danke!"
    );
    assert_eq!(
        shown("Спасибо!\n\nпн, 2 февр. 2026 г. в 10:00, Ада <ada@example.com>:\n\n> старое"),
        "Спасибо!"
    );
}

#[test]
fn what_looks_like_a_mark_but_is_content_stays() {
    for text in [
        "Steps:\n\n1. Open\n2. Press\n\nExpected\n--------\nIt opens.\n\nActual\n------\nIt does not, and here is what I saw on the screen.",
        "mysql> select 1;\n+---+\n| 1 |\n+---+\nis wrong",
        "From: Paris\nTo: London\n\nPlease book.",
        "Error at 10:30:\nfile not found",
        "I wrote: it is broken.\nYou wrote nothing.",
    ] {
        assert_eq!(shown(text), text, "{text}");
    }
}

#[test]
fn signatures_and_footers_are_told_from_text() {
    let text =
        "Hello\n\n-- \nAda\nLovelace Ltd\n\nOn Mon, 2 Feb 2026 at 10:00, Bob <b@example.com> wrote:\n> old";
    let division = quotes::text(text);
    assert_eq!(division.shown(text), "Hello");
    assert_eq!(
        division.only(text, |kind| kind == Kind::Signature),
        "-- \nAda\nLovelace Ltd"
    );
}

proptest! {
    #[test]
    fn spans_cover_everything_and_something_is_shown(lines in proptest::collection::vec("(> |-- |On |From: |[a-z<@>: ]{0,12}){0,4}", 0..30)) {
        let text = lines.join("\n");
        let division = quotes::text(&text);
        let mut at = 0;
        for span in &division.spans {
            prop_assert_eq!(span.range.start, at);
            at = span.range.end;
        }
        prop_assert_eq!(at, text.len());
        prop_assert_eq!(text.trim().is_empty(), division.shown(&text).trim().is_empty());
    }

    #[test]
    fn any_html_is_divided(html in "(<(div|blockquote type=cite|b|p|table|td|pre)>|</(div|b|p|table)>|[a-z ]{1,9}|&amp;|<br>){0,40}") {
        let marked = quotes::html(&html);
        let (all, _) = mail::dom::text(&html);
        prop_assert_eq!(all.trim().is_empty(), marked.text.trim().is_empty());
    }
}
