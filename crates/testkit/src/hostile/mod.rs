//! Texts that would run as scripts wherever a page took them for markup: made by a grammar, planted in every text that
//! people, programs and mail can bring, and looked for in a browser on every page that shows them.
//!
//! A text runs when it adds its number to `top.__ran`. It is found as well where it did not run: as markup that no page of
//! ours has, or as a refusal of the content security policy. That the search finds something is shown by a *control group*: the same
//! texts in documents that escape nothing.

mod grammar;
mod letters;
mod planting;
mod visiting;

pub use grammar::{Supply, all};
pub use letters::hand_in;
pub use planting::{Garden, plant};
pub use visiting::{control, visit};

use crate::browser::Driver;
use crate::program::{Program, until};

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// From which text of the grammar on.
    pub first: usize,
    /// How many texts mails bring.
    pub in_mails: usize,
    /// How many pages are opened at most.
    pub pages: usize,
}

/// What a round came to.
#[derive(Debug)]
pub struct Harvest {
    /// The texts of things that took one of ours, as address and pointer.
    pub sinks: Vec<String>,
    /// The pages that were opened.
    pub pages: Vec<String>,
    /// What is wrong.
    pub faults: Vec<String>,
}

/// Plants texts in a new program and opens its pages. `program` takes mail by LMTP at `mail`.
///
/// # Panics
/// When the program does not answer, or no mail arrives.
pub fn round(driver: &Driver, program: &Program, mail: std::net::SocketAddr, round: Round) -> Harvest {
    let token = program.token();
    let node = program.serve();
    let mut supply = Supply::from(round.first);
    let mut garden = plant(&node, &token, &mut supply);
    if garden
        .sinks
        .iter()
        .any(|sink| sink.starts_with("/api/v1/mailboxes "))
    {
        hand_in(mail, &mut supply, round.in_mails);
        // Its ticket stands first in the list of all then, and is the one that is opened.
        until("a mail that became a message", || {
            let list = node.get("/api/v1/mails?state=placed", &token).body;
            list.contains("\"mal_").then_some(())
        });
        garden
            .sinks
            .extend(["mail from", "mail subject", "mail text", "mail html", "mail file"].map(str::to_owned));
    }
    let browser = driver.browser();
    let place = program.place(&node);
    place.enter(&browser);
    let (pages, faults) = visit(&browser, &place, round.pages);
    Harvest {
        sinks: garden.sinks,
        pages,
        faults,
    }
}
