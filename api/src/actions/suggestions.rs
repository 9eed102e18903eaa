//! What could stand at the cursor of a search text that is being typed.

use domain::facet::{NAMED, label, suggested_for};
use domain::filter::{Filter, Key, KeyInfo, MAX_BYTES, Scope, Text};
use domain::suggest::{
    Part, Place, Suggestion, SuggestionKind, at, bytes_until, existing, keys_for, mended, words_for,
};
use search::{Existing, Reader};

use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Suggestions for a place in a text, counted in UTF-16 units; its end without one. The best come first.
pub async fn suggestions(
    cx: &Cx,
    text: String,
    cursor: Option<usize>,
    first: usize,
) -> Result<Vec<Suggestion>, ApiError> {
    if text.len() > MAX_BYTES {
        return Err(ApiError::Invalid(format!("a search has at most {MAX_BYTES} bytes; shorten it")));
    }
    let cursor = cursor.map_or(text.len(), |units| bytes_until(&text, units));
    let mut found: Vec<Suggestion> = mended(&text, &cx.app.clock()).into_iter().collect();
    let place = at(&text, cursor);
    let question = move |reader: &Reader, scope: &Scope| here(reader, scope, &place, first);
    found.extend(cx.app.search.look_up(cx, &Filter::everything(), question).await?);
    let mut written = Vec::new();
    found.retain(|one| {
        let place = (one.replacement.clone(), one.span.clone());
        let is_new = !written.contains(&place);
        written.push(place);
        is_new
    });
    found.truncate(first);
    Ok(found)
}

fn here(reader: &Reader, scope: &Scope, place: &Place, first: usize) -> search::Result<Vec<Suggestion>> {
    match place {
        Place::Key(part) => Ok(keys_for(part)),
        Place::Value(None, _) => Ok(Vec::new()),
        Place::Value(Some(info), part) => values(reader, scope, info, part, first),
        Place::Word(runs) => words(reader, scope, runs, first),
    }
}

/// What a key takes.
fn values(
    reader: &Reader,
    scope: &Scope,
    info: &KeyInfo,
    part: &Part,
    first: usize,
) -> search::Result<Vec<Suggestion>> {
    if info.key == Key::Library {
        return libraries(reader, scope, part);
    }
    let keys = suggested_for(info.key);
    // Under place: stands the name of a city, region or country; that one is a code elsewhere.
    let as_own = |value: Existing| match value.key {
        key if key == info.key => value,
        key => Existing { key: info.key, written: label(key, &value.written).to_owned(), ..value },
    };
    let shown = |kind, found: Vec<Existing>| -> Vec<Suggestion> {
        let found = found.into_iter().map(as_own).filter_map(|value| suggestion(kind, value, part));
        found.map(Suggestion::behind_its_key).collect()
    };
    let known = reader.existing(&keys, &part.text, scope, first)?;
    let mut found = shown(SuggestionKind::Value, known);
    found.extend(words_for(info, part));
    if found.is_empty() {
        found = shown(SuggestionKind::Correction, reader.meant(&keys, &part.text, scope, first)?);
    }
    Ok(found)
}

fn suggestion(kind: SuggestionKind, value: Existing, part: &Part) -> Option<Suggestion> {
    let Existing { key, written, count } = value;
    existing(kind, key, &written, count, part.span.clone())
}

/// Libraries by their names, which stand in the scope.
fn libraries(reader: &Reader, scope: &Scope, part: &Part) -> search::Result<Vec<Suggestion>> {
    let counts = reader.existing(&[Key::Library], "", scope, scope.grants.len())?;
    let begins = Text::Begins(part.text.clone());
    let fits = |name: &str| part.text.is_empty() || begins.fits(name);
    let named = scope.grants.iter().filter(|(_, grant)| fits(&grant.name));
    let found = named.filter_map(|(library, grant)| {
        let id = library.to_string();
        let count = counts.iter().find(|value| value.written == id).map_or(0, |value| value.count);
        let found = existing(SuggestionKind::Value, Key::Library, &id, count, part.span.clone())?;
        Some(Suggestion { label: grant.name.clone(), ..found.behind_its_key() })
    });
    Ok(found.collect())
}

/// What a free word may become: a key, or something that exists, also together with the words before it.
fn words(reader: &Reader, scope: &Scope, runs: &[Part], first: usize) -> search::Result<Vec<Suggestion>> {
    let Some(word) = runs.last() else { return Ok(Vec::new()) };
    let keys = keys_for(word);
    if word.text.is_empty() {
        return Ok(keys);
    }
    let mut entities: Vec<Suggestion> = Vec::new();
    for run in runs {
        let known = reader.existing(NAMED, &run.text, scope, first)?;
        let known = known.into_iter().filter_map(|value| suggestion(SuggestionKind::Entity, value, run));
        // What more words have in common is more likely to be meant.
        let new: Vec<Suggestion> =
            known.filter(|new| entities.iter().all(|old| old.replacement != new.replacement)).collect();
        entities.extend(new);
    }
    if entities.is_empty() && keys.is_empty() {
        let meant = reader.meant(NAMED, &word.text, scope, first)?;
        let meant = meant.into_iter().filter_map(|value| suggestion(SuggestionKind::Correction, value, word));
        return Ok(meant.collect());
    }
    // Keys come first, but leave room for what exists.
    let most_keys =
        if entities.is_empty() { first } else { first.saturating_sub(entities.len()).max(first / 3) };
    Ok(keys.into_iter().take(most_keys).chain(entities).collect())
}
