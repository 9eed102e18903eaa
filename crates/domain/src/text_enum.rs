//! Enums that have one stable text form, used in the database, in messages and in the search language.

/// A text is none of an enum's values.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("'{text}' is not a {what}")]
pub struct UnknownText {
    /// What was read.
    pub text: String,
    /// The enum's name.
    pub what: &'static str,
}

/// Gives an enum `as_str`, `Display`, `FromStr` and `ALL` from one table.
#[macro_export]
macro_rules! texts {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable text form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text_enum::UnknownText;

            fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::text_enum::UnknownText { text: text.to_owned(), what: stringify!($name) }),
                }
            }
        }
    };
}
