//! Dovecot: mailboxes of fifty people (`u0@world.test` to `u49@world.test`, password `secret`), by IMAP and LMTP.
//!
//! Tokens open them too (XOAUTH2, OAUTHBEARER): Dovecot asks `tokens` about each.

use super::folder::{self, Folder};
use crate::failure::{Failure, Outcome};
use crate::programs;
use std::process::Command;

const PEOPLE: usize = 50;

/// Where it listens.
pub(super) struct Ports {
    pub(super) imap: u16,
    pub(super) imaps: u16,
    pub(super) lmtp: u16,
    /// Where Postfix asks for passwords.
    pub(super) auth: u16,
    /// Where Dovecot asks about tokens.
    pub(super) tokens: u16,
}

impl Ports {
    pub(super) fn find(tokens: u16) -> Result<Self, Failure> {
        Ok(Self {
            tokens,
            imap: programs::free_port()?,
            imaps: programs::free_port()?,
            lmtp: programs::free_port()?,
            auth: programs::free_port()?,
        })
    }
}

/// Writes the configuration and answers with the command that runs it.
pub(super) fn command(folder: &Folder, ports: &Ports) -> Result<Command, Failure> {
    let program = super::dovecot_program().ok_or_else(|| Failure::new("no Dovecot on this machine"))?;
    let mut ask = Command::new(&program);
    ask.arg("--version");
    let version = programs::output(ask)?;
    write(folder, ports, &version)?;
    let mut command = Command::new(program);
    command.arg("-F").arg("-c").arg(folder.file("dovecot.conf"));
    Ok(command)
}

fn write(folder: &Folder, ports: &Ports, version: &str) -> Outcome {
    // Mail belongs to somebody who is not root, since Dovecot insists.
    let owner = if folder::is_root() {
        folder::account("nobody")?
    } else {
        folder::own()?
    };
    folder.sub("mail", owner)?;
    folder.sub("run", folder::own()?)?;
    let people: Vec<String> = (0..PEOPLE)
        .flat_map(|at| {
            [
                format!("u{at}@world.test:{{PLAIN}}secret::::::"),
                format!("u{at}:{{PLAIN}}secret::::::"),
            ]
        })
        .collect();
    folder.write("people", &format!("{}\n", people.join("\n")))?;
    folder.write("tokens.conf", &tokens(ports))?;
    let text = [
        common(folder, ports),
        accounts()?,
        storage(folder, (owner, ports.tokens), version),
        NO_PENALTY.to_owned(),
    ]
    .concat();
    folder.write("dovecot.conf", &text)
}

fn common(folder: &Folder, ports: &Ports) -> String {
    let path = folder.path().display();
    let Ports {
        imap,
        imaps,
        lmtp,
        auth,
        tokens: _,
    } = ports;
    format!(
        "base_dir = {path}/run
log_path = {path}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
auth_mechanisms = plain login xoauth2 oauthbearer
first_valid_uid = 1
auth_failure_delay = 0
default_vsz_limit = 1G
mail_max_userip_connections = 50
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener passwords {{
    port = {auth}
  }}
}}
"
    )
}

/// Whoever types a wrong password makes nobody else at this address wait.
const NO_PENALTY: &str = "service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
";

/// As somebody else than root everything runs as that one, and nothing in a cage.
fn accounts() -> Result<String, Failure> {
    if folder::is_root() {
        return Ok(String::new());
    }
    let mut ask = Command::new("id");
    ask.arg("-un");
    let name = programs::output(ask)?.trim().to_owned();
    let mut ask = Command::new("id");
    ask.arg("-gn");
    let group = programs::output(ask)?.trim().to_owned();
    let free = ["imap-login", "anvil", "stats", "ipc"]
        .map(|service| format!("service {service} {{\n  chroot =\n}}\n"));
    Ok(format!(
        "default_internal_user = {name}\ndefault_internal_group = {group}\ndefault_login_user = {name}\n{}",
        free.concat()
    ))
}

/// How Dovecot 2.3 asks about tokens.
fn tokens(ports: &Ports) -> String {
    format!(
        "introspection_mode = post
introspection_url = http://127.0.0.1:{}/
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
",
        ports.tokens
    )
}

/// Settings that have other names since 2.4.
fn storage(folder: &Folder, ((user, group), tokens): ((u32, u32), u16), version: &str) -> String {
    let path = folder.path().display();
    if version.starts_with("2.4") {
        return format!(
            "dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = yes
ssl_server_cert_file = {path}/server.pem
ssl_server_key_file = {path}/server.key
mail_driver = maildir
mail_path = ~/Maildir
passdb passwd-file {{
  mechanisms_filter = plain login
  passwd_file_path = {path}/people
}}
passdb oauth2 {{
  mechanisms_filter = xoauth2 oauthbearer
  oauth2 {{
    introspection_mode = post
    introspection_url = http://127.0.0.1:{tokens}/
    force_introspection = yes
    username_attribute = username
    active_attribute = active
    active_value = true
  }}
}}
userdb passwd-file {{
  passwd_file_path = {path}/people
  fields {{
    uid = {user}
    gid = {group}
    home = {path}/mail/%{{user | username}}
  }}
}}
"
        );
    }
    format!(
        "disable_plaintext_auth = no
ssl_cert = <{path}/server.pem
ssl_key = <{path}/server.key
mail_location = maildir:~/Maildir
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {path}/people
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {path}/tokens.conf
}}
userdb {{
  driver = passwd-file
  args = {path}/people
  default_fields = uid={user} gid={group} home={path}/mail/%n
}}
"
    )
}
