//! Handing a mail to a server for sending (RFC 6409): what became of it is known for each recipient, or known to be unknown.
//!
//! A mail goes in two steps. [`Client::offer`] says from whom and to whom and sends the content, but not the dot that ends
//! it: up to there nothing is sent, whatever happens. [`Offered::hand_over`] sends the dot, and from then on only the
//! server's answer says whether the mail is its own: if none comes, it is unknown, and must not be sent again by itself.
//! Between both steps the caller can note that it is about to hand over.

mod enter;
mod reply;

pub use enter::Entry;
pub use reply::Reply;

use crate::wire::{Wire, WireError};

/// Why nothing could be handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The connection.
    #[error("{0}")]
    Wire(#[from] WireError),
    /// The other side does not speak SMTP.
    #[error("the other side does not speak SMTP")]
    NotSmtp,
    /// The server offers no STARTTLS.
    #[error("the server offers no encryption at this port")]
    NoStartTls,
    /// The server takes no password by a way that we know.
    #[error("the server takes no password over this connection")]
    NoWayIn,
    /// The server says that the password must be one for programs.
    #[error("the server wants a password for programs")]
    AppPassword,
    /// Name or password are wrong.
    #[error("the server refused name and password")]
    BadCredentials,
    /// The server takes no tokens, or by no way that we know.
    #[error("the server takes no token over this connection")]
    TokenNotTaken,
    /// The server does not take the token, with its words.
    #[error("the server refused the token: {0}")]
    TokenRefused(String),
    /// The server refused us, with its words.
    #[error("the server refused ({code})", code = .0.code)]
    Refused(Reply),
    /// An address can't be written in a command.
    #[error("an address can't be written")]
    BadAddress,
}

/// How many times longer than others the last answer is waited for, since giving up makes it unknown (RFC 5321 4.5.3.2.6
/// wants ten minutes).
const LAST: u32 = 10;

/// A mail with whom it goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parcel<'a> {
    /// Where reports go; empty for mails of machines.
    pub from: &'a str,
    /// To whom, each once.
    pub to: &'a [String],
    /// Its bytes, with CR LF.
    pub raw: &'a [u8],
}

/// What became of a mail for one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The server has taken it and answers for it.
    Accepted(Reply),
    /// The server refused it: for now or for good, by its code.
    Refused(Reply),
    /// Nothing was handed over.
    NotSent,
    /// The connection ended in the one moment in which nobody can know.
    Unknown,
}

/// A conversation with a server, after getting in.
pub struct Client {
    wire: Wire,
    /// Words of its answer to EHLO, in capitals.
    abilities: Vec<String>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}

/// A mail whose content the server has, and which is not yet handed over.
#[derive(Debug)]
pub struct Offered<'a> {
    client: &'a mut Client,
    fates: Vec<Option<Reply>>,
}

impl Client {
    /// Whether the server has an ability, such as `SMTPUTF8`.
    pub fn can(&self, ability: &str) -> bool {
        self.words(ability).is_some()
    }

    /// What the server says of an ability, such as the mechanisms of `AUTH`.
    fn words(&self, ability: &str) -> Option<&str> {
        let mut lines = self.abilities.iter();
        lines.find_map(|line| {
            let (word, rest) = line.split_once([' ', '=']).unwrap_or((line, ""));
            (word == ability).then_some(rest)
        })
    }

