//! The map as vector tiles.

use chrono::Utc;
use domain::edit::{Change, EditChange, EditedPosition};
use reqwest::Method;

use crate::client::Reply;
use crate::world::World;

/// The square of zoom 2 and of zoom 18 in which the asset lies.
const FAR: &str = "/tiles/2/1/1.mvt";
const NEAR: &str = "/tiles/18/124423/100457.mvt";

fn has(reply: &Reply, text: &str) -> bool {
    reply.body.windows(text.len()).any(|part| part == text.as_bytes())
}

#[tokio::test]
async fn tiles_show_members_cells_from_afar_and_photos_from_close_by() {
    let world = World::new().await;
    let (stranger, member) = (&world.people[3], &world.people[8]);
    for (path, layer) in [
        (FAR.to_owned(), "cells"),
        (NEAR.to_owned(), "photos"),
        (format!("{FAR}?filter=type:image"), "cells"),
        (format!("{NEAR}?filter=type:image"), "photos"),
    ] {
        let tile = member.get(&path).await;
        assert_eq!(
            (tile.status.as_u16(), tile.header("content-type")),
            (200, "application/vnd.mapbox-vector-tile")
        );
        assert_eq!(tile.header("cache-control"), "private, no-cache");
        assert!(has(&tile, layer) && has(&tile, &world.ours.asset), "{path}: {:x?}", tile.body);
        let nothing = stranger.get(&path).await;
        assert_eq!((nothing.status.as_u16(), nothing.body.len()), (200, 0), "{path}");
    }
    // Its neighbours do not show it, too, and neither does a filter that does not find it.
    for path in [
        "/tiles/2/0/1.mvt",
        "/tiles/2/1/0.mvt",
        "/tiles/18/124423/100458.mvt",
        "/tiles/2/1/1.mvt?filter=type:video",
    ] {
        assert_eq!(member.get(path).await.body.len(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_tile_that_is_known_is_not_sent_again_until_something_in_it_may_have_changed() {
    let world = World::new().await;
    let member = &world.people[8];
    let etag = member.get(FAR).await.header("etag").to_owned();
    let ask = || Reply::of(member.request(Method::GET, FAR).header("if-none-match", &etag));
    let again = ask().await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let change = EditChange {
        position: Change::Set(EditedPosition::at(-38.0, 9.0).unwrap()),
        ..EditChange::default()
    };
    let (owner, asset) = (world.ours.user.parse().unwrap(), world.ours.asset.parse().unwrap());
    world.house.store.edit(owner, &[asset], &change, Utc::now(), &|_| None).await.unwrap();
    let changed = ask().await;
    assert_eq!((changed.status.as_u16(), changed.body.len()), (200, 0));
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn what_is_no_tile_is_refused_in_words() {
    let world = World::new().await;
    assert_eq!(world.people[0].get(FAR).await.status.as_u16(), 401);
    for (path, code, words) in [
        ("/tiles/2/4/0.mvt", "INVALID", "numbered 0 to 3"),
        ("/tiles/25/0/0.mvt", "INVALID", "zoom of 0 to 24"),
        ("/tiles/2/-1/0.mvt", "INVALID", "whole numbers"),
        ("/tiles/2/1/1.png", "INVALID", "whole numbers"),
        ("/tiles/2/1/1.mvt?filter=a&filter=b", "INVALID", "send it once"),
        ("/tiles/2/1/1.mvt?filter=iso:many", "FILTER_INVALID", ""),
    ] {
        let reply = world.people[8].get(path).await;
        let told = reply.json();
        assert_eq!((reply.status.as_u16(), told["code"].as_str()), (400, Some(code)), "{path}: {told}");
        assert!(told["message"].as_str().unwrap().contains(words), "{path}: {told}");
        assert_eq!(told["start"].is_number(), code == "FILTER_INVALID", "{told}");
    }
}
