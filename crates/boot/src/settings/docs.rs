//! Writes `docs/SETTINGS.md` from the table.

use super::{CONFIG, Fallback, NOT_SETTINGS, PREFIX, Setting, TABLE};

/// The text of `docs/SETTINGS.md`; `cargo run --release -p boot --example settings_docs` prints it.
pub fn docs() -> String {
    let mut out = format!(
        "# Settings\n\n\
         Generated from `crates/boot/src/settings/table.rs`; a test proves it fresh.\n\n\
         Both programs read the same settings from three sources, each over the one before: the default, the settings\n\
         file, the environment.\n\n\
         - The **settings file** is TOML, one `name = value` per line. `{CONFIG}` names it; without that,\n  \
         `tessera.toml` in the data folder is read where it exists.\n\
         - In the **environment**, the name stands in capitals after `{PREFIX}`: `data` is `{PREFIX}DATA`. A list is\n  \
         separated by commas. An empty value counts as not written.\n\
         - **Secrets** (marked so) may lie in a file of their own, named by `…_FILE`: `{PREFIX}DATABASE_URL_FILE`, or\n  \
         `database_url_file` in the settings file. They are masked wherever settings are shown.\n\
         - A name that is not in this table is refused, so that a slip of the pen is noticed.\n\
         - Paths that are not absolute start at the folder in which the program was started.\n\n\
         `tessera-api --check-config` and `tessera-indexer --check-config` show what holds and where it comes from, and\n\
         every problem at once.\n\n\
         | name | what it does | what may be written | default |\n| --- | --- | --- | --- |\n"
    );
    for row in TABLE {
        let secret = if row.secret { " (secret)" } else { "" };
        out += &format!(
            "| `{}`{secret} | {} | {} | {} |\n",
            row.name,
            row.help.trim(),
            kind(row),
            fallback(row)
        );
    }
    out += "\n## Variables that are not settings\n\n| name | what it is for |\n| --- | --- |\n";
    out += &format!("| `{CONFIG}` | path of the settings file |\n");
    for (name, help) in NOT_SETTINGS {
        out += &format!("| `{name}` | {help} |\n");
    }
    out
}

fn kind(row: &Setting) -> String {
    let list = if row.list { ", any number" } else { "" };
    match row.range {
        Some((low, high)) => format!("{}{list}, {low} to {high}", row.kind),
        None => format!("{}{list}", row.kind),
    }
}

fn fallback(row: &Setting) -> String {
    match &row.fallback {
        Fallback::Text(text) => format!("`{text}`"),
        Fallback::Machine(words, _) => (*words).to_owned(),
        Fallback::Nothing => "none".to_owned(),
        Fallback::Required(_) => "has to be set".to_owned(),
    }
}
