//! The one font in which texts of drawings appear, if the machine has it.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;

/// What drawings that ask for other fonts get. Debian: `fonts-dejavu-core`.
pub(crate) const FAMILY: &str = "DejaVu Sans";
const FOLDER: &str = "/usr/share/fonts/truetype/dejavu";
const FILES: [&str; 2] = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"];

static FONTS: OnceLock<Arc<Database>> = OnceLock::new();

/// Reads the font files, before the jail closes. Without them, drawings have no texts.
pub(crate) fn load() {
    let mut fonts = Database::new();
    for file in FILES {
        if let Ok(bytes) = std::fs::read(format!("{FOLDER}/{file}")) {
            fonts.load_font_data(bytes);
        }
    }
    for set in [Database::set_serif_family, Database::set_sans_serif_family, Database::set_monospace_family] {
        set(&mut fonts, FAMILY);
    }
    FONTS.get_or_init(|| Arc::new(fonts));
}

/// What [`load`] has read.
pub(crate) fn loaded() -> Arc<Database> {
    FONTS.get().cloned().unwrap_or_default()
}