    /// Says from whom and to whom, and sends the content without its end. Answers with what each recipient's answer was if
    /// no one was taken: then it is over.
    ///
    /// # Errors
    /// The connection's, in which case nothing is sent, and [`SubmitError::BadAddress`].
    pub async fn offer(&mut self, parcel: Parcel<'_>) -> Result<Result<Offered<'_>, Vec<Fate>>, SubmitError> {
        let addresses = std::iter::once(parcel.from).chain(parcel.to.iter().map(String::as_str));
        for address in addresses.clone() {
            if !is_writable(address) {
                return Err(SubmitError::BadAddress);
            }
        }
        let refused = |reply: Reply| Ok(Err(vec![Fate::Refused(reply); parcel.to.len()]));
        let needs_utf8 = addresses.clone().any(|address| !address.is_ascii());
        if needs_utf8 && !self.can("SMTPUTF8") {
            return refused(ours(553, "5.6.7", "The server takes no addresses beyond ASCII"));
        }
        let most: Option<usize> = self.words("SIZE").and_then(|size| size.trim().parse().ok());
        if most.is_some_and(|most| most > 0 && parcel.raw.len() > most) {
            return refused(ours(552, "5.3.4", "Larger than the server takes"));
        }
        let reply = self.ask(&self.sender(parcel, needs_utf8)).await?;
        if !reply.is_good() {
            self.reset().await?;
            return refused(reply);
        }
        let mut fates = Vec::new();
        for to in parcel.to {
            let reply = self.ask(&format!("RCPT TO:<{to}>")).await?;
            fates.push((!reply.is_good()).then_some(reply));
        }
        if fates.iter().all(Option::is_some) {
            self.reset().await?;
            return Ok(Err(fates.into_iter().flatten().map(Fate::Refused).collect()));
        }
        let reply = self.ask("DATA").await?;
        if reply.code != 354 {
            self.reset().await?;
            let fate = |known: Option<Reply>| Fate::Refused(known.unwrap_or_else(|| reply.clone()));
            return Ok(Err(fates.into_iter().map(fate).collect()));
        }
        self.wire.send(&stuffed(parcel.raw)).await?;
        Ok(Ok(Offered { client: self, fates }))
    }

    /// Whether the server takes an address as the sender of a mail and as its recipient; its answer where it does not. Nothing is
    /// sent.
    ///
    /// # Errors
    /// The connection's, and [`SubmitError::BadAddress`].
    pub async fn takes(&mut self, address: &str) -> Result<Result<(), Reply>, SubmitError> {
        if !is_writable(address) || !address.is_ascii() {
            return Err(SubmitError::BadAddress);
        }
        let mut answer = Ok(());
        for command in [format!("MAIL FROM:<{address}>"), format!("RCPT TO:<{address}>")] {
            let reply = self.ask(&command).await?;
            if !reply.is_good() {
                answer = Err(reply);
                break;
            }
        }
        self.reset().await?;
        Ok(answer)
    }

    fn sender(&self, parcel: Parcel<'_>, needs_utf8: bool) -> String {
        let mut command = format!("MAIL FROM:<{}>", parcel.from);
        if self.can("SIZE") {
            command.push_str(&format!(" SIZE={}", parcel.raw.len()));
        }
        if self.can("8BITMIME") && !parcel.raw.is_ascii() {
            command.push_str(" BODY=8BITMIME");
        }
        if needs_utf8 {
            command.push_str(" SMTPUTF8");
        }
        command
    }

    /// Ends the conversation.
    pub async fn leave(mut self) {
        // Nothing depends on it.
        let _ = self.ask("QUIT").await;
    }

    async fn reset(&mut self) -> Result<(), SubmitError> {
        self.ask("RSET").await.map(|_| ())
    }

    async fn ask(&mut self, command: &str) -> Result<Reply, SubmitError> {
        self.wire.send(format!("{command}\r\n").as_bytes()).await?;
        reply::read(&mut self.wire).await
    }
}

impl Offered<'_> {
    /// Sends the end of the mail and waits for the answer. Each recipient has a fate, in their order: what was refused
    /// before stays refused, the others share the answer.
    pub async fn hand_over(self) -> Vec<Fate> {
        let end = async {
            self.client.wire.send(b".\r\n").await?;
            let wait = self.client.wire.patience() * LAST;
            reply::read_within(&mut self.client.wire, wait).await
        };
        let fate = match end.await {
            Ok(reply) if reply.is_good() => Fate::Accepted(reply),
            Ok(reply) => Fate::Refused(reply),
            // The dot may have arrived although sending it failed here.
            Err(_) => Fate::Unknown,
        };
        let of = |refused: Option<Reply>| refused.map_or_else(|| fate.clone(), Fate::Refused);
        self.fates.into_iter().map(of).collect()
    }
}

/// Hands one mail over. What fails before the end is sent is [`Fate::NotSent`] for everybody.
pub async fn send(client: &mut Client, parcel: Parcel<'_>) -> Vec<Fate> {
    match client.offer(parcel).await {
        Ok(Ok(offered)) => offered.hand_over().await,
        Ok(Err(fates)) => fates,
        Err(_) => vec![Fate::NotSent; parcel.to.len()],
    }
}

fn ours(code: u16, enhanced: &str, said: &str) -> Reply {
    Reply {
        code,
        enhanced: Some(enhanced.to_owned()),
        said: said.to_owned(),
    }
}

fn is_writable(address: &str) -> bool {
    address.len() <= 320
        && !address
            .chars()
            .any(|letter| letter.is_control() || letter.is_whitespace() || letter == '<' || letter == '>')
}

/// The content with a dot before each dot that begins a line, every line ended by CR LF (RFC 5321 4.5.2). A line end that
/// is half becomes whole: a server could take it for the end of the mail, and another not.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 50 + 2);
    let mut is_begin = true;
    let mut bytes = raw.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\r' | b'\n' => {
                if byte == b'\r' && bytes.peek() == Some(&b'\n') {
                    bytes.next();
                }
                out.extend_from_slice(b"\r\n");
                is_begin = true;
            }
            byte => {
                if is_begin && byte == b'.' {
                    out.push(b'.');
                }
                out.push(byte);
                is_begin = false;
            }
        }
    }
    if !is_begin {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_mail_can_end_it() {
        assert_eq!(stuffed(b".\r\n..\r\nx"), b"..\r\n...\r\nx\r\n");
        assert_eq!(stuffed(b"a\n.\nb\r.\rc\r\n"), b"a\r\n..\r\nb\r\n..\r\nc\r\n");
        assert_eq!(stuffed(b"a\r\r\n.\r\n"), b"a\r\n\r\n..\r\n");
        assert!(!is_writable("a@b>\r\nRCPT TO:<x@y") && !is_writable("a b@c") && is_writable(""));
    }
}
