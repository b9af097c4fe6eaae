//! Values on PostgreSQL's wire, in its binary form.

use std::borrow::Cow;
use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use crate::db::value::Value;

type Wrong = Box<dyn Error + Sync + Send>;

/// A parameter on its way out.
#[derive(Debug)]
pub(super) struct Bound<'a>(pub(super) &'a Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) if text.contains('\0') => {
                Err("a text must not hold the character U+0000".into())
            }
            Value::Text(text) => fits::<&str>(ty)?.to_sql_as(&text.as_ref(), ty, out),
            Value::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Int(number) => fits::<i64>(ty)?.to_sql_as(number, ty, out),
            Value::Bool(answer) => fits::<bool>(ty)?.to_sql_as(answer, ty, out),
            Value::Real(number) => fits::<f64>(ty)?.to_sql_as(number, ty, out),
            Value::Bytes(bytes) => fits::<&[u8]>(ty)?.to_sql_as(bytes, ty, out),
            Value::List(values) if matches!(ty.kind(), Kind::Array(_)) => {
                values.iter().map(Bound).collect::<Vec<_>>().to_sql(ty, out)
            }
            Value::List(_) => Err(format!("a list given for {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The name of a type in our SQL; of one that is not ours, PostgreSQL's own.
pub(super) fn word(ty: &Type) -> &str {
    match *ty {
        Type::INT8 | Type::INT4 => "bigint",
        Type::BOOL => "boolean",
        Type::FLOAT8 => "double precision",
        Type::BYTEA => "bytea",
        _ if <&str as FromSql>::accepts(ty) => "text",
        _ => ty.name(),
    }
}

struct Fitting<T>(std::marker::PhantomData<T>);

impl<T: ToSql> Fitting<T> {
    fn to_sql_as(&self, value: &T, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Wrong> {
        value.to_sql(ty, out)
    }
}

fn fits<T: ToSql>(ty: &Type) -> Result<Fitting<T>, Wrong> {
    if T::accepts(ty) {
        Ok(Fitting(std::marker::PhantomData))
    } else {
        Err(format!("{} given for {ty}", std::any::type_name::<T>()).into())
    }
}

/// A column on its way in.
struct Read<'a>(Value<'a>);

impl<'a> FromSql<'a> for Read<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Wrong> {
        let value =
            match *ty {
                Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
                Type::INT4 => Value::Int(i64::from(i32::from_sql(ty, raw)?)),
                Type::BOOL => Value::Bool(bool::from_sql(ty, raw)?),
                Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
                Type::BYTEA => Value::Bytes(raw),
                _ if <&str as FromSql>::accepts(ty) => Value::Text(Cow::Borrowed(<&str>::from_sql(ty, raw)?)),
                _ => return Err(format!(
                    "a column of type {ty}; only text, bigint, boolean, double precision and bytea are used"
                )
                .into()),
            };
        Ok(Self(value))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Wrong> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A column of a row.
pub(in crate::db) fn column(row: &tokio_postgres::Row, place: usize) -> Result<Value<'_>, String> {
    row.try_get::<_, Read<'_>>(place)
        .map(|read| read.0)
        .map_err(|error| match error.source() {
            Some(source) => source.to_string(),
            None => error.to_string(),
        })
}
