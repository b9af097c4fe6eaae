//! Values on their way into a statement and out of a row: text, 64-bit integer, boolean, double, bytes, or null.
//!
//! Nothing else crosses, so that both databases store and give back the same. Ids are bytes, times are integers,
//! JSON is text.

use std::borrow::Cow;

use uuid::Uuid;

use crate::clock::Timestamp;

/// One parameter or one column, borrowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A text; without NUL characters, which PostgreSQL refuses and so we do on both.
    Text(Cow<'a, str>),
    /// An integer of 64 bits.
    Int(i64),
    /// True or false; an integer 1 or 0 in SQLite.
    Bool(bool),
    /// A double.
    Real(f64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A list of values of one type: `in rarray($1)` in SQLite, `= any($1)` in PostgreSQL. Only as a parameter.
    List(Vec<Value<'a>>),
}

/// A column held another type than the one asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct ColumnError {
    /// What was asked for.
    pub expected: &'static str,
    /// What was there: the type's name, never the value.
    pub found: &'static str,
}

impl Value<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Text(_) => "text",
            Self::Int(_) => "an integer",
            Self::Bool(_) => "a boolean",
            Self::Real(_) => "a double",
            Self::Bytes(_) => "bytes",
            Self::List(_) => "a list",
        }
    }

    /// How many values a list has; none for anything else.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Self::List(values) => Some(values.len()),
            _ => None,
        }
    }

    /// The error of a column that is not `expected`.
    pub fn is_not(&self, expected: &'static str) -> ColumnError {
        ColumnError {
            expected,
            found: self.kind(),
        }
    }
}

/// What can be a parameter of a statement.
pub trait ToParam {
    /// This value as the database takes it.
    fn to_param(&self) -> Value<'_>;
}

/// What can be read from a column.
pub trait FromColumn: Sized {
    /// Reads the column.
    ///
    /// # Errors
    /// [`ColumnError`] when the column holds another type.
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError>;
}

/// The parameters of a statement: `params![workspace, id, "open"]`, in the order of `$1`, `$2`, ….
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::db::ToParam::to_param(&$value)),*]
    };
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Value<'_> {
        (**self).to_param()
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToParam::to_param)
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        if column == Value::Null {
            Ok(None)
        } else {
            T::from_column(column).map(Some)
        }
    }
}

impl<T: ToParam> ToParam for [T] {
    fn to_param(&self) -> Value<'_> {
        Value::List(self.iter().map(ToParam::to_param).collect())
    }
}

impl<'a> Value<'a> {
    /// A list with a value of each of `rows`.
    pub fn list<T>(rows: &'a [T], value: impl Fn(&'a T) -> Value<'a>) -> Self {
        Self::List(rows.iter().map(value).collect())
    }
}

impl ToParam for Value<'_> {
    fn to_param(&self) -> Value<'_> {
        self.clone()
    }
}

macro_rules! plain {
    ($($type:ty, $self:ident => $param:expr, $expected:literal, $pattern:pat => $read:expr;)*) => {$(
        impl ToParam for $type {
            fn to_param(&self) -> Value<'_> {
                let $self = self;
                $param
            }
        }
        impl FromColumn for $type {
            fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
                match column {
                    $pattern => Ok($read),
                    other => Err(other.is_not($expected)),
                }
            }
        }
    )*};
}

plain! {
    String, it => Value::Text(Cow::Borrowed(it)), "text", Value::Text(text) => text.into_owned();
    i64, it => Value::Int(*it), "an integer", Value::Int(number) => number;
    Vec<u8>, it => Value::Bytes(it), "bytes", Value::Bytes(bytes) => bytes.to_vec();
    Timestamp, it => Value::Int(it.0), "an integer", Value::Int(micros) => Timestamp(micros);
}

impl ToParam for f64 {
    fn to_param(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl FromColumn for f64 {
    /// Whole numbers are taken too: in SQLite `coalesce(weight, 0)` is one.
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match column {
            Value::Real(number) => Ok(number),
            Value::Int(number) => Ok(number as Self),
            other => Err(other.is_not("a double")),
        }
    }
}

impl ToParam for str {
    fn to_param(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl ToParam for [u8] {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> ToParam for [u8; N] {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

impl FromColumn for bool {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match column {
            Value::Bool(answer) => Ok(answer),
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => Err(other.is_not("a boolean")),
        }
    }
}

impl ToParam for Uuid {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self.as_bytes())
    }
}

impl FromColumn for Uuid {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match column {
            Value::Bytes(bytes) => {
                Self::from_slice(bytes).map_err(|_| column.is_not("the 16 bytes of an id"))
            }
            other => Err(other.is_not("the 16 bytes of an id")),
        }
    }
}
