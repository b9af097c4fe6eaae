//! Texts that would run wherever they were taken for markup, in everything that people, programs and mail can bring: nothing
//! runs, nothing becomes markup. The long form is `cargo xtask torture xss`.

use std::net::{SocketAddr, TcpListener};

use testkit::browser::Driver;
use testkit::hostile::{Round, round};
use testkit::program::Program;

use super::BINARY;

#[test]
fn hostile_texts_stay_texts_on_every_page() {
    let Some(driver) = Driver::start() else { return };
    let mail = free();
    let program = Program::new(BINARY)
        .with("api_requests", "1000000")
        .with("lmtp_listen", mail.to_string());
    let few = Round {
        first: 0,
        in_mails: 24,
        pages: 60,
    };
    let harvest = round(&driver, &program, mail, few);
    assert!(harvest.faults.is_empty(), "{:#?}", harvest.faults);
    // That both ends of it were there: much was planted, and the pages that show it were opened.
    assert!(harvest.sinks.len() >= 60, "{:#?}", harvest.sinks);
    for sink in [
        "/api/v1/tickets /subject",
        "/api/v1/tickets/{id}/messages /body",
        "/api/v1/accounts /name",
        "/api/v1/contacts /name",
        "/api/v1/tags /name",
        "/api/v1/saved-replies /name",
        "mail html",
    ] {
        assert!(
            harvest.sinks.iter().any(|one| one == sink),
            "{sink}: {:#?}",
            harvest.sinks
        );
    }
    for page in ["/tickets/tkt_", "/accounts/acc_", "/contacts/", "/mails/"] {
        assert!(
            harvest.pages.iter().any(|one| one.starts_with(page)),
            "{page}: {:#?}",
            harvest.pages
        );
    }
}

fn free() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap()
}
