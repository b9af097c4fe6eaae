//! Events as a Parquet file, and a file as events: the columns of `docs/lake.md`, packed with Zstandard, in one row group.

use std::sync::Arc;

use axum::body::Bytes;
use kit::clock::Timestamp;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use super::Row;
use super::raw::{apart, together};
use crate::usage::log::{Header, Logged};
use crate::usage::sources::SourceId;

/// How hard columns are packed.
const LEVEL: i32 = 3;

/// What a column has in it, and at which place of [`Cells`] it stands.
#[derive(Clone, Copy, Debug)]
enum Column {
    Text(usize),
    Time(usize),
}

const TEXTS: usize = 14;
const TIMES: usize = 4;

/// The columns, in the order of the file. What is added later goes to the end.
const COLUMNS: [(&str, Column); TEXTS + TIMES] = [
    ("message_id", Column::Text(0)),
    ("kind", Column::Text(1)),
    ("event", Column::Text(2)),
    ("user_id", Column::Text(3)),
    ("anonymous_id", Column::Text(4)),
    ("group_id", Column::Text(5)),
    ("previous_id", Column::Text(6)),
    ("name", Column::Text(7)),
    ("email", Column::Text(8)),
    ("timestamp", Column::Time(0)),
    ("original_timestamp", Column::Time(1)),
    ("sent_at", Column::Time(2)),
    ("received_at", Column::Time(3)),
    ("properties", Column::Text(9)),
    ("traits", Column::Text(10)),
    ("context", Column::Text(11)),
    ("other", Column::Text(12)),
    ("source_id", Column::Text(13)),
];

/// A row of a file.
#[derive(Clone, Debug, Default)]
struct Cells {
    texts: [Option<String>; TEXTS],
    times: [Option<i64>; TIMES],
}

/// The file of these rows.
///
/// # Errors
/// What the writer can't write.
pub(super) fn written(rows: &[Row]) -> Result<Bytes, ParquetError> {
    let cells: Vec<Cells> = rows.iter().map(Cells::of).collect();
    let schema = Arc::new(parse_message_type(&schema())?);
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties()?))?;
    let mut group = writer.next_row_group()?;
    for (name, kind) in COLUMNS {
        let Some(mut column) = group.next_column()? else {
            return Err(ParquetError::General(format!("there is no column {name}")));
        };
        match kind {
            Column::Text(at) => {
                let (values, levels) =
                    filled(&cells, |cells| cells.texts[at].as_deref().map(ByteArray::from));
                column
                    .typed::<ByteArrayType>()
                    .write_batch(&values, Some(&levels), None)?;
            }
            Column::Time(at) => {
                let (values, levels) = filled(&cells, |cells| cells.times[at]);
                column
                    .typed::<Int64Type>()
                    .write_batch(&values, Some(&levels), None)?;
            }
        }
        column.close()?;
    }
    group.close()?;
    Ok(writer.into_inner()?.into())
}

/// The rows of a file, in its order.
///
/// # Errors
/// What is no file of ours.
pub(super) fn read(content: Bytes) -> Result<Vec<Row>, ParquetError> {
    let reader = SerializedFileReader::new(content)?;
    let mut rows = Vec::new();
    for at in 0..reader.num_row_groups() {
        let group = reader.get_row_group(at)?;
        let count = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        let mut cells = vec![Cells::default(); count];
        for (index, (name, kind)) in COLUMNS.into_iter().enumerate() {
            let mut levels: Vec<i16> = Vec::with_capacity(count);
            match (kind, group.get_column_reader(index)?) {
                (Column::Text(at), ColumnReader::ByteArrayColumnReader(mut column)) => {
                    let mut values: Vec<ByteArray> = Vec::new();
                    column.read_records(count, Some(&mut levels), None, &mut values)?;
                    let mut values = values.iter();
                    for (cells, _) in there(&mut cells, &levels) {
                        let text = values.next().map(ByteArray::as_utf8).transpose()?;
                        cells.texts[at] = text.map(str::to_owned);
                    }
                }
                (Column::Time(at), ColumnReader::Int64ColumnReader(mut column)) => {
                    let mut values: Vec<i64> = Vec::new();
                    column.read_records(count, Some(&mut levels), None, &mut values)?;
                    let mut values = values.into_iter();
                    for (cells, _) in there(&mut cells, &levels) {
                        cells.times[at] = values.next();
                    }
                }
                _ => {
                    return Err(ParquetError::General(format!(
                        "the column {name} is of another kind"
                    )));
                }
            }
        }
        rows.extend(cells.into_iter().filter_map(Cells::row));
    }
    Ok(rows)
}

/// The rows that have something in a column.
fn there<'c>(cells: &'c mut [Cells], levels: &'c [i16]) -> impl Iterator<Item = (&'c mut Cells, &'c i16)> {
    cells.iter_mut().zip(levels).filter(|(_, level)| **level > 0)
}

