//! Answers of IMAP servers, line by line and as a conversation.

use crate::babble;
use mail::imap::client::{Fetched, heard, survives};
use tokio::runtime::{Builder, Runtime};

/// Bytes that a mail may have beyond what its server said of it.
const SURPLUS: usize = 1 << 20;

thread_local! {
    static RUNTIME: Runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
}

/// Everything that one server says.
pub fn run(data: &[u8]) {
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let _ = survives(line);
    }
    let Ok(mut heard) = RUNTIME.with(|runtime| runtime.block_on(heard(data))) else {
        return;
    };
    for fetched in heard.fetched {
        let mail = match fetched {
            Fetched::Mail { listed, raw } => {
                assert!(raw.len() <= 1_000 + SURPLUS);
                listed
            }
            Fetched::TooLarge(listed) => {
                assert!(listed.size > 1_000);
                listed
            }
            Fetched::Gone(listed) => listed,
        };
        let asked = heard.wanted.iter().position(|wanted| wanted.uid == mail.uid);
        heard
            .wanted
            .remove(asked.expect("only what was asked for comes, and once"));
    }
    assert!(
        heard.wanted.is_empty(),
        "what was asked for came, is gone or is too large"
    );
}

/// A conversation to its end, others that break off, and babble.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = vec![WHOLE.as_bytes().to_vec(), EMPTY.as_bytes().to_vec()];
    seeds.extend((1..9).map(|part| WHOLE.as_bytes()[..WHOLE.len() * part / 9].to_vec()));
    seeds.extend((0..60).map(|seed| babble::bytes(&mut babble::of(seed), 60)));
    seeds
}

const WHOLE: &str = "* OK [CAPABILITY IMAP4rev1] hello\r\n\
    * CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE\r\nt1 OK done\r\n\
    + \r\nt2 OK [CAPABILITY IMAP4rev1] in\r\n\
    * CAPABILITY IMAP4rev1 UIDPLUS\r\nt3 OK done\r\n\
    * LIST (\\HasNoChildren \\Sent) \"/\" \"Sent &AOk-\"\r\n* LIST () \".\" {5}\r\nINBOX\r\nt4 OK done\r\n\
    * 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\nt5 OK [READ-ONLY] done\r\n\
    * 1 FETCH (UID 3 RFC822.SIZE 5 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" \
    BODY[HEADER.FIELDS (MESSAGE-ID)] {21}\r\nMessage-ID: <a@b>\r\n\r\n)\r\n\
    * 2 FETCH (UID 4 RFC822.SIZE 4000 BODY[HEADER.FIELDS (MESSAGE-ID)] \"\")\r\n\
    * 3 FETCH (UID 8 RFC822.SIZE 9)\r\nt6 OK done\r\n\
    * SEARCH 3 4 8\r\nt7 OK done\r\n\
    * 1 FETCH (UID 3 RFC822.SIZE 5 BODY[] {5}\r\nfirst)\r\n* 2 EXPUNGE\r\nt8 OK done\r\n";

const EMPTY: &str = "* OK hello\r\n* CAPABILITY IMAP4rev1\r\nt1 OK done\r\nt2 OK in\r\n\
    * CAPABILITY IMAP4rev1\r\nt3 OK done\r\nt4 OK done\r\n* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nt5 OK done\r\n\
    t6 OK done\r\nt7 OK done\r\n";
