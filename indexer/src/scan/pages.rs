//! What was known of a folder, beside what a walk meets: both come in the order of their paths, so that only a page of
//! what was known is at hand.

use std::collections::VecDeque;

use store::{KnownFile, Sidecar};

/// Paths that are read at once.
pub const PAGE: u16 = 2_000;

/// What lies at a path.
pub trait AtPath {
    /// Below the folder.
    fn path(&self) -> &[u8];
}

impl AtPath for KnownFile {
    fn path(&self) -> &[u8] {
        &self.path
    }
}

impl AtPath for Sidecar {
    fn path(&self) -> &[u8] {
        &self.path
    }
}

/// What was known, in the order of its paths.
#[derive(Debug)]
pub struct Pages<T> {
    rows: VecDeque<T>,
    /// The next page begins here.
    from: Vec<u8>,
    /// There are no more pages.
    whole: bool,
}

/// What lies between two paths.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// This was known on the way there.
    Passed(T),
    /// Another page has to be added first.
    Wanting,
    /// The path is reached.
    There,
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self { rows: VecDeque::new(), from: Vec::new(), whole: false }
    }
}

impl<T: AtPath> Pages<T> {
    /// Where the page begins that is to be added next.
    pub fn next_from(&self) -> &[u8] {
        &self.from
    }

    /// Adds that page, of which so many were asked for.
    pub fn add(&mut self, page: Vec<T>, asked: u16) {
        self.whole = page.len() < usize::from(asked);
        if let Some(last) = page.last() {
            self.from = after(last.path());
        }
        self.rows.extend(page);
    }

    /// Goes one step on to a path, or to the end. Paths are to be asked for in their order.
    pub fn step(&mut self, to: Option<&[u8]>) -> Step<T> {
        match self.rows.pop_front_if(|row| to.is_none_or(|to| row.path() < to)) {
            Some(passed) => Step::Passed(passed),
            None if self.rows.is_empty() && !self.whole => Step::Wanting,
            None => Step::There,
        }
    }

    /// What was known at a path that is reached.
    pub fn at(&mut self, path: &[u8]) -> Option<T> {
        self.rows.pop_front_if(|row| row.path() == path)
    }
}

/// The first path that comes after this one.
pub fn after(path: &[u8]) -> Vec<u8> {
    [path, b"\0"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl AtPath for &str {
        fn path(&self) -> &[u8] {
            self.as_bytes()
        }
    }

    #[test]
    fn whatever_the_size_of_a_page_all_is_passed_or_found_once() {
        let known = ["", "a b", "a.jpg", "a.jpg\0", "a/x", "b", "c"];
        for size in 1..9_u16 {
            let (mut pages, mut passed, mut found) = (Pages::default(), Vec::new(), Vec::new());
            for to in [Some("a.jpg"), Some("a/w"), Some("b"), Some("ba"), None] {
                let to = to.map(str::as_bytes);
                loop {
                    match pages.step(to) {
                        Step::Passed(row) => passed.push(row),
                        Step::There => break,
                        Step::Wanting => {
                            let rest = known.iter().filter(|row| row.as_bytes() >= pages.next_from());
                            pages.add(rest.take(size.into()).copied().collect(), size);
                        }
                    }
                }
                found.extend(to.and_then(|to| pages.at(to)));
            }
            assert_eq!(found, ["a.jpg", "b"], "{size}");
            assert_eq!(passed, ["", "a b", "a.jpg\0", "a/x", "c"], "{size}");
        }
    }
}
