//! Machines that answer mail, wired to each other and to desks in forty ways: which mail do they send upon which?
//!
//! Nothing here sends: whoever plays hands a letter to [`Topology::hear`] and passes on what comes back. Addresses of one
//! topology are its own, so that all of them can be played at once.

use std::collections::VecDeque;

/// How many letters the machines of a topology write to each other before it ends by itself, as hops are counted elsewhere.
const MOST: usize = 40;

/// A mail with its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The envelope's sender; empty for a report.
    pub from: String,
    /// Its recipient.
    pub to: String,
    /// Head and body, lines with `\r\n`.
    pub raw: String,
}

/// What a machine does with a mail that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// A person who reads.
    Person,
    /// Somebody is away, and their program goes by the book: machines and lists get no answer (RFC 3834).
    Vacation,
    /// Somebody is away, and everybody hears of it.
    CarelessVacation,
    /// "We got your request", marked as automatic, to everybody.
    Acknowledging,
    /// A ticket system that says nothing of being a machine and has a new subject each time.
    Rude,
    /// The same, as an answer with its subject.
    RudeAnswer,
    /// Everything comes back as a report (RFC 3464).
    Bouncing,
    /// The same without any field that says so.
    RudeBouncing,
    /// Passes everything on to the second desk.
    Forwarding,
    /// A mailing list of both desks.
    List,
    /// Sends everything back as it is.
    Echo,
}

/// Machines and the desks that they write to.
#[derive(Clone, Debug)]
pub struct Topology {
    /// Which habits meet.
    pub name: String,
    number: usize,
    members: Vec<(String, Habit)>,
    desks: Vec<String>,
    count: usize,
}

/// All of them. Of the desks the first is written to, the second gets what is passed on, the third is somebody else's.
pub fn topologies(desks: [&str; 3]) -> Vec<Topology> {
    use Habit::{
        Acknowledging, Bouncing, CarelessVacation, Echo, Forwarding, List, Person, Rude, RudeAnswer,
        RudeBouncing, Vacation,
    };
    let kinds = [
        Vacation,
        CarelessVacation,
        Acknowledging,
        Rude,
        RudeAnswer,
        Bouncing,
        Forwarding,
        List,
    ];
    let mut pairs: Vec<Vec<Habit>> = Vec::new();
    for (at, one) in kinds.iter().enumerate() {
        pairs.extend(kinds[at..].iter().map(|other| vec![*one, *other]));
    }
    pairs.extend([
        vec![RudeBouncing, Person],
        vec![Echo, Rude],
        vec![RudeBouncing, Echo],
    ]);
    // Two desks that write to each other.
    pairs.push(Vec::new());
    let made = pairs.into_iter().enumerate();
    made.map(|(number, habits)| Topology::of(number, &habits, desks))
        .collect()
}

impl Topology {
    fn of(number: usize, habits: &[Habit], desks: [&str; 3]) -> Self {
        let names = habits.iter().map(|habit| format!("{habit:?}"));
        let members = habits
            .iter()
            .enumerate()
            .map(|(at, habit)| (format!("machine{at}@t{number}.test"), *habit));
        Self {
            name: format!("{number}: {}", names.collect::<Vec<_>>().join(" and ")),
            number,
            members: members.collect(),
            desks: desks.map(str::to_owned).to_vec(),
            count: 0,
        }
    }

    /// With what it begins: everybody writes to the first desk once, and the second member to the first.
    pub fn begins(&mut self) -> Vec<Letter> {
        let (desk, theirs) = (self.desks[0].clone(), self.desks[2].clone());
        let members = self.members.clone();
        let mut all: Vec<Letter> = members
            .iter()
            .map(|(address, _)| self.written(address, &desk))
            .collect();
        if let [(first, _), (second, _)] = members.as_slice() {
            let letter = self.written(second, first);
            all.extend(self.hear(&letter));
        }
        if members.is_empty() {
            all.push(self.written(&theirs, &desk));
            all.push(self.written(&desk, &theirs));
        }
        all
    }

    /// Whether an address is one of its own.
    pub fn knows(&self, address: &str) -> bool {
        self.members.iter().any(|(known, _)| known == address)
    }

    /// What its machines send to the desks upon a letter to one of them; what they send each other is heard on the way.
    pub fn hear(&mut self, letter: &Letter) -> Vec<Letter> {
        let (mut waiting, mut out) = (VecDeque::from([letter.clone()]), Vec::new());
        while let Some(letter) = waiting.pop_front() {
            let member = self.members.iter().find(|(known, _)| *known == letter.to);
            match member.map(|(_, habit)| *habit) {
                Some(habit) if self.count < MOST => waiting.extend(self.answers(habit, &letter)),
                Some(_) => {}
                None => out.push(letter),
            }
        }
        out
    }

