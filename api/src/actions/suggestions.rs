//! What could stand at the cursor of a search text that is being typed.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use domain::facet::{NAMED, filter, label, suggested_for};
use domain::filter::{Filter, Key, KeyInfo, MAX_BYTES, MYSELF, Scope, Text};
use domain::suggest::{
    Part, Place, Suggestion, SuggestionKind, at, bytes_until, existing, keys_for, mended, words_for,
};
use search::{Existing, Reader};

use crate::error::ApiError;
use crate::graphql::context::Cx;

/// Most albums that are suggested for a free word.
const MOST_ALBUMS: usize = 3;

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
    match info.key {
        Key::Library => return libraries(reader, scope, part),
        Key::Album => {
            let found = albums(reader, scope, part, SuggestionKind::Value, first)?;
            let found = found.into_iter().map(Suggestion::behind_its_key);
            return Ok(found.chain(words_for(info, part)).collect());
        }
        Key::SharedWith => {
            let found = sharers(scope, part).take(first).map(Suggestion::behind_its_key);
            return Ok(found.chain(words_for(info, part)).collect());
        }
        _ => {}
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
    let mut found = shown(SuggestionKind::Value, known(reader, &keys, &part.text, scope, first)?);
    found.extend(words_for(info, part));
    if found.is_empty() {
        found = shown(SuggestionKind::Correction, reader.meant(&keys, &part.text, scope, first)?);
    }
    Ok(found)
}

/// Values that exist and begin so, and places that are called so in another language.
fn known(
    reader: &Reader,
    keys: &[Key],
    typed: &str,
    scope: &Scope,
    first: usize,
) -> search::Result<Vec<Existing>> {
    let mut known = reader.existing(keys, typed, scope, first)?;
    for place in reader.called(keys, typed, scope, first)? {
        if known.iter().all(|value| (value.key, &value.written) != (place.key, &place.written)) {
            known.push(place);
        }
    }
    known.sort_by_key(|value| Reverse(value.count));
    known.truncate(first);
    Ok(known)
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

/// Albums by their names, which stand in the scope, with how many assets each finds.
fn albums(
    reader: &Reader,
    scope: &Scope,
    part: &Part,
    kind: SuggestionKind,
    first: usize,
) -> search::Result<Vec<Suggestion>> {
    let begins = Text::Begins(part.text.clone());
    let fits = |name: &str| part.text.is_empty() || begins.fits(name);
    let named = scope.albums.iter().filter(|(_, album)| fits(&album.name)).take(first);
    let mut found = Vec::new();
    for (id, album) in named {
        let Some(filter) = filter(Key::Album, &id.to_string()) else { continue };
        let count = reader.count(&filter, scope)?;
        let one = existing(kind, Key::Album, &id.to_string(), count, part.span.clone());
        found.extend(one.map(|one| Suggestion { label: album.name.clone(), ..one }));
    }
    found.sort_by_key(|one| Reverse(one.count));
    Ok(found)
}

/// People who see an album that the viewer sees, by their names.
fn sharers<'a>(scope: &'a Scope, part: &'a Part) -> impl Iterator<Item = Suggestion> + 'a {
    let begins = Text::Begins(part.text.clone());
    let names: BTreeSet<&String> = scope.albums.values().flat_map(|album| &album.shared_with).collect();
    let fits = move |name: &&String| name.as_str() != MYSELF && (part.text.is_empty() || begins.fits(name));
    names.into_iter().filter(fits).filter_map(move |name| {
        let found = existing(SuggestionKind::Value, Key::SharedWith, name, 0, part.span.clone())?;
        Some(Suggestion { count: None, ..found })
    })
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
        let known = known(reader, NAMED, &run.text, scope, first)?;
        let known = known.into_iter().filter_map(|value| suggestion(SuggestionKind::Entity, value, run));
        let known = albums(reader, scope, run, SuggestionKind::Entity, MOST_ALBUMS)?.into_iter().chain(known);
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
