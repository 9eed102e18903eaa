//! Counts that the program serves itself. A test file of its own, since a process counts in one way only.

use boot::metrics::init;
use boot::settings::Metrics;

#[tokio::test]
async fn on_renders_what_is_counted_and_begins_once() {
    let handle = init(Metrics::On).unwrap();
    metrics::gauge!("tessera_feed_lag").set(7.0);
    let text = handle.render().unwrap();
    assert!(text.contains("# TYPE tessera_feed_lag gauge\ntessera_feed_lag 7"), "{text}");
    assert!(init(Metrics::On).is_err());
}
