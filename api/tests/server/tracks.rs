//! Positions from tracks.

use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::world::World;

/// Somebody climbs on the spot, an hour before the asset was taken.
const TRACK: &str = "<gpx><trk><trkseg>\
    <trkpt lat='40.0' lon='1.0'><ele>100</ele><time>2024-05-17T13:02:00Z</time></trkpt>\
    <trkpt lat='40.0' lon='1.0'><ele>200</ele><time>2024-05-17T13:04:00Z</time></trkpt>\
    </trkseg></trk></gpx>";
const PREVIEW: &str = "query ($input: TrackInput!) { trackPreview(input: $input) { from to pointCount count \
    lines { latitudes longitudes } positions { assetId tag latitude longitude altitude seconds } } }";
const APPLY: &str = "mutation ($input: TrackInput!) { trackApply(input: $input) { editId assets { id position { \
    latitude longitude altitude } edited } userErrors { code field message } } }";

async fn send(client: &Client, document: &str, input: Value, file: &str) -> Value {
    let sent = client.multipart(document, json!({ "input": input }), ("walk.gpx", file.into()));
    Reply::of(sent).await.json()
}

#[tokio::test]
async fn a_track_places_what_was_taken_along_it_and_that_can_be_undone() {
    let world = World::new().await;
    let editor = &world.people[9];
    let input = |shift: i64, only: bool| json!({ "timeShiftSeconds": shift, "onlyWithoutPosition": only });
    let asset = world.ours.asset.as_str();
    // The camera's clock is in another zone.
    let seen = send(editor, PREVIEW, input(-3600, false), TRACK).await;
    let told = &seen["data"]["trackPreview"];
    assert_eq!((&told["pointCount"], &told["count"]), (&json!(2), &json!(1)), "{seen}");
    let position = &told["positions"][0];
    assert_eq!((position["assetId"].as_str(), &position["seconds"]), (Some(asset), &json!(60)), "{seen}");
    assert_eq!((&position["latitude"], &position["altitude"]), (&json!(40.0), &json!(150.0)), "{seen}");
    // It has a position already; or its time is another.
    for input in [input(-3600, true), input(0, false)] {
        assert_eq!(send(editor, PREVIEW, input.clone(), TRACK).await["data"]["trackPreview"]["count"], 0);
        let refused = send(editor, APPLY, input, TRACK).await;
        assert_eq!(refused["data"]["trackApply"]["userErrors"][0]["field"], "file", "{refused}");
    }

    let made = send(editor, APPLY, input(-3600, false), TRACK).await;
    let made = &made["data"]["trackApply"];
    assert_eq!(
        made["assets"][0]["position"],
        json!({ "latitude": 40.0, "longitude": 1.0, "altitude": 150.0 })
    );
    let undo =
        "mutation ($id: ID!) { editUndo(input: { editId: $id }) { assets { position { latitude } } } }";
    let undone = editor.data(undo, json!({ "id": made["editId"] })).await;
    assert_eq!(undone["editUndo"]["assets"][0]["position"]["latitude"], 38.71);
}

#[tokio::test]
async fn what_is_no_track_or_no_question_is_refused_in_words() {
    let world = World::new().await;
    let editor = &world.people[9];
    for (input, file, words) in [
        (json!({}), "hello", "neither GPX nor KML"),
        (json!({}), "<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>", "DOCTYPE"),
        (json!({}), "<gpx/>", "has a time"),
        (json!({ "maxGapSeconds": -1 }), TRACK, "0 to 86400"),
        (json!({ "assetIds": [], "filter": {} }), TRACK, "not both"),
    ] {
        let preview = send(editor, PREVIEW, input.clone(), file).await;
        assert_eq!(preview["errors"][0]["extensions"]["code"], "INVALID", "{preview}");
        let apply = send(editor, APPLY, input, file).await;
        let told = apply["data"]["trackApply"]["userErrors"][0]["message"].as_str().unwrap_or_default();
        assert!(told.contains(words), "{words}: {apply}");
    }
}
