//! Cutting JSON into its parts without reading them: the members of an object, the elements of a list. Each part is read
//! by itself afterwards, so that one that is broken costs nothing but itself.

/// The members of an object, each value as it was written; `None` when the text is no object that can be cut. A key that
/// has escapes in it stands as it was written.
pub(super) fn members(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut rest = Rest::of(text);
    rest.expect(b'{')?;
    let mut members = Vec::new();
    if rest.peek()? == b'}' {
        rest.expect(b'}')?;
        return rest.is_over().then_some(members);
    }
    loop {
        if rest.peek()? != b'"' {
            return None;
        }
        let key = rest.value()?;
        rest.expect(b':')?;
        members.push((&key[1..key.len() - 1], rest.value()?));
        match rest.next()? {
            b',' => {}
            b'}' => return rest.is_over().then_some(members),
            _ => return None,
        }
    }
}

/// The elements of a list, each as it was written; `None` when the text is no list that can be cut.
pub(super) fn elements(text: &str) -> Option<Vec<&str>> {
    let mut rest = Rest::of(text);
    rest.expect(b'[')?;
    let mut elements = Vec::new();
    if rest.peek()? == b']' {
        rest.expect(b']')?;
        return rest.is_over().then_some(elements);
    }
    loop {
        elements.push(rest.value()?);
        match rest.next()? {
            b',' => {}
            b']' => return rest.is_over().then_some(elements),
            _ => return None,
        }
    }
}

/// What is not cut yet.
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Rest<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text: text.trim_start_matches('\u{feff}'),
            at: 0,
        }
    }

    /// The next byte that is no white space, which stays.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let found = self.peek()?;
        self.at += 1;
        Some(found)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    fn is_over(&mut self) -> bool {
        self.peek().is_none()
    }

    /// One value, from its first to its last character.
    fn value(&mut self) -> Option<&'a str> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => self.skip_text()?,
            b'{' | b'[' => self.skip_nested()?,
            _ => {
                let rest = &self.text.as_bytes()[start..];
                let ends = |byte: &u8| b",]}:".contains(byte) || byte.is_ascii_whitespace();
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
            }
        }
        (self.at > start).then(|| &self.text[start..self.at])
    }

    fn skip_text(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        self.at += 1;
        loop {
            match bytes.get(self.at)? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.text.as_bytes().get(self.at)? {
                b'"' => {
                    self.skip_text()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_as_they_were_written() {
        let text = r#" {"batch": [ {"a":"}]\""}, 7 ,"x" , [1,[2]] ] , "sentAt":"now", "n": null} "#;
        let found = members(text).unwrap();
        assert_eq!(found[1], ("sentAt", "\"now\""));
        assert_eq!(found[2], ("n", "null"));
        assert_eq!(
            elements(found[0].1).unwrap(),
            [r#"{"a":"}]\""}"#, "7", "\"x\"", "[1,[2]]"]
        );
        assert_eq!(members("{}"), Some(Vec::new()));
        assert_eq!(elements("[]"), Some(Vec::new()));
    }

    #[test]
    fn what_is_broken_is_no_object_and_never_a_panic() {
        for broken in [
            "",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "[1",
            "[1,",
            "x",
            "{\"a\":\"\\",
            "{}x",
            "[}",
            "{]",
            "\"",
            "[\"\\",
        ] {
            assert_eq!(members(broken), None, "{broken}");
            let _ = elements(broken);
        }
    }
}
