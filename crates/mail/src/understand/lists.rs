//! Who wrote what a mailing list or a group passes on under its own address.
//!
//! Where a domain forbids others to write in its name (DMARC), lists put their own address into From and name the writer
//! elsewhere: Google's groups in `X-Original-From` and `X-Original-Sender`, Mailman in Reply-To.

use super::Message;
use super::limits::Limits;
use super::trouble::Troubles;
use super::values::{self, Address};

/// Fields in which groups name the writer, the one with the name first.
const ORIGINAL: [&str; 2] = ["X-Original-From", "X-Original-Sender"];

impl Message {
    /// Who wrote this, where a list says that its own address stands in From for somebody else's. It is a claim of whoever sent
    /// the mail.
    pub fn behind_list(&self) -> Option<Address> {
        let [list] = self.from.as_slice() else {
            return None;
        };
        let is_other = |one: &Address| !one.address.eq_ignore_ascii_case(&list.address);
        let named = ORIGINAL.iter().find_map(|name| self.named(name));
        named
            .or_else(|| self.answered_behind(list, is_other))
            .filter(is_other)
    }

    /// The address in a field.
    fn named(&self, field: &str) -> Option<Address> {
        let value = self.field(field)?;
        let found = values::addresses(value.as_bytes(), &Limits::default(), &mut Troubles::default());
        found.into_iter().next()
    }

    /// Where answers go, if that is not the list whose address is in From.
    fn answered_behind(&self, list: &Address, is_other: impl Fn(&Address) -> bool) -> Option<Address> {
        self.field("List-Id")?;
        let post = self.field("List-Post").unwrap_or_default().to_ascii_lowercase();
        let is_lists = post.contains(&list.address.to_ascii_lowercase()) || list.name.contains(" via ");
        let mut others = self.reply_to.iter().filter(|one| is_other(one));
        others.next().filter(|_| is_lists).cloned()
    }
}

#[cfg(test)]
mod tests {
    use crate::understand::{Limits, understand};
    use jiff::Timestamp;

    fn behind(header: &str) -> Option<String> {
        let raw = format!("{header}\nTo: x@desk.example\n\nHi");
        let message = understand(raw.as_bytes(), Timestamp::UNIX_EPOCH, &Limits::default());
        message.behind_list().map(|one| one.address)
    }

    #[test]
    fn a_list_that_writes_its_own_address_names_the_writer() {
        let group = "From: 'Ada' via Users <users@list.example>";
        let mailman = "List-Id: <users.list.example>\nList-Post: <mailto:users@list.example>";
        for header in [
            format!("{group}\nX-Original-From: Ada <ada@example.com>"),
            format!("{group}\nX-Original-Sender: ada@example.com"),
            format!("{group}\nX-Original-From: \"Lovelace, Ada\" <ada@example.com>"),
            format!("{group}\nList-Id: <users.list.example>\nReply-To: Ada <ada@example.com>"),
            format!("From: Users <users@list.example>\n{mailman}\nReply-To: Ada <ada@example.com>"),
            format!(
                "From: Users <users@list.example>\n{mailman}\nReply-To: Users <users@list.example>, Ada <ada@example.com>"
            ),
        ] {
            assert_eq!(behind(&header).as_deref(), Some("ada@example.com"), "{header}");
        }
    }

    #[test]
    fn who_stands_in_from_wrote_what_is_only_passed_on() {
        let from = "From: Ada <ada@example.com>";
        for header in [
            from.to_owned(),
            format!("{from}\nResent-From: Bob <bob@example.org>\nResent-To: help@desk.example"),
            format!("{from}\nX-Original-Sender: ADA@example.com\nList-Id: <users.list.example>"),
            format!("{from}\nReply-To: boss@example.com"),
            format!("{from}\nList-Id: <users.list.example>\nList-Post: <mailto:users@list.example>\nReply-To: users@list.example"),
            "From: Users <users@list.example>\nList-Id: <users.list.example>\nList-Post: <mailto:users@list.example>\nReply-To: \
             users@list.example"
                .to_owned(),
            "From: a@example.com, b@example.com\nX-Original-From: ada@example.com".to_owned(),
        ] {
            assert_eq!(behind(&header), None, "{header}");
        }
    }
}
