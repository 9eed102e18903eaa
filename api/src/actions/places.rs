//! Countries, regions and cities in which the viewer's assets were taken.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Enum;
use domain::AssetId;
use domain::place::{country_name, search_text};
use store::PlaceCount;

use crate::app::Places;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::page;

/// How fine a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum PlaceLevel {
    /// Countries.
    Country,
    /// States, counties or cantons.
    Region,
    /// Cities, towns or quarters.
    City,
}

/// Which places.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// How fine.
    pub level: PlaceLevel,
    /// Only of this country, by its code of two letters.
    pub country: Option<String>,
    /// Only of this region.
    pub region: Option<String>,
}

/// A place and what was taken there. What is coarser than its level is there, what is finer is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// ISO 3166-1 code of two letters.
    pub code: String,
    /// State, county or canton.
    pub region: Option<String>,
    /// City, town or quarter.
    pub city: Option<String>,
    /// How many assets.
    pub count: i64,
    /// The one of them that came last.
    pub cover: AssetId,
}

/// A page of places.
pub struct Page {
    /// In their order.
    pub entries: Vec<Entry>,
    /// There are more.
    pub more: bool,
    /// How many there are in all.
    pub total: usize,
}

/// What an entry is in order by: the most assets first, then by name, then by what is around it.
type Rank = (Reverse<i64>, String, String, Option<String>);

impl Wanted {
    /// A question that makes sense.
    pub fn new(level: PlaceLevel, country: Option<String>, region: Option<String>) -> Result<Self, ApiError> {
        let country = country.map(|code| code.to_ascii_uppercase());
        if let Some(code) = country.as_deref().filter(|code| country_name(code).is_none()) {
            return Err(ApiError::Invalid(format!(
                "there is no country {code:?}: name it by its code of two letters, such as PT"
            )));
        }
        let nested = match level {
            PlaceLevel::Country => country.is_none() && region.is_none(),
            PlaceLevel::Region => region.is_none(),
            PlaceLevel::City => country.is_some() || region.is_none(),
        };
        if !nested {
            let words = "a country narrows regions and cities, and a region of a country narrows cities";
            return Err(ApiError::Invalid(words.to_owned()));
        }
        Ok(Self { level, country, region })
    }

    /// Whether a count is of such a place, and says which.
    fn holds(&self, count: &PlaceCount) -> bool {
        let within = self.country.as_ref().is_none_or(|country| *country == count.country_code)
            && (self.region.is_none() || self.region == count.region);
        within
            && match self.level {
                PlaceLevel::Country => true,
                PlaceLevel::Region => count.region.is_some(),
                PlaceLevel::City => count.city.is_some(),
            }
    }
}

impl Entry {
    /// What it is called.
    pub fn name(&self) -> &str {
        let finest = self.city.as_deref().or(self.region.as_deref());
        finest.or_else(|| country_name(&self.code)).unwrap_or(&self.code)
    }

    /// What finds its assets, in the search language.
    pub fn text(&self) -> String {
        search_text(&self.code, self.region.as_deref(), self.city.as_deref())
    }

    /// Where it stands in the list.
    pub fn cursor(&self) -> String {
        let (Reverse(count), name, code, region) = self.rank();
        page::cursor(&format!("{count}\n{code}\n{name}\n{}", region.as_deref().unwrap_or("\n")))
    }

    fn rank(&self) -> Rank {
        (Reverse(self.count), self.name().to_owned(), self.code.clone(), self.region.clone())
    }
}

/// A page of the places in which the viewer's assets were taken.
pub async fn page(cx: &Cx, wanted: Wanted, first: usize, after: Option<&str>) -> Result<Page, ApiError> {
    let after = after.map(rank).transpose()?;
    let counts = counts(cx).await?;
    let cut = move || cut(entries(&counts, &wanted), first, after.as_ref());
    Ok(tokio::task::spawn_blocking(cut).await.map_err(anyhow::Error::from)?)
}

/// All counts of the viewer's libraries: the same until the version of their timeline is another.
async fn counts(cx: &Cx) -> Result<Places, ApiError> {
    let libraries = cx.timeline_libraries().await?;
    let mut snapshot = cx.app.store.snapshot().await?;
    let key = (Arc::clone(&libraries), snapshot.timeline_version(&libraries).await?);
    if let Some(known) = cx.app.cache.places.get(&key) {
        return Ok(known);
    }
    let counts: Places = snapshot.place_counts(&libraries).await?.into();
    cx.app.cache.places.insert(key, Arc::clone(&counts));
    Ok(counts)
}

/// Country, region and city, as far as a level goes.
type Names<'a> = (&'a str, Option<&'a str>, Option<&'a str>);

