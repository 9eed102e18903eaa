//! Scalars that GraphQL itself does not have.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};

/// Bytes in base64 (standard alphabet, padded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64(pub Vec<u8>);

/// Bytes in base64 (standard alphabet, padded).
#[Scalar]
impl ScalarType for Base64 {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Ok(Self(STANDARD.decode(text).map_err(|_| "this is not base64")?)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(STANDARD.encode(&self.0))
    }
}

/// A calendar day, `2025-05-17`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A calendar day, `2025-05-17`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Ok(Self(text.parse().map_err(|_| "this is not a day; write it as 2025-05-17")?))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A moment, as RFC 3339 writes it: `2025-05-17T14:03:00Z`. Answers are in UTC; any offset may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

/// A moment, as RFC 3339 writes it: `2025-05-17T14:03:00Z`. Answers are in UTC; any offset may be sent.
#[Scalar(name = "DateTime")]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Ok(Self(text.parse().map_err(|_| "this is not a moment; write it as 2025-05-17T14:03:00Z")?))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A wall-clock reading without a zone, `2025-05-17T14:03:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalDateTime(pub NaiveDateTime);

/// A wall-clock reading without a zone, `2025-05-17T14:03:00`.
#[Scalar]
impl ScalarType for LocalDateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => {
                Ok(Self(text.parse().map_err(|_| "this is not a time; write it as 2025-05-17T14:03:00")?))
            }
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
    }
}

/// An integer beyond 32 bits, as a JSON number (safe up to 2^53).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Long(pub i64);

/// An integer beyond 32 bits, as a JSON number (safe up to 2^53).
#[Scalar]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => Ok(Self(number.as_i64().ok_or("this is not a whole number")?)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}