/// The values of a column, and for each row whether it has one.
fn filled<T>(cells: &[Cells], of: impl Fn(&Cells) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let (mut values, mut levels) = (Vec::with_capacity(cells.len()), Vec::with_capacity(cells.len()));
    for cells in cells {
        let value = of(cells);
        levels.push(i16::from(value.is_some()));
        values.extend(value);
    }
    (values, levels)
}

fn schema() -> String {
    let mut schema = "message usage {\n".to_owned();
    for (name, kind) in COLUMNS {
        let column = match kind {
            Column::Text(_) => format!("  OPTIONAL BYTE_ARRAY {name} (STRING);\n"),
            Column::Time(_) => format!("  OPTIONAL INT64 {name} (TIMESTAMP(MICROS,true));\n"),
        };
        schema.push_str(&column);
    }
    schema.push('}');
    schema
}

fn properties() -> Result<WriterProperties, ParquetError> {
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_created_by("Tandem".to_owned())
        // No two are the same.
        .set_column_dictionary_enabled(ColumnPath::from("message_id"), false);
    for (name, kind) in COLUMNS {
        if let Column::Time(_) = kind {
            builder = builder
                .set_column_dictionary_enabled(ColumnPath::from(name), false)
                .set_column_encoding(ColumnPath::from(name), Encoding::DELTA_BINARY_PACKED);
        }
    }
    Ok(builder.build())
}

impl Cells {
    fn of(row: &Row) -> Self {
        let Logged { header, raw } = &row.event;
        let [properties, traits, context, other] = apart(header, raw);
        Self {
            texts: [
                header.message.clone(),
                Some(header.call.clone()),
                Some(header.name.clone()),
                header.user.clone(),
                header.anonymous.clone(),
                header.group.clone(),
                header.previous.clone(),
                header.title.clone(),
                header.email.clone(),
                properties,
                traits,
                context,
                other,
                Some(row.source.to_string()),
            ],
            times: [
                Some(header.happened),
                header.original,
                header.sent,
                Some(header.received),
            ],
        }
    }

    /// The event; none where a row has no source: we write nothing of the kind.
    fn row(self) -> Option<Row> {
        let [
            message,
            call,
            name,
            user,
            anonymous,
            group,
            previous,
            title,
            email,
            properties,
            traits,
            context,
            other,
            source,
        ] = self.texts;
        let [happened, original, sent, received] = self.times;
        let source: SourceId = source?.parse().ok()?;
        let header = Header {
            call: call?,
            name: name.unwrap_or_default(),
            message,
            user,
            anonymous,
            group,
            previous,
            title,
            email,
            happened: happened?,
            original,
            sent,
            received: received?,
        };
        let raw = together(&header, [properties, traits, context, other]);
        Some(Row {
            source,
            event: Logged { header, raw },
        })
    }
}

/// When the first and the last of some rows came.
pub(super) fn received(rows: &[Row]) -> Option<(Timestamp, Timestamp)> {
    span(rows, |header| header.received)
}

/// When the first and the last of some rows happened.
pub(super) fn happened(rows: &[Row]) -> Option<(Timestamp, Timestamp)> {
    span(rows, |header| header.happened)
}

fn span(rows: &[Row], of: impl Fn(&Header) -> i64) -> Option<(Timestamp, Timestamp)> {
    let first = rows.iter().map(|row| of(&row.event.header)).min()?;
    let last = rows.iter().map(|row| of(&row.event.header)).max()?;
    Some((Timestamp(first), Timestamp(last)))
}

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    #[test]
    fn a_file_gives_back_what_was_written() {
        let rows: Vec<Row> = (0..3_000_i64)
            .map(|n| {
                let header = Header {
                    call: "track".to_owned(),
                    name: if n % 2 == 0 {
                        "Şəkil çəkildi"
                    } else {
                        "Заказ"
                    }
                    .to_owned(),
                    message: (n % 3 > 0).then(|| format!("m-{n}")),
                    user: (n % 5 > 0).then(|| format!("u-{}", n % 7)),
                    anonymous: (n % 5 == 0).then(|| "b-1".to_owned()),
                    group: None,
                    previous: None,
                    title: None,
                    email: None,
                    happened: -n * 1_000_003,
                    original: (n % 4 == 0).then_some(n),
                    sent: None,
                    received: 1_764_000_000_000_000 + n,
                };
                let raw = together(&header, [Some(format!(r#"{{"rows":{n}}}"#)), None, None, None]);
                Row {
                    source: TypedId::from_uuid(Uuid::from_u128(7)),
                    event: Logged { header, raw },
                }
            })
            .collect();
        let file = written(&rows).unwrap();
        assert_eq!(&file[..4], b"PAR1");
        assert_eq!(read(file).unwrap(), rows);
        assert!(read(Bytes::from_static(b"no file")).is_err());
    }
}
