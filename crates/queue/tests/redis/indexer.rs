//! The indexer's word on itself.

use queue::IndexerState;

use crate::server::Server;

#[tokio::test]
async fn an_indexer_is_known_until_it_falls_silent() {
    let Some(server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    assert_eq!(queue.indexer().await.unwrap(), None);
    let state = |decodes| IndexerState { version: "1.2.3".into(), landlock_abi: 4, seccomp: true, decodes };
    queue.report(&state(false)).await.unwrap();
    queue.report(&state(true)).await.unwrap();
    assert_eq!(queue.indexer().await.unwrap(), Some(state(true)));
    let left = server.command(&["TTL", "test:indexer"]).await;
    assert!(matches!(left, redis::Value::Int(20..=30)), "it is remembered for {left:?} seconds");
    server.command(&["PEXPIRE", "test:indexer", "1"]).await;
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    assert_eq!(queue.indexer().await.unwrap(), None);
}
