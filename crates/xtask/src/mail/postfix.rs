//! Postfix: takes mail from this machine, hands `world.test` to Dovecot and `r0.test` and so on to receivers of tests.

use super::dovecot;
use super::folder::{self, Folder};
use crate::failure::{Failure, Outcome};
use crate::programs;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

/// Where it listens, and where it delivers to.
pub(super) struct Ports {
    pub(super) smtp: u16,
    /// STARTTLS and a password.
    pub(super) submission: u16,
    pub(super) receivers: Vec<u16>,
}

impl Ports {
    pub(super) fn find(receivers: usize) -> Result<Self, Failure> {
        Ok(Self {
            smtp: programs::free_port()?,
            submission: programs::free_port()?,
            receivers: reserved(receivers)?,
        })
    }
}

/// Ports for later, from below those that the system gives to connections: nobody takes them meanwhile.
fn reserved(count: usize) -> Result<Vec<u16>, Failure> {
    let first = 20_000 + u16::try_from(std::process::id() % 8_000).unwrap_or(0);
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let ports: Vec<u16> = (first..30_000).filter(is_free).take(count).collect();
    if ports.len() < count {
        return Err(Failure::new("no free ports for receivers"));
    }
    Ok(ports)
}

/// Writes the configuration and answers with the command that runs it.
pub(super) fn command(folder: &Folder, ports: &Ports, dovecot: &dovecot::Ports) -> Result<Command, Failure> {
    let program = super::postfix_program().ok_or_else(|| Failure::new("no Postfix on this machine"))?;
    write(folder, ports, dovecot)?;
    let mut command = Command::new(program);
    command.arg("-c").arg(folder.file("postfix")).arg("start-fg");
    Ok(command)
}

/// Stops it: what we started is a script, whose end ends nothing.
pub(super) fn stop(folder: &Folder) -> Outcome {
    let program = super::postfix_program().ok_or_else(|| Failure::new("no Postfix on this machine"))?;
    let mut command = Command::new(program);
    command.arg("-c").arg(folder.file("postfix")).arg("stop");
    programs::output(command).map(|_| ())
}

fn write(folder: &Folder, ports: &Ports, dovecot: &dovecot::Ports) -> Outcome {
    let owner = folder::account("postfix")?;
    folder.sub("postfix", folder::own()?)?;
    folder.sub("spool", folder::own()?)?;
    folder.sub("data", owner)?;
    fs::File::create(folder.file("postfix.log"))?;
    folder.write("postfix/main.cf", &settings(folder, ports, dovecot))?;
    folder.write("postfix/master.cf", &services(ports))
}

fn settings(folder: &Folder, ports: &Ports, dovecot: &dovecot::Ports) -> String {
    let path = folder.path().display();
    let receivers: Vec<String> = ports
        .receivers
        .iter()
        .enumerate()
        .map(|(at, port)| format!("{{ r{at}.test = lmtp:inet:127.0.0.1:{port} }}"))
        .collect();
    let (receivers, lmtp, auth) = (receivers.join(", "), dovecot.lmtp, dovecot.auth);
    format!(
        "compatibility_level = 3.6
queue_directory = {path}/spool
data_directory = {path}/data
maillog_file = {path}/postfix.log
maillog_file_prefixes = {path}
mail_owner = postfix
myhostname = mx.world.test
mydestination =
alias_maps =
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = world.test
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
transport_maps = inline:{{ {receivers} }}
default_transport = error:5.1.2 nothing leaves this machine
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
message_size_limit = 20000000
smtpd_tls_cert_file = {path}/server.pem
smtpd_tls_key_file = {path}/server.key
smtpd_tls_security_level = may
lmtp_tls_security_level = may
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
"
    )
}

fn services(ports: &Ports) -> String {
    let Ports { smtp, submission, .. } = ports;
    format!(
        "127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
    )
}
