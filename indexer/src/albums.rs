//! Live albums: rows that their rules make, kept true. A reader of the change feed looks at each asset that changes as it is
//! now; a rule that is new, or whose words for days mean other days today, is asked of the search index as a whole.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use chrono::{NaiveDate, Utc};
use domain::access::Viewer;
use domain::album::MOST_ASSETS;
use domain::feed::FeedPosition;
use domain::filter::{Clock, Filter, Key, Scope, matches, parse};
use domain::search_doc::SearchDoc;
use domain::{AssetId, UserId};
use search::Reader;
use store::{ChangeKind, DueRule, FeedPage};

use crate::away;
use crate::cx::Cx;
use crate::index::folder;

/// Changes read at once.
const PAGE: i64 = 500;
/// How often the feed is read while there are live albums, and while there are none.
const LOOK: Duration = Duration::from_secs(1);
const QUIET: Duration = Duration::from_secs(3);
/// Pause after something is in the way.
const PAUSE: Duration = Duration::from_secs(10);

/// Keeps live albums until asked to stop.
pub async fn run(cx: Cx) {
    while !cx.shutdown.is_requested() {
        let pause = match step(&cx).await {
            Ok(pause) => pause,
            Err(error) => {
                away::tell!(warn, error.as_ref(), %error, "live albums can't be kept; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = cx.shutdown.requested() => {}
        }
    }
}

/// Rules as they are to be read today, and what their owners may put into albums.
struct Rules {
    today: NaiveDate,
    read: Vec<(DueRule, Result<Filter, String>)>,
    scopes: HashMap<UserId, Scope>,
}

impl Rules {
    async fn new(cx: &Cx) -> anyhow::Result<Self> {
        let clock = Clock { now: Utc::now(), zone: cx.settings.default_time_zone };
        let mut rules = Self {
            today: clock.now.with_timezone(&clock.zone).date_naive(),
            read: Vec::new(),
            scopes: HashMap::new(),
        };
        let all = cx.store.album_rules().await?;
        let owners: HashMap<UserId, Viewer> = all.iter().map(|rule| (rule.owner, rule.viewer())).collect();
        let read = |rule: DueRule| {
            let filter = parse(&rule.text, &clock).map_err(|error| error.message);
            (rule, filter)
        };
        rules.read = all.into_iter().map(read).collect();
        for (owner, viewer) in owners {
            let mut scope = cx.store.scope_to_share(&viewer).await?;
            if rules.follow_favourites_of(owner) {
                scope.favourites = cx.store.favourites(owner).await?;
            }
            rules.scopes.insert(owner, scope);
        }
        Ok(rules)
    }

    /// Whether somebody's own favourites are part of a rule of theirs.
    fn follow_favourites_of(&self, user: UserId) -> bool {
        let asks = |filter: &Result<Filter, String>| {
            filter.as_ref().is_ok_and(|filter| filter.mentions(Key::Favourite))
        };
        self.read.iter().any(|(rule, filter)| rule.owner == user && asks(filter))
    }

    fn scope(&self, rule: &DueRule) -> Scope {
        self.scopes.get(&rule.owner).cloned().unwrap_or_default()
    }

    /// Keeps the rows of one rule for assets that have changed.
    async fn look_at(
        &self,
        cx: &Cx,
        rule: &DueRule,
        filter: &Filter,
        changed: &Changed,
    ) -> anyhow::Result<usize> {
        let scope = self.scope(rule);
        let found = changed.docs.iter().filter(|doc| matches(filter, doc, &scope));
        let found: Vec<AssetId> = found.map(|doc| doc.asset).collect();
        Ok(cx.store.keep_rule(rule, Some(&changed.ids), &found).await?)
    }
}

/// Assets that have changed, as they are now.
struct Changed {
    ids: Vec<AssetId>,
    docs: Vec<SearchDoc>,
}

impl Changed {
    async fn of(cx: &Cx, rules: &Rules, page: &FeedPage) -> anyhow::Result<Self> {
        let assets = page.changes.iter().filter(|change| {
            let own = change.user_id.is_some_and(|user| !rules.follow_favourites_of(user));
            change.kind == ChangeKind::Asset && !change.gone && !own
        });
        let ids: BTreeSet<AssetId> = assets.map(|change| AssetId(change.object_id)).collect();
        let ids: Vec<AssetId> = ids.into_iter().collect();
        let docs = if ids.is_empty() { Vec::new() } else { cx.store.search_docs(&ids).await? };
        Ok(Self { ids, docs })
    }
}

/// Reads a stretch of the feed, and then the rules that are due; answers how long there is nothing to do.
async fn step(cx: &Cx) -> anyhow::Result<Duration> {
    let rules = Rules::new(cx).await?;
    if rules.read.is_empty() {
        return Ok(QUIET);
    }
    let position = match cx.store.rules_position().await? {
        Some(position) => position,
        None => begin(cx).await?,
    };
    let page = cx.store.feed_after(position, None, PAGE).await?;
    if page.reset {
        begin(cx).await?;
        return Ok(Duration::ZERO);
    }
    let mut rows = follow(cx, &rules, &page).await?;
    if !page.more {
        for (rule, filter) in &rules.read {
            if rule.due || rule.read_on != Some(rules.today) {
                rows += read_whole(cx, &rules, rule, filter).await?;
            }
        }
    }
    if rows > 0 {
        cx.bell.changed();
    }
    Ok(if page.more { Duration::ZERO } else { LOOK })
}

/// Begins where the feed is now; all rules are read as a whole.
async fn begin(cx: &Cx) -> anyhow::Result<FeedPosition> {
    let position = cx.store.feed_position().await?;
    cx.store.rules_are_due().await?;
    cx.store.rules_level(position).await?;
    Ok(position)
}

/// Looks at what has changed, with each rule that is not to be read as a whole anyway.
async fn follow(cx: &Cx, rules: &Rules, page: &FeedPage) -> anyhow::Result<usize> {
    if page.changes.is_empty() {
        return Ok(0);
    }
    // Somebody may own more or less than before.
    if page.changes.iter().any(|change| matches!(change.kind, ChangeKind::Library | ChangeKind::Membership)) {
        cx.store.rules_are_due().await?;
    }
    let changed = Changed::of(cx, rules, page).await?;
    let mut rows = 0;
    if !changed.ids.is_empty() {
        for (rule, filter) in &rules.read {
            if let (false, Ok(filter)) = (rule.due, filter) {
                rows += rules.look_at(cx, rule, filter, &changed).await?;
            }
        }
    }
    cx.store.rules_level(page.position).await?;
    Ok(rows)
}

/// Asks the index what a rule finds, and then looks at what has changed since the index was written. Where that is too much,
/// or there is no index, the rule stays due.
async fn read_whole(
    cx: &Cx,
    rules: &Rules,
    rule: &DueRule,
    filter: &Result<Filter, String>,
) -> anyhow::Result<usize> {
    let filter = match filter {
        Ok(filter) => filter,
        Err(problem) => {
            cx.store.rule_was_read(rule, rules.today, Some(problem)).await?;
            return Ok(0);
        }
    };
    let asked = tokio::task::block_in_place(|| ask(cx, filter, &rules.scope(rule)));
    let Some((position, mut found)) = asked? else { return Ok(0) };
    found.truncate(usize::try_from(MOST_ASSETS).unwrap_or(usize::MAX));
    let mut rows = cx.store.keep_rule(rule, None, &found).await?;
    let since = cx.store.feed_after(position, None, PAGE).await?;
    if since.reset || since.more {
        return Ok(rows);
    }
    let changed = Changed::of(cx, rules, &since).await?;
    if !changed.ids.is_empty() {
        rows += rules.look_at(cx, rule, filter, &changed).await?;
    }
    cx.store.rule_was_read(rule, rules.today, None).await?;
    Ok(rows)
}

/// What a filter finds, newest first, and up to where the index knew the feed; none where there is no index.
fn ask(cx: &Cx, filter: &Filter, scope: &Scope) -> search::Result<Option<(FeedPosition, Vec<AssetId>)>> {
    let reader = Reader::open(&folder(&cx.settings))?;
    let Some(position) = reader.position() else { return Ok(None) };
    Ok(Some((position, reader.ids(filter, scope, None)?)))
}
