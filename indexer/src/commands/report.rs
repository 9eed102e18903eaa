//! What an import or a scan has done, in words.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use domain::library::FolderState;
use store::{Refusal, Unreadable};

use crate::scan::tally::{Report, left_out};

/// Paths that are listed for one reason.
const LISTED: usize = 20;

/// What an import or a scan has done.
#[derive(Debug)]
pub struct Summary {
    /// The scan.
    pub report: Report,
    /// What was refused.
    pub refused: Vec<Refusal>,
    /// What can't be shown.
    pub unreadable: Vec<Unreadable>,
}

impl Summary {
    /// Whether every file came in, and every one of a kind that this version knows can be shown.
    pub fn all_is_well(&self) -> bool {
        let Report { state, message, left_out, .. } = &self.report;
        let complete = *state == FolderState::Idle && (message.is_none() || !left_out.is_empty());
        complete && self.refused.is_empty() && self.unreadable.iter().all(|file| file.skipped)
    }

    /// For the person who asked.
    pub fn text(&self, folder: &Path) -> String {
        let Report { counts, moved, changed, .. } = &self.report;
        let mut text = format!(
            "{}: {} files, {} new, {} known already, {moved} moved, {changed} changed\n",
            folder.display(),
            counts.found,
            counts.imported,
            counts.duplicates
        );
        let some = |wanted: fn(&Unreadable) -> bool| {
            let files = self.unreadable.iter().filter(move |file| wanted(file));
            group(files.map(|file| (file.reason.as_str(), file.path.as_slice())))
        };
        let refused = self.refused.iter().map(|file| (file.reason.as_str(), file.path.as_slice()));
        part(&mut text, "imported, but not readable yet", &some(|file| file.skipped));
        part(&mut text, "imported, but can't be read", &some(|file| !file.skipped && !file.postponed));
        part(&mut text, "put off, and tried again later", &some(|file| file.postponed));
        part(&mut text, "refused", &group(refused));
        match (left_out(&self.report.left_out), &self.report.message) {
            (Some(names), _) => text += &format!("folders left out: {names}\n"),
            (None, Some(message)) => text += &format!("{message}\n"),
            (None, None) => {}
        }
        text
    }
}

type Groups<'a> = BTreeMap<&'a str, Vec<&'a [u8]>>;

fn group<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Groups<'a> {
    let mut groups = Groups::new();
    for (reason, path) in files {
        groups.entry(reason).or_default().push(path);
    }
    groups
}

fn part(text: &mut String, title: &str, groups: &Groups<'_>) {
    let files: usize = groups.values().map(Vec::len).sum();
    if files == 0 {
        return;
    }
    // Writing to a string can't fail.
    let _ = writeln!(text, "{files} {title}:");
    for (reason, paths) in groups {
        let _ = writeln!(text, "  {reason} ({})", paths.len());
        for path in paths.iter().take(LISTED) {
            let _ = writeln!(text, "    {}", shown(path));
        }
        if paths.len() > LISTED {
            let _ = writeln!(text, "    … and {} more", paths.len() - LISTED);
        }
    }
}

/// A path that can do nothing to a terminal.
fn shown(path: &[u8]) -> String {
    let mut shown = String::with_capacity(path.len());
    for letter in String::from_utf8_lossy(path).chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_groups_by_reason_and_says_whether_all_is_well() {
        let unreadable = |path: &[u8], reason: &str, skipped| Unreadable {
            path: path.into(),
            reason: reason.into(),
            skipped,
            postponed: false,
        };
        let mut summary = Summary {
            report: Report::default(),
            refused: Vec::new(),
            unreadable: vec![
                unreadable(b"a.mp4", "film", true),
                unreadable(b"new\nline\xff.mp4", "film", true),
            ],
        };
        assert!(summary.all_is_well());
        let text = summary.text(Path::new("/photos"));
        assert!(text.contains(
            "2 imported, but not readable yet:\n  film (2)\n    a.mp4\n    new\\nline\u{fffd}.mp4\n"
        ));
        summary.unreadable.push(unreadable(b"b.jpg", "damaged", false));
        assert!(!summary.all_is_well());
        summary.unreadable.clear();
        summary.report.state = FolderState::Offline;
        assert!(!summary.all_is_well());
    }
}
