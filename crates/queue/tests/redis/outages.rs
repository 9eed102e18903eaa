//! Redis away, stopped, emptied, restarted, or not fit for the purpose.

use std::pin::pin;
use std::time::{Duration, Instant};

use domain::job::{Lane, Priority};
use futures_util::StreamExt;
use queue::{Event, Queue, QueueError, Receiver};
use rustix::process::Signal;
use tokio::time::timeout;

use crate::server::{PREFIX, Server, job, jobs};
use crate::wire::Wire;

/// Calls until it answers a job, as a worker does.
async fn persist(receiver: &mut Receiver) -> i64 {
    let patient = async {
        loop {
            if let Ok(delivery) = receiver.next().await {
                return delivery.job.asset.0;
            }
        }
    };
    timeout(Duration::from_secs(10), patient).await.unwrap()
}

#[tokio::test]
async fn a_redis_that_evicts_is_refused() {
    let Some(server) = Server::start(&["--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"]) else {
        return;
    };
    let refused = loop {
        match Queue::connect(&server.url(), PREFIX).await {
            Err(QueueError::Away(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            result => break result.err(),
        }
    };
    assert_eq!(refused, Some(QueueError::Evicts("allkeys-lru".to_owned())));
    // and one that is changed later shows in the health check
    server.command(&["CONFIG", "SET", "maxmemory-policy", "noeviction"]).await;
    let queue = server.queue().await;
    server.command(&["CONFIG", "SET", "maxmemory-policy", "volatile-ttl"]).await;
    assert_eq!(queue.check().await, Err(QueueError::Evicts("volatile-ttl".to_owned())));
}

#[tokio::test]
async fn a_wrong_address_or_password_is_said_without_repeating_the_password() {
    for address in ["http://:hush@localhost", "redis://:hush@local host:x", ""] {
        let error = Queue::connect(address, PREFIX).await.err().unwrap();
        assert!(matches!(error, QueueError::Address(_)), "{error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    let nobody = Queue::connect("redis+unix:///nonexistent/redis.sock", PREFIX).await.err().unwrap();
    assert!(matches!(nobody, QueueError::Away(_)), "{nobody}");

    let Some(server) = Server::start(&[]) else { return };
    server.queue().await;
    server.command(&["CONFIG", "SET", "requirepass", "secret"]).await;
    for pass in ["", "?pass=hush"] {
        let error = Queue::connect(&format!("{}{pass}", server.url()), PREFIX).await.err().unwrap();
        assert!(matches!(error, QueueError::Refused { .. }), "{error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
    Queue::connect(&format!("{}?pass=secret", server.url()), PREFIX).await.unwrap();
}

#[tokio::test]
async fn an_emptied_redis_heals_while_somebody_waits() {
    let Some(server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    let mut receiver = queue.receiver(&[Lane::Cpu]);
    queue.ring(&jobs(0..2), Priority::Bulk).await.unwrap();
    let held = receiver.next().await.unwrap();
    server.command(&["FLUSHALL"]).await;
    queue.ack(&held).await.unwrap();
    queue.ring(&[job(5)], Priority::Bulk).await.unwrap();
    assert_eq!(persist(&mut receiver).await, 5);
    // and in the middle of a waiting read
    let waiting = tokio::spawn(async move { receiver.next().await });
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.command(&["FLUSHALL"]).await;
    queue.ring(&[job(6)], Priority::Fresh).await.unwrap();
    assert_eq!(waiting.await.unwrap().map(|delivery| delivery.job), Ok(job(6)));
}

#[tokio::test]
async fn a_restarted_redis_is_found_again() {
    let Some(mut server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    let mut receiver = queue.receiver(&[Lane::Cpu]);
    queue.ring(&[job(1)], Priority::Fresh).await.unwrap();
    assert_eq!(persist(&mut receiver).await, 1);
    server.stop();
    let away = queue.ring(&[job(2)], Priority::Fresh).await;
    assert!(matches!(away, Err(QueueError::Away(_))), "{away:?}");
    assert!(receiver.next().await.is_err());
    server.start_again();
    server.queue().await;
    queue.ring(&[job(3)], Priority::Fresh).await.unwrap();
    assert_eq!(persist(&mut receiver).await, 3);
}

#[tokio::test]
async fn a_connection_that_dies_without_a_word_is_replaced() {
    let Some(server) = Server::start(&[]) else { return };
    server.queue().await;
    let wire = Wire::to(&server);
    let queue = Queue::connect(&wire.url(), PREFIX).await.unwrap();
    let mut events = pin!(queue.listen());
    assert_eq!(events.next().await, Some(Event::Gap));
    let mut receiver = queue.receiver(&[Lane::Cpu]);
    assert!(timeout(Duration::from_millis(100), receiver.next()).await.is_err());
    wire.cut();
    let slow = queue.ring(&[job(1)], Priority::Fresh).await;
    assert!(matches!(slow, Err(QueueError::Slow(_))), "{slow:?}");
    queue.ring(&[job(2)], Priority::Fresh).await.unwrap();
    assert_eq!(persist(&mut receiver).await, 2);
    assert_eq!(timeout(Duration::from_secs(10), events.next()).await, Ok(Some(Event::Gap)));
}

#[tokio::test]
async fn a_redis_that_hangs_holds_nobody_up() {
    let Some(server) = Server::start(&[]) else { return };
    let queue = server.queue().await;
    server.signal(Signal::STOP);
    let asked = Instant::now();
    let slow = queue.ring(&[job(1)], Priority::Fresh).await;
    server.signal(Signal::CONT);
    assert!(matches!(slow, Err(QueueError::Slow(_))), "{slow:?}");
    assert!(asked.elapsed() < Duration::from_secs(4));
    queue.ring(&[job(2)], Priority::Fresh).await.unwrap();
}
