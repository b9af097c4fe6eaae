//! Blocks of header fields that mail programs put above an old mail: `From: … Sent: … To: … Subject: …`.

use super::rows::Row;
use crate::words::Words;

/// What a label means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    From,
    Date,
    To,
    Subject,
    Other,
}

static FROM: Words = Words::new(|| include_str!("../words/from.txt"));

static DATE: Words = Words::new(|| include_str!("../words/date.txt"));

static TO: Words = Words::new(|| include_str!("../words/to.txt"));

static SUBJECT: Words = Words::new(|| include_str!("../words/subject.txt"));

static OTHER: Words = Words::new(|| include_str!("../words/other-fields.txt"));

/// How many rows a block may take, its broken lines included.
const LONGEST: usize = 14;

/// The label at the beginning of a line, if mail programs use it.
pub(super) fn label(line: &str) -> Option<Label> {
    let plain = line.trim_start_matches(['*', '_', '>', '|', ' ', '\u{a0}']);
    let end = plain.find([':', '：'])?;
    if end > 60 {
        return None;
    }
    let name = plain[..end]
        .trim_matches(['*', '_', ' ', '\u{a0}'])
        .to_lowercase();
    // What comes behind a colon belongs to it only with a space, or nothing, between.
    let behind = plain[end..].chars().nth(1);
    let is_spaced =
        behind.is_none_or(|letter| letter.is_whitespace() || "*_<\"[".contains(letter) || !letter.is_ascii());
    let tables: [(&Words, Label); 5] = [
        (&FROM, Label::From),
        (&DATE, Label::Date),
        (&TO, Label::To),
        (&SUBJECT, Label::Subject),
        (&OTHER, Label::Other),
    ];
    tables
        .iter()
        .find(|(names, _)| names.contains(&name.as_str()))
        .map(|(_, label)| *label)
        .filter(|_| is_spaced)
}

/// Whether a block of header fields begins in this row. `is_announced`: a rule or a marker stands above it.
pub(super) fn begins(rows: &[Row], is_announced: bool) -> bool {
    let Some(first) = rows.first() else { return false };
    let Some(first_label) = label(&first.text).filter(|label| *label != Label::Other) else {
        return false;
    };
    let mut seen = vec![first_label];
    let mut count = 1;
    let mut since = 0;
    for row in &rows[1..rows.len().min(LONGEST)] {
        if row.is_quoted() != first.is_quoted() {
            break;
        }
        match label(&row.text) {
            Some(label) => {
                // Two of the same kind: somebody's own list.
                if seen.contains(&label)
                    && label != Label::Other
                    && label != Label::To
                    && label != Label::Date
                {
                    break;
                }
                if !seen.contains(&label) {
                    seen.push(label);
                }
                count += 1;
                since = 0;
            }
            None if row.is_empty() => {}
            // Addresses in To may go on over lines.
            None if since < 2 && !row.is_empty() => since += 1,
            None => break,
        }
    }
    let known = seen.iter().filter(|label| **label != Label::Other).count();
    let has_from = seen.contains(&Label::From) || seen.contains(&Label::Date);
    if !has_from {
        return false;
    }
    if is_announced {
        known >= 2
    } else {
        known >= 3 && count >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_block(text: &str, is_announced: bool) -> bool {
        let rows: Vec<Row> = text.lines().map(Row::of_text).collect();
        begins(&rows, is_announced)
    }

    #[test]
    fn blocks_of_many_languages_are_known() {
        for block in [
            "From: Ada\nSent: Monday\nTo: Bob\nSubject: x",
            "*From:* Ada\n*Sent:* Monday\n*To:* Bob\n*Subject:* x",
            "Von: Ada\nGesendet: Montag\nAn: Bob\nBetreff: x",
            "De : Ada\nEnvoyé : lundi\nÀ : Bob\nObjet : x",
            "Da: Ada\nRisposta: x\nData: giovedì\nA: Bob\nOggetto: y",
            "От: Ада\nОтправлено: 1 мая\nКому: Боб\nТема: x",
            "Kimden: Ada\nGönderildi: Pazartesi\nKime: Bob\nKonu: x",
            "Dari: Ada\nDikirim: Senin\nKepada: Bob\nPerihal: x",
            "发件人: Ada\n发送时间: 2016年\n收件人: Bob\n主题: x",
            "From: Ada\nDate: Monday\nTo: a@b.example,\n c@d.example,\n e@f.example\nSubject: x",
        ] {
            assert!(is_block(block, false), "{block}");
        }
        assert!(is_block("From: Ada\nDate: Monday", true));
    }

    #[test]
    fn lists_of_people_are_no_blocks() {
        for list in [
            "To: do\nBuy milk\nCall Bob",
            "From: Paris\nFlight 17 at noon\nand so on\nTo: London",
            "Subject: Maths\nSubject: Physics\nDate: tomorrow",
            "date:2016\nfrom:here\nto:there",
        ] {
            assert!(!is_block(list, false), "{list}");
        }
    }
}
