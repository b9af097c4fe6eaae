//! Waiting for mail: IDLE (RFC 2177), begun again before the server loses patience, or a question now and then.

use super::answer::Answer;
use super::{Client, ImapError, SMALL};
use crate::wire::WireError;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// Servers may end what was idle for half an hour (RFC 2177); some do it much earlier.
const AGAIN: Duration = Duration::from_secs(9 * 60);

/// Why the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Woken {
    /// There is mail, or something else in the folder has changed.
    Mail,
    /// Nothing has happened.
    Nothing,
}

impl Client {
    /// Waits until something happens in the open folder, at most so long. Where the server has no IDLE it is asked at
    /// intervals of `poll`.
    ///
    /// # Errors
    /// [`ImapError`]; then the conversation is over.
    pub async fn wait(&mut self, most: Duration, poll: Duration) -> Result<Woken, ImapError> {
        let end = Instant::now() + most;
        let before = self.exists;
        while Instant::now() < end {
            let left = end.saturating_duration_since(Instant::now());
            let woken = if self.can("IDLE") {
                self.idle(left.min(AGAIN)).await?
            } else {
                sleep_until(Instant::now() + left.min(poll)).await;
                self.ask("NOOP", |_| ()).await?;
                Woken::Nothing
            };
            if woken == Woken::Mail || self.exists != before {
                return Ok(Woken::Mail);
            }
        }
        Ok(Woken::Nothing)
    }

    /// One IDLE.
    async fn idle(&mut self, most: Duration) -> Result<Woken, ImapError> {
        let tag = self.start("IDLE").await?;
        loop {
            match self.next(SMALL).await? {
                Answer::Continue(_) => break,
                Answer::Status {
                    tag: Some(known),
                    verdict,
                    code,
                    said,
                } if known == tag => {
                    return super::done(verdict, code, said).and(Err(ImapError::Odd));
                }
                _ => {}
            }
        }
        let end = Instant::now() + most;
        let mut woken = Woken::Nothing;
        while woken == Woken::Nothing && Instant::now() < end {
            let left = end.saturating_duration_since(Instant::now());
            match self.next_within(SMALL, left).await {
                Ok(Answer::Data(values)) => {
                    let is = |word: &str| values.get(1).is_some_and(|value| value.is(word));
                    if is("EXISTS") || is("EXPUNGE") || is("FETCH") || is("RECENT") {
                        woken = Woken::Mail;
                    }
                }
                // "* OK Still here" and the like.
                Ok(_) => {}
                Err(ImapError::Wire(WireError::TooLate)) => break,
                Err(error) => return Err(error),
            }
        }
        self.wire.send(b"DONE\r\n").await?;
        self.finish(&tag, |_| ()).await?;
        Ok(woken)
    }
}
