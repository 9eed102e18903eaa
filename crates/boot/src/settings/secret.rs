//! Addresses that may hold a password. They can be used as they are, and shown only masked.

use std::ffi::OsStr;
use std::fmt;

use url::Url;

use super::value::{Value, text};

macro_rules! secret_urls {
    ($($(#[$doc:meta])* $name:ident, $schemes:expr, $example:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The address as it was written, password included: never log it.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&masked(&self.0))
            }
        }

        impl Value for $name {
            const KIND: &'static str = concat!("address, `", $example, "`");
            const SECRET: bool = true;

            fn read(given: &OsStr) -> Result<Self, String> {
                let text = text(given)?;
                match Url::parse(text) {
                    Ok(url) if $schemes.contains(&url.scheme()) => Ok(Self(text.to_owned())),
                    // What was written may hold a password, so it is not repeated.
                    _ => Err(concat!("is not an address of the right kind; write it like ", $example).to_owned()),
                }
            }

            fn show(&self) -> String {
                masked(&self.0)
            }
        }
    )+};
}

secret_urls! {
    /// Where Postgres listens. Its password shows neither in logs nor in listings.
    DatabaseUrl, ["postgres", "postgresql"], "postgres://tessera:password@localhost/tessera";
    /// Where Redis listens. Its password shows neither in logs nor in listings.
    RedisUrl, ["redis", "rediss", "redis+unix", "unix"], "redis://localhost:6379";
    /// The SMTP server that takes letters. Its password shows neither in logs nor in listings.
    SmtpUrl, ["smtp", "smtps"], "smtps://user:password@mail.example.org";
}

/// Parts of an address's query that are safe to show; any other may be a password.
const OPEN_PARTS: [&str; 9] =
    ["host", "port", "dbname", "user", "sslmode", "application_name", "db", "protocol", "tls"];

fn masked(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return "***".to_owned();
    };
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return format!("{}:***", url.scheme());
    }
    if url.query().is_some() {
        let parts: Vec<String> = url
            .query_pairs()
            .map(|(key, value)| {
                let value = if OPEN_PARTS.contains(&key.as_ref()) { value } else { "***".into() };
                format!("{key}={value}")
            })
            .collect();
        url.set_query(Some(&parts.join("&")));
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_ever_shown() {
        for (address, shown) in [
            ("postgres://ann:s3cret@db/t", "postgres://ann:***@db/t"),
            ("postgres://db/t?user=ann&password=s3cret", "postgres://db/t?user=ann&password=***"),
            ("postgres:///t?host=/run/pg&sslpassword=s3cret", "postgres:///t?host=/run/pg&sslpassword=***"),
            ("redis://:s3cret@127.0.0.1:6379/2", "redis://:***@127.0.0.1:6379/2"),
            ("redis+unix:///run/redis.sock?db=1&pass=s3cret", "redis+unix:///run/redis.sock?db=1&pass=***"),
            ("not an address s3cret", "***"),
        ] {
            assert_eq!(masked(address), shown);
        }
    }

    #[test]
    fn a_wrong_address_is_refused_without_repeating_it() {
        for wrong in ["mysql://ann:s3cret@db/t", "s3cret", "redis://:s3cret@db"] {
            let message = DatabaseUrl::read(OsStr::new(wrong)).unwrap_err();
            assert!(!message.contains("s3cret"), "{message}");
        }
        let secret = DatabaseUrl::read(OsStr::new("postgres://ann:s3cret@db/t")).unwrap();
        assert_eq!(secret.expose(), "postgres://ann:s3cret@db/t");
        assert!(!format!("{secret:?}").contains("s3cret"));
    }
}