    fn answers(&mut self, habit: Habit, letter: &Letter) -> Vec<Letter> {
        self.count += 1;
        let raw = letter.raw.as_str();
        let writer = field(raw, "Reply-To").or_else(|| field(raw, "From"));
        let writer = address(&writer.unwrap_or_default());
        let subject = field(raw, "Subject").unwrap_or_default();
        let answers = field(raw, "Message-ID").map(|id| format!("In-Reply-To: {id}\r\nReferences: {id}\r\n"));
        let (answers, own) = (answers.unwrap_or_default(), letter.to.as_str());
        let automatic = format!("Auto-Submitted: auto-replied\r\n{answers}");
        let is_by_machine = ["Auto-Submitted", "List-Id", "Precedence"]
            .iter()
            .any(|name| field(raw, name).is_some());
        let say = |subject: String, more: &str, text: &str| {
            let mail = self.mail((own, &writer), &subject, (more, text));
            vec![Letter {
                from: own.to_owned(),
                to: writer.clone(),
                raw: mail,
            }]
        };
        match habit {
            Habit::Person => Vec::new(),
            Habit::Vacation if is_by_machine || letter.from.is_empty() => Vec::new(),
            Habit::Vacation => say("Out of office".to_owned(), &automatic, "I am away until Monday."),
            Habit::CarelessVacation => say("Out of office".to_owned(), &answers, "I am away until Monday."),
            Habit::Acknowledging => say(
                format!("We got it: {subject}"),
                &automatic,
                "Thank you for writing.",
            ),
            Habit::Rude => say(
                format!("Request {} in our system", 1_000 + self.count),
                "",
                "We have opened a request for you.",
            ),
            Habit::RudeAnswer => say(format!("Re: {subject}"), &answers, "Thank you, we look into it."),
            Habit::Bouncing => self.report(letter, true),
            Habit::RudeBouncing => self.report(letter, false),
            Habit::Forwarding => self.passed_on(letter, &[1], ""),
            Habit::List => self.passed_on(letter, &[0, 1], "List-Id: <list.test>\r\nPrecedence: list\r\n"),
            Habit::Echo => vec![Letter {
                from: own.to_owned(),
                to: letter.from.clone(),
                raw: raw.to_owned(),
            }],
        }
    }

    /// The letter for some of the desks, with more in its head.
    fn passed_on(&self, letter: &Letter, desks: &[usize], more: &str) -> Vec<Letter> {
        let to = |desk: &usize| Letter {
            from: letter.from.clone(),
            to: self.desks[*desk].clone(),
            raw: format!("{more}{}", letter.raw),
        };
        desks.iter().map(to).collect()
    }

    /// What says that a letter could not be delivered; to nobody where nobody sent it.
    fn report(&self, letter: &Letter, is_by_the_book: bool) -> Vec<Letter> {
        if letter.from.is_empty() {
            return Vec::new();
        }
        let (lost, id) = (&letter.to, field(&letter.raw, "Message-ID").unwrap_or_default());
        let (head, text) = if is_by_the_book {
            let head = "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; \
                        report-type=delivery-status; boundary=\"cut\"\r\n";
            let text = format!(
                "--cut\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered to {lost}.\r\n--cut\r\n\
                 Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\n\r\nFinal-Recipient: rfc822; \
                 {lost}\r\nAction: failed\r\nStatus: 4.2.2\r\nDiagnostic-Code: smtp; 452 mailbox full\r\n--cut\r\n\
                 Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\n--cut--"
            );
            (head, text)
        } else {
            let text = format!(
                "I was not able to deliver your message to the following addresses.\r\n\r\n<{lost}>:\r\nmailbox full"
            );
            ("", text)
        };
        let own = format!("mailer-daemon@t{}.test", self.number);
        vec![Letter {
            from: String::new(),
            to: letter.from.clone(),
            raw: self.mail(
                (&own, &letter.from),
                "Undelivered mail returned to sender",
                (head, &text),
            ),
        }]
    }

    /// A letter that a person writes.
    fn written(&mut self, from: &str, to: &str) -> Letter {
        self.count += 1;
        let subject = format!("Lamp {} of {from}", self.number);
        Letter {
            from: from.to_owned(),
            to: to.to_owned(),
            raw: self.mail((from, to), &subject, ("", "It does not light.")),
        }
    }

    fn mail(&self, (from, to): (&str, &str), subject: &str, (more, text): (&str, &str)) -> String {
        let id = format!("{}.{}.{}", self.number, self.count, from.replace('@', "."));
        format!(
            "From: <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\
             Message-ID: <{id}@t.test>\r\n{more}\r\n{text}\r\n"
        )
    }
}

/// The value of a field of the head, up to the end of its line.
pub fn field(raw: &str, name: &str) -> Option<String> {
    let mut head = String::new();
    for line in raw.lines().take_while(|line| !line.is_empty()) {
        if !line.starts_with([' ', '\t']) {
            head.push('\n');
        }
        head.push_str(line);
    }
    let mut found = head.lines().filter_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.next()
}

/// An address without the token behind its plus.
pub fn bare(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or_default()),
        None => address.to_owned(),
    }
}

/// The address in a field.
fn address(value: &str) -> String {
    let inside = value.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map_or(value, |(address, _)| address).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESKS: [&str; 3] = ["help@desk.example", "sales@desk.example", "eve@desk.example"];

    #[test]
    fn there_are_forty_and_all_of_them_come_to_an_end() {
        let mut all = topologies(DESKS);
        assert!(all.len() >= 40);
        for topology in &mut all {
            let name = topology.name.clone();
            let begun = topology.begins();
            assert!(begun.iter().any(|letter| letter.to == DESKS[0]), "{name}");
            assert!(begun.iter().all(|letter| !topology.knows(&letter.to)), "{name}");
        }
    }

    #[test]
    fn a_rude_machine_answers_with_another_subject_and_nothing_that_shows_what_it_is() {
        let mut all = topologies(DESKS);
        let rude = all
            .iter_mut()
            .find(|one| one.name.ends_with("Rude and Rude"))
            .unwrap();
        let letter = Letter {
            from: DESKS[0].to_owned(),
            to: rude.members[0].0.clone(),
            raw: "From: Desk <help@desk.example>\r\nSubject: Hi\r\n\r\nText\r\n".to_owned(),
        };
        let [one, two] = [rude.hear(&letter).remove(0), rude.hear(&letter).remove(0)];
        assert_eq!(one.to, DESKS[0]);
        assert_ne!(field(&one.raw, "Subject"), field(&two.raw, "Subject"));
        assert_eq!(field(&one.raw, "auto-submitted"), None);
    }
}
