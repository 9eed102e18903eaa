//! Announcing and listening.

use std::pin::pin;
use std::time::Duration;

use domain::FolderId;
use futures_util::{Stream, StreamExt};
use queue::Event;
use tokio::time::timeout;

use crate::server::Server;

async fn next(events: &mut (impl Stream<Item = Event> + Unpin)) -> Event {
    timeout(Duration::from_secs(10), events.next()).await.unwrap().unwrap()
}

#[tokio::test]
async fn everybody_hears_events_in_order_and_unknown_ones_are_passed_over() {
    let Some(server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    let (mut one, mut two) = (pin!(queue.listen()), pin!(queue.listen()));
    assert_eq!((next(&mut one).await, next(&mut two).await), (Event::Gap, Event::Gap));
    let index = Event::Index { generation: "g2".to_owned(), position: "1.99.5".to_owned() };
    let progress = Event::Progress { folder: FolderId(3), found: 9, imported: 5, duplicates: 1, refused: 2 };
    queue.announce(&Event::Feed).await.unwrap();
    server.command(&["PUBLISH", "test:events", r#"{"event":"sunrise","where":"here"}"#]).await;
    server.command(&["PUBLISH", "test:events", "\u{1}"]).await;
    server.command(&["PUBLISH", "other:events", r#"{"event":"gap"}"#]).await;
    queue.announce(&index).await.unwrap();
    queue.announce(&progress).await.unwrap();
    for events in [&mut one, &mut two] {
        assert_eq!(next(events).await, Event::Feed);
        assert_eq!(next(events).await, index);
        assert_eq!(next(events).await, progress);
    }
}

#[tokio::test]
async fn a_break_shows_as_a_gap() {
    let Some(mut server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    let mut events = pin!(queue.listen());
    assert_eq!(next(&mut events).await, Event::Gap);
    server.stop();
    server.start_again();
    assert_eq!(next(&mut events).await, Event::Gap);
    queue.announce(&Event::Feed).await.unwrap();
    assert_eq!(next(&mut events).await, Event::Feed);
}

#[tokio::test]
async fn a_listener_may_begin_before_redis_does() {
    let Some(mut server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    server.stop();
    let mut events = pin!(queue.listen());
    assert!(timeout(Duration::from_millis(300), events.next()).await.is_err());
    server.start_again();
    assert_eq!(next(&mut events).await, Event::Gap);
}
