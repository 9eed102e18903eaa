//! Places that exist in documents that the viewer may find, for those who type what they are called in another language.

use std::cmp::Reverse;

use domain::facet;
use domain::filter::text::fold;
use domain::filter::{Filter, Key, Scope, meant_values};
use tantivy::Term;

use super::{Existing, Reader};
use crate::error::{Result, guarded};

impl Reader {
    /// Values of these keys that are main names of places of which a name begins as was typed, in whatever language; the
    /// most frequent first. Only of places in which something was taken that the viewer may find.
    ///
    /// # Errors
    /// If the index can't be read.
    pub fn called(&self, keys: &[Key], typed: &str, scope: &Scope, limit: usize) -> Result<Vec<Existing>> {
        let mut found: Vec<Existing> = Vec::new();
        // Nothing is found more often than it is written, so that most need not be counted.
        for (most, key, written, country_code) in self.written_of(keys, typed)? {
            if limit.checked_sub(1).and_then(|last| found.get(last)).is_some_and(|last| last.count >= most) {
                break;
            }
            if found.iter().any(|known| known.key == key && known.written == written) {
                continue;
            }
            let named = facet::filter(key, written).zip(facet::filter(Key::Country, country_code));
            let Some((filter, in_country)) = named else { continue };
            // Vienna in Virginia is not what Wien means.
            if self.count(&Filter::all_of(vec![filter.clone(), in_country]), scope)? > 0 {
                let count = self.count(&filter, scope)?;
                found.push(Existing { key, written: written.to_owned(), count });
                found.sort_by(|a, b| {
                    (Reverse(a.count), &a.written, a.key).cmp(&(Reverse(b.count), &b.written, b.key))
                });
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The main names that are meant, each with the country that it is in, and in how many documents it is written at most;
    /// the most frequent first. Most places of the world are in none.
    fn written_of(&self, keys: &[Key], typed: &str) -> Result<Vec<(u64, Key, &'static str, &'static str)>> {
        let mut found: Vec<(u64, Key, &str, &str)> = Vec::new();
        for (key, written, country_code) in meant_values(keys, typed) {
            let most = self.documents(key, written)?;
            if most > 0 {
                found.push((most, key, written, country_code));
            }
        }
        found.sort_by_key(|(most, ..)| Reverse(*most));
        Ok(found)
    }

    /// In how many documents this text is, at most: some of them may be gone.
    fn documents(&self, key: Key, text: &str) -> Result<u64> {
        let opened = self.opened()?;
        let Some(field) = opened.fields.whole.get(&key) else { return Ok(0) };
        let term = Term::from_field_text(*field, &fold(text));
        let searcher = opened.reader.searcher();
        guarded(&self.root, &opened.generation, || searcher.doc_freq(&term))
    }
}
