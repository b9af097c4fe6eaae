//! A file as somebody's program wrote it: its dialect is guessed and its rows are the same, however the file comes in pieces.

use kit::csv::{Charset, CsvError, Dialect, LONGEST_CELL, MOST_CELLS, Reader, Record, Sniffer};

/// One file; its first byte is the size of the pieces.
pub fn run(data: &[u8]) {
    let Some((size, file)) = data.split_first() else {
        return;
    };
    let size = 1 + usize::from(*size);
    let mut sniffer = Sniffer::new();
    file.chunks(size).for_each(|piece| sniffer.feed(piece));
    let dialect = sniffer.guess();
    assert!(Dialect::SEPARATORS.contains(&dialect.separator) && Dialect::QUOTES.contains(&dialect.quote));
    assert_eq!(
        dialect.charset.name().parse::<Charset>(),
        Ok(dialect.charset),
        "it is remembered by its name"
    );
    for dialect in [dialect, Dialect::default()] {
        let read = rows(dialect, file, size);
        assert_eq!(
            read,
            rows(dialect, file, file.len().max(1)),
            "pieces make no difference"
        );
        let mut before = 0;
        for record in read.0 {
            assert!(record.row > before, "rows are counted upwards");
            before = record.row;
            assert!((1..=MOST_CELLS).contains(&record.cells.len()));
            let is_good = |cell: &String| cell.len() <= LONGEST_CELL && !cell.contains('\0');
            assert!(record.cells.iter().all(is_good));
        }
    }
}

/// The rows of a file, and what is wrong with the one behind them.
fn rows(dialect: Dialect, file: &[u8], size: usize) -> (Vec<Record>, Result<(), CsvError>) {
    let mut rows = Vec::new();
    let mut each = |record: Record| rows.push(record);
    let mut reader = Reader::new(dialect);
    let fed = file
        .chunks(size)
        .try_for_each(|piece| reader.feed(piece, &mut each));
    let end = fed.and_then(|()| reader.finish(&mut each));
    (rows, end)
}

/// Files of several programs, encodings and habits.
pub fn seeds() -> Vec<Vec<u8>> {
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let mut seeds: Vec<Vec<u8>> = FILES.iter().map(|file| file.to_vec()).collect();
    seeds.push(wide("\u{feff}name;site\r\nЖук;zhuk.ru\r\n"));
    seeds.push(",".repeat(MOST_CELLS + 1).into_bytes());
    seeds
        .iter_mut()
        .zip([3, 0, 200].into_iter().cycle())
        .for_each(|(seed, size)| seed.insert(0, size));
    seeds
}

const FILES: &[&[u8]] = &[
    b"name,website\nAcme,acme.com\n",
    b"a,\"b,\"\"c\"\"\nd\",e\r\nf\r\rg,,\n\n\"h\"",
    b"sep=;\r\na;b\r\n1,5;2\r\n",
    b"'a, b',c\n'd',e\n",
    b"\n\r\nname\tx\r\n\"two\nlines\"\t1\r\rlast\n\n",
    b"a|b\nc|\"open\n",
    b"\xcd\xe0\xe7\xe2\xe0\xed\xe8\xe5;\xc3\xee\xf0\xee\xe4\n\xce\xce\xce;\xcc\xee\xf1\xea\xe2\xe0\n",
    b"\xef\xbb\xbfa\0b,\xff\n",
];