/// The places of a level, added up.
fn entries(counts: &[PlaceCount], wanted: &Wanted) -> Vec<Entry> {
    let mut sums: HashMap<Names<'_>, (i64, AssetId)> = HashMap::new();
    for count in counts.iter().filter(|count| wanted.holds(count)) {
        let region = count.region.as_deref().filter(|_| wanted.level != PlaceLevel::Country);
        let city = count.city.as_deref().filter(|_| wanted.level == PlaceLevel::City);
        let sum = sums.entry((&count.country_code, region, city)).or_insert((0, count.cover));
        *sum = (sum.0 + count.count, sum.1.max(count.cover));
    }
    let entry = |((code, region, city), (count, cover)): (Names<'_>, _)| Entry {
        code: code.to_owned(),
        region: region.map(str::to_owned),
        city: city.map(str::to_owned),
        count,
        cover,
    };
    sums.into_iter().map(entry).collect()
}

fn cut(mut entries: Vec<Entry>, first: usize, after: Option<&Rank>) -> Page {
    let total = entries.len();
    entries.retain(|entry| after.is_none_or(|after| entry.rank() > *after));
    entries.sort_by_cached_key(Entry::rank);
    let more = entries.len() > first;
    entries.truncate(first);
    Page { entries, more, total }
}

/// Of a cursor that we gave out.
fn rank(cursor: &str) -> Result<Rank, ApiError> {
    let parts = page::parts(cursor)?;
    let read = || {
        let mut parts = parts.splitn(4, '\n');
        let (count, code, name) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
        let region = parts.next().filter(|region| *region != "\n");
        Some((Reverse(count), name.to_owned(), code.to_owned(), region.map(str::to_owned)))
    };
    read().ok_or_else(|| ApiError::Invalid("this is not a cursor of this list; leave 'after' out".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(code: &str, region: Option<&str>, city: Option<&str>, count: i64) -> PlaceCount {
        let text = |text: Option<&str>| text.map(str::to_owned);
        let cover = AssetId(count);
        PlaceCount { country_code: code.to_owned(), region: text(region), city: text(city), count, cover }
    }

    fn told(level: PlaceLevel, country: Option<&str>, region: Option<&str>) -> Vec<String> {
        let counts = [
            count("PT", Some("Lisbon"), Some("Lisbon"), 5),
            count("PT", Some("Lisbon"), Some("Sintra"), 2),
            count("PT", Some("Faro"), Some("Lagos"), 2),
            count("PT", None, None, 1),
            count("NG", Some("Lagos"), Some("Lagos"), 2),
            count("VA", None, Some("Vatican City"), 1),
        ];
        let wanted = Wanted::new(level, country.map(str::to_owned), region.map(str::to_owned)).unwrap();
        let (mut told, mut after) = (Vec::new(), None);
        // A page of one after the other: none is left out, none comes twice.
        loop {
            let page = cut(entries(&counts, &wanted), 1, after.as_ref());
            told.extend(page.entries.iter().map(|it| format!("{} {} {}", it.name(), it.code, it.count)));
            after = page.entries.first().map(|entry| rank(&entry.cursor()).unwrap());
            if !page.more {
                return told;
            }
        }
    }

    /// Added up by hand.
    #[test]
    fn places_are_added_up_and_come_in_one_order_page_by_page() {
        assert_eq!(
            told(PlaceLevel::Country, None, None),
            ["Portugal PT 10", "Nigeria NG 2", "Vatican City VA 1"].map(str::to_owned)
        );
        assert_eq!(
            told(PlaceLevel::Region, None, None),
            ["Lisbon PT 7", "Faro PT 2", "Lagos NG 2"].map(str::to_owned)
        );
        assert_eq!(
            told(PlaceLevel::City, None, None),
            ["Lisbon PT 5", "Lagos NG 2", "Lagos PT 2", "Sintra PT 2", "Vatican City VA 1"]
                .map(str::to_owned)
        );
        let narrow = told(PlaceLevel::City, Some("pt"), Some("Lisbon"));
        assert_eq!(narrow, ["Lisbon PT 5", "Sintra PT 2"].map(str::to_owned));
        assert_eq!(told(PlaceLevel::Region, Some("PT"), None).len(), 2);
    }

    #[test]
    fn questions_that_make_no_sense_are_refused() {
        let wanted = |level, country: Option<&str>, region: Option<&str>| {
            Wanted::new(level, country.map(str::to_owned), region.map(str::to_owned))
        };
        assert!(wanted(PlaceLevel::Country, Some("PT"), None).is_err());
        assert!(wanted(PlaceLevel::City, None, Some("Lisbon")).is_err());
        assert!(wanted(PlaceLevel::City, Some("Portugal"), None).is_err());
        assert!(rank("bm9uc2Vuc2U").is_err());
    }
}
