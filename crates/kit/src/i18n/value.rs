//! What the calls of `Text` take: templates hand over references of references, handlers hand over values.

use jiff::civil::Date;

use crate::clock::Timestamp;

/// Something that can be read as a `T`: itself, a narrower number, or a reference to one of those.
pub trait Value<T> {
    /// The value.
    fn value(&self) -> T;
}

impl<T, V: Value<T>> Value<T> for &V {
    fn value(&self) -> T {
        (**self).value()
    }
}

macro_rules! whole {
    ($($narrow:ty),*) => {$(
        impl Value<i64> for $narrow {
            fn value(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
whole!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

macro_rules! itself {
    ($($same:ty),*) => {$(
        impl Value<$same> for $same {
            fn value(&self) -> $same {
                *self
            }
        }
    )*};
}
itself!(f64, Date, Timestamp);
