//! Logs: a lower-case sentence that can be read alone, and the same values as fields.
//!
//! Text is for people at a terminal or in the journal; JSON has one object per line with `timestamp`, `level`,
//! `target`, `message` and each field at the top, and the enclosing span under `span`. Both go to standard error,
//! since standard output belongs to what a command answers.

use std::io::IsTerminal;

use ::tracing::{Subscriber, error};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

use crate::Error;
use crate::settings::{Filter, LogFormat};

/// Starts logging for the whole process, panics included. Call it once, at the start of `main`.
///
/// # Errors
/// If logging was started before.
pub fn init(filter: &Filter, format: LogFormat) -> Result<(), Error> {
    let colours = std::io::stderr().is_terminal();
    match format {
        LogFormat::Text => text(filter, colours, std::io::stderr).try_init(),
        LogFormat::Json => json(filter, std::io::stderr).try_init(),
    }
    .map_err(Error::Log)?;
    std::panic::set_hook(Box::new(|panic| {
        let reason = panic.payload_as_str().unwrap_or("no reason given");
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(panic.reason = reason, panic.place = place, "a thread panicked: {reason}");
    }));
    Ok(())
}

fn text<W>(filter: &Filter, colours: bool, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(filter.as_str());
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(writer).finish()
}

fn json<W>(filter: &Filter, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(filter.as_str());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer);
    builder.json().flatten_event(true).with_current_span(true).with_span_list(false).finish()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use ::tracing::{info, info_span, subscriber::with_default, warn};

    use super::*;
    use crate::settings::Settings;

    /// Keeps what is written, for every clone of itself.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Kept {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    fn filter(text: &str) -> Filter {
        let vars = [
            ("TESSERA_LOG", text),
            ("TESSERA_DATABASE_URL", "postgres:///t"),
            ("TESSERA_REDIS_URL", "redis://r"),
        ];
        Settings::from_vars(vars).unwrap().log
    }

    fn scene() {
        let _span = info_span!("import", folder.id = 7).entered();
        info!("not asked for");
        warn!(asset.id = 42, "can't read holiday.jpg: it is empty");
    }

    #[test]
    fn a_json_line_has_the_message_and_each_field_at_the_top() {
        let kept = Kept::default();
        let writer = kept.clone();
        with_default(json(&filter("warn"), move || writer.clone()), scene);
        let line: serde_json::Value = serde_json::from_str(&kept.text()).unwrap();
        assert_eq!(line["message"], "can't read holiday.jpg: it is empty");
        assert_eq!(line["asset.id"], 42);
        assert_eq!(line["level"], "WARN");
    }

    #[test]
    fn a_text_line_can_be_read_alone() {
        let kept = Kept::default();
        let writer = kept.clone();
        with_default(text(&filter("info"), false, move || writer.clone()), scene);
        let text = kept.text();
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("can't read holiday.jpg: it is empty asset.id=42"), "{text}");
        assert!(text.contains("import{folder.id=7}"), "{text}");
    }
}
