//! Prints `docs/SETTINGS.md`.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(boot::settings::docs().as_bytes())
}
