//! The relaxed form of fields and bodies (RFC 6376 3.4.2 and 3.4.4): what relays do to white space changes nothing in it.

/// Where the header ends: behind the empty line, or at the end of what there is.
pub(crate) fn header_end(raw: &[u8]) -> usize {
    let mut start = 0;
    while start < raw.len() {
        let end = raw[start..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(raw.len(), |at| start + at + 1);
        let line = &raw[start..end];
        if line == b"\r\n" || line == b"\n" {
            return end;
        }
        start = end;
    }
    raw.len()
}

/// The fields of a header: names and values as they stand, values with their folding and without the line's end.
pub(super) fn fields(header: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut fields = Vec::new();
    let mut start = 0;
    while start < header.len() {
        let mut end = start;
        loop {
            end = header[end..]
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(header.len(), |at| end + at + 1);
            if !header.get(end).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
                break;
            }
        }
        let field = header[start..end].trim_ascii_end();
        if let Some(colon) = field.iter().position(|byte| *byte == b':') {
            fields.push((&field[..colon], &field[colon + 1..]));
        }
        start = end;
    }
    fields
}

/// One field in its relaxed form, without an end of line.
pub(super) fn field(name: &[u8], value: &[u8]) -> Vec<u8> {
    let mut relaxed = name.trim_ascii().to_ascii_lowercase();
    relaxed.push(b':');
    let unfolded: Vec<u8> = value
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, b'\r' | b'\n'))
        .collect();
    squeeze(unfolded.trim_ascii(), &mut relaxed);
    relaxed
}

/// A body in its relaxed form: no white space at the ends of lines, one space for several, no empty lines at the end.
pub(crate) fn body(raw: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(raw.len());
    let mut used = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let end = line
            .iter()
            .rposition(|byte| !matches!(byte, b' ' | b'\t'))
            .map_or(0, |at| at + 1);
        squeeze(&line[..end], &mut relaxed);
        relaxed.extend_from_slice(b"\r\n");
        if end > 0 {
            used = relaxed.len();
        }
    }
    relaxed.truncate(used);
    relaxed
}

/// Spaces and tabs in a row become one space.
fn squeeze(line: &[u8], into: &mut Vec<u8>) {
    let mut was_space = false;
    for byte in line {
        let is_space = matches!(byte, b' ' | b'\t');
        if !is_space {
            into.push(*byte);
        } else if !was_space {
            into.push(b' ');
        }
        was_space = is_space;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_comes_out_as_printed() {
        // RFC 6376 3.4.5.
        let raw = b"A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";
        let end = header_end(raw);
        let header: Vec<Vec<u8>> = fields(&raw[..end])
            .iter()
            .map(|(name, value)| field(name, value))
            .collect();
        assert_eq!(header, [b"a:X".to_vec(), b"b:Y Z".to_vec()]);
        assert_eq!(body(&raw[end..]), b" C\r\nD E\r\n");
    }

    #[test]
    fn lines_of_white_space_at_the_end_are_empty_lines() {
        assert_eq!(body(b"x\r\n \t\r\n\r\n  \r\n"), b"x\r\n");
        assert_eq!(body(b" \r\n\r\n"), b"");
        assert_eq!(body(b""), b"");
        assert_eq!(body(b"x"), b"x\r\n");
    }
}
