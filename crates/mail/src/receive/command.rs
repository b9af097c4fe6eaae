//! One command line.

/// What the other side wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// HELO, EHLO or LHLO: the verb in capitals.
    Hello(&'static str, String),
    /// MAIL FROM, with the size it announces.
    Mail {
        from: String,
        size: Option<u64>,
    },
    /// RCPT TO.
    Recipient(String),
    Data,
    Reset,
    Nothing,
    Verify,
    /// STARTTLS.
    Encrypt,
    Quit,
    /// Known and not offered, or not known.
    Unknown,
    /// Known, and said wrongly.
    Odd,
}

/// Longest path (RFC 5321 4.5.3.1.3 with room for long signed addresses).
const LONGEST_PATH: usize = 400;

pub(super) fn read(line: &str) -> Command {
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match verb.to_ascii_uppercase().as_str() {
        "HELO" if !rest.is_empty() => Command::Hello("HELO", rest.to_owned()),
        "EHLO" if !rest.is_empty() => Command::Hello("EHLO", rest.to_owned()),
        "LHLO" if !rest.is_empty() => Command::Hello("LHLO", rest.to_owned()),
        "HELO" | "EHLO" | "LHLO" => Command::Odd,
        "MAIL" => mail(rest),
        "RCPT" => match path(rest, "TO:") {
            Some((to, _)) if !to.is_empty() => Command::Recipient(to),
            _ => Command::Odd,
        },
        "DATA" if rest.is_empty() => Command::Data,
        "RSET" if rest.is_empty() => Command::Reset,
        "STARTTLS" if rest.is_empty() => Command::Encrypt,
        "DATA" | "RSET" | "STARTTLS" => Command::Odd,
        "NOOP" => Command::Nothing,
        "VRFY" => Command::Verify,
        "QUIT" => Command::Quit,
        _ => Command::Unknown,
    }
}

fn mail(rest: &str) -> Command {
    let Some((from, parameters)) = path(rest, "FROM:") else {
        return Command::Odd;
    };
    let mut size = None;
    for parameter in parameters.split_ascii_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" => match value.parse() {
                Ok(bytes) => size = Some(bytes),
                Err(_) => return Command::Odd,
            },
            "BODY" | "SMTPUTF8" | "RET" | "ENVID" | "AUTH" => {}
            _ => return Command::Odd,
        }
    }
    Command::Mail { from, size }
}

/// `FROM:<a@b> …`: the path without brackets and source route, and what stands behind.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(String, &'a str)> {
    let start = rest.get(..keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let rest = rest[keyword.len()..].trim_start().strip_prefix('<')?;
    let end = closing(rest)?;
    let inner = &rest[..end];
    let inner = match inner.strip_prefix('@') {
        Some(route) => route.split_once(':')?.1,
        None => inner,
    };
    let is_plain = !inner
        .chars()
        .any(|letter| letter.is_control() || letter == '<' || letter == '>');
    let is_path = inner.is_empty() || inner.eq_ignore_ascii_case("postmaster") || inner.contains('@');
    (is_plain && is_path && inner.len() <= LONGEST_PATH).then(|| (inner.to_owned(), &rest[end + 1..]))
}

/// The `>` outside quotes.
fn closing(rest: &str) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, letter) in rest.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return Some(at),
            _ => {}
        }
    }
    None
}
