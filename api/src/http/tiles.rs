//! The map as vector tiles, for map programs and libraries that take them: what the query `map` says, a square at a time.

mod mvt;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use blake3::Hasher;
use domain::filter::{self, Filter};
use domain::mapview::{self, Tile};
use domain::metadata::Position;
use serde::Deserialize;

use crate::actions::filters::{self, AssetFilter};
use crate::actions::map;
use crate::actions::timeline::View;
use crate::app::App;
use crate::auth::Auth;
use crate::error::ApiError;
use crate::graphql::context::Cx;
use crate::graphql::types::map::MapView;
use mvt::{Layer, Value};

/// `?filter=`: a text of the search language.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    filter: Option<String>,
}

/// `GET /tiles/{z}/{x}/{y}.mvt?filter={text}`: the viewer's assets in a square of the web map, as a Mapbox vector tile.
///
/// Its layer `cells` has counts at the mean of their positions (`count`, `cover`, `tag`, `from`, `to`, `cell`), its layer
/// `photos` the single assets (`id`, `tag`): one or the other, as the query `map` would answer at this zoom. `cover` and
/// `id` are global ids, `tag` is the content tag of the media address.
pub async fn get(
    State(app): State<App>,
    auth: Auth,
    Path(numbers): Path<(String, String, String)>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    auth.user()?;
    let tile = read(&numbers)?;
    let unread = "the filter can't be read: send it once, as UTF-8, with its signs written as %3A and so on";
    let Query(Wanted { filter }) = wanted.map_err(|_| ApiError::Invalid(unread.to_owned()))?;
    let filter = AssetFilter { text: filter, ..AssetFilter::default() };
    let filter = filters::tree(Some(&filter), &app.clock())?;
    let cx = Cx::new(app, auth);
    // Asked before the map is: whatever changes meanwhile makes another tag next time.
    let etag = etag(&cx, &numbers, filter.as_ref()).await?;
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        return answer(StatusCode::NOT_MODIFIED.into_response(), &etag);
    }
    let plan = mapview::plan(&tile.bounds(), tile.zoom());
    let shown = map::planned(&cx, &plan, filter.as_ref()).await?;
    answer(write(tile, &shown).into_response(), &etag)
}

fn read((z, x, y): &(String, String, String)) -> Result<Tile, ApiError> {
    let wrong = || "a map tile's address is /tiles/{z}/{x}/{y}.mvt with whole numbers".to_owned();
    let number = |text: &str| text.parse::<u32>().map_err(|_| ApiError::Invalid(wrong()));
    let y = y.strip_suffix(".mvt").ok_or_else(|| ApiError::Invalid(wrong()))?;
    let zoom = u8::try_from(number(z)?).unwrap_or(u8::MAX);
    Tile::new(zoom, number(x)?, number(y)?).map_err(|error| ApiError::Invalid(error.to_string()))
}

/// Another whenever the tile may be: with the viewer's libraries and all that is in them, with how far the index is where
/// it is asked, and with the day where the filter goes by it.
async fn etag(
    cx: &Cx,
    numbers: &(String, String, String),
    filter: Option<&Filter>,
) -> Result<String, ApiError> {
    let version = View::open(cx, filter.cloned(), false).await?.version(cx).await?;
    let (z, x, y) = numbers;
    let asked = filter.map(filter::print).unwrap_or_default();
    let mut hasher = Hasher::new();
    for part in [boot::version(), z, x, y, &version, &asked] {
        hasher.update(&part.len().to_le_bytes()).update(part.as_bytes());
    }
    Ok(format!("W/\"{}\"", hasher.finalize().to_hex()))
}

fn answer(mut response: Response, etag: &str) -> Result<Response, ApiError> {
    let etag = HeaderValue::from_str(etag).map_err(anyhow::Error::from)?;
    let set = response.headers_mut();
    set.insert(header::ETAG, etag);
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/vnd.mapbox-vector-tile"));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    set.insert(header::VARY, HeaderValue::from_static("Cookie, Authorization"));
    Ok(response)
}

/// What stands in the tile; what a view reaches beyond it stands in its neighbours.
fn write(tile: Tile, shown: &MapView) -> Vec<u8> {
    let place = |latitude, longitude| tile.place(Position { latitude, longitude, altitude: None });
    let mut cells = Layer::new("cells");
    for cell in &shown.cells {
        if let Some(at) = place(cell.latitude, cell.longitude) {
            cells.point(
                at,
                &[
                    ("count", Value::Number(cell.count.unsigned_abs().into())),
                    ("cover", Value::Text(&cell.cover_id)),
                    ("tag", Value::Number(cell.cover_tag.unsigned_abs().into())),
                    ("from", Value::Text(&cell.from.0.to_string())),
                    ("to", Value::Text(&cell.to.0.to_string())),
                    ("cell", Value::Text(&cell.cell)),
                ],
            );
        }
    }
    let mut photos = Layer::new("photos");
    for point in &shown.points {
        if let Some(at) = place(point.latitude, point.longitude) {
            let tag = Value::Number(point.tag.unsigned_abs().into());
            photos.point(at, &[("id", Value::Text(&point.id)), ("tag", tag)]);
        }
    }
    [cells, photos].into_iter().flat_map(Layer::finish).collect()
}
