//! Hands letters to an SMTP server.

use std::time::Duration;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::{Letter, PostError};

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A way to a server.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// By an address such as `smtps://user:password@mail.example.org`, in the name of somebody.
    ///
    /// # Errors
    /// One of both is none.
    pub fn new(address: &str, from: &str) -> Result<Self, PostError> {
        let from = from
            .parse::<Mailbox>()
            .map_err(|error| PostError::Never(format!("the sender is no address: {error}")))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
            .map_err(|error| PostError::Never(format!("the address of the mail server is none: {error}")))?;
        Ok(Self { transport: transport.timeout(Some(PATIENCE)).build(), from })
    }

    /// Sends a letter; once it answers, the server has it.
    ///
    /// # Errors
    /// It was not sent, and may be later or never.
    pub async fn send(&self, letter: &Letter) -> Result<(), PostError> {
        let message = self.message(letter)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => {
                Err(PostError::Never(format!("the mail server refused it: {error}")))
            }
            Err(error) => Err(PostError::Later(format!("the mail server did not take it: {error}"))),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, PostError> {
        let never = |error: &dyn std::fmt::Display| PostError::Never(format!("it can't be written: {error}"));
        let to = letter.to.parse::<Mailbox>().map_err(|error| never(&error))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(to)
            // One line: what people call their albums never begins a header.
            .subject(letter.title.replace(['\r', '\n'], " "))
            .message_id(None)
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(address) = &letter.unsubscribe {
            message = message.raw_header(header("List-Unsubscribe", &format!("<{address}>")));
        }
        let both = MultiPart::alternative_plain_html(letter.text(), letter.html());
        message.multipart(both).map_err(|error| never(&error))
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
