//! Sessions and the first account.

use domain::access::{UserViewer, Viewer};
use domain::audit::Origin;
use domain::user::UserRole;
use domain::{SessionId, UserId};
use tokio::task::JoinSet;

use crate::house::House;

/// Somebody themselves.
fn here(user: UserId) -> Origin {
    Origin { actor: Some(user), address: None }
}

fn by(id: UserId, session: SessionId) -> UserViewer {
    UserViewer::signed_in(id, UserRole::User, session)
}

#[tokio::test]
async fn a_token_is_known_until_its_session_or_its_person_ends() {
    let house = House::new().await;
    let store = &house.store;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    let one = store.open_session(ann, &[1; 32], Some("a browser"), 30, None).await.unwrap();
    let two = store.open_session(ann, &[2; 32], None, 30, None).await.unwrap();
    let known = async |token: u8| store.viewer_by_token(&[token; 32], 30, None).await.unwrap();
    let Some((Viewer::User(viewer), false)) = known(1).await else { panic!("unknown") };
    assert_eq!((viewer.id, viewer.role, viewer.session()), (ann, UserRole::User, Some(one)));
    assert_eq!(known(9).await, None);

    assert!(!store.close_session(bob, one, &here(bob)).await.unwrap(), "somebody else's session");
    assert!(known(1).await.is_some() && store.still(&by(ann, one)).await.unwrap());
    assert!(!store.still(&by(bob, one)).await.unwrap());
    assert!(store.close_session(ann, one, &here(ann)).await.unwrap());
    assert!(known(1).await.is_none() && !store.still(&by(ann, one)).await.unwrap());

    house.db.execute("UPDATE users SET disabled_at = now()").await.unwrap();
    assert!(known(2).await.is_none() && !store.still(&by(ann, two)).await.unwrap());
    house.db.execute("UPDATE users SET disabled_at = NULL").await.unwrap();
    assert!(known(2).await.is_some());
    house.db.execute("UPDATE sessions SET expires_at = now() - interval '1 s'").await.unwrap();
    assert!(known(2).await.is_none() && !store.still(&by(ann, two)).await.unwrap());
    assert!(store.sessions(ann).await.unwrap().is_empty());
    assert_eq!(store.remove_expired_sessions().await.unwrap(), 1);
}

#[tokio::test]
async fn use_lengthens_a_session_but_is_not_written_each_time() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::User).await;
    house.store.open_session(ann, &[1; 32], None, 1, None).await.unwrap();
    let days = async || {
        let (_, lengthened) = house.store.viewer_by_token(&[1; 32], 90, None).await.unwrap().unwrap();
        let days = "SELECT round(extract(epoch FROM expires_at - now()) / 86400)::bigint FROM sessions";
        (house.db.number(days).await.unwrap(), lengthened)
    };
    assert_eq!(days().await, (1, false));
    house.db.execute("UPDATE sessions SET last_seen_at = now() - interval '6 minutes'").await.unwrap();
    assert_eq!(days().await, (90, true));
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions_of_that_person() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    let kept = house.store.open_session(ann, &[1; 32], None, 30, None).await.unwrap();
    for (token, user) in [(2, ann), (3, ann), (4, bob)] {
        house.store.open_session(user, &[token; 32], None, 30, None).await.unwrap();
    }
    house.store.set_password(ann, "new", Some(kept), true, &here(ann)).await.unwrap();
    let left = "SELECT encode(substr(token_hash, 1, 1), 'hex') FROM sessions ORDER BY 1";
    assert_eq!(house.db.texts(left).await.unwrap(), ["01", "04"]);
    assert_eq!(house.store.user_to_sign_in("ANN@example.org").await.unwrap().unwrap().1, "new");
    house.store.set_password(ann, "newer", None, true, &Origin::MACHINE).await.unwrap();
    assert_eq!(house.db.texts(left).await.unwrap(), ["04"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_set_up_at_once_one_becomes_the_administrator() {
    let house = House::new().await;
    let library = house.library("was there before").await;
    house.store.set_setup_token(&[1; 32]).await.unwrap();
    // As two who print a link at the same time may leave it.
    house.db.execute("INSERT INTO setup_tokens VALUES (decode(repeat('02', 32), 'hex'))").await.unwrap();
    let mut tasks = JoinSet::new();
    for number in 0..12_u8 {
        let store = house.store.clone();
        tasks.spawn(async move {
            let email = format!("{number}@example.org");
            store.complete_setup(&[number % 2 + 1; 32], "Ann", &email, "hash").await.unwrap()
        });
    }
    let made: Vec<_> = tasks.join_all().await.into_iter().flatten().collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(house.db.number("SELECT count(*) FROM users").await.unwrap(), 1);
    let owned =
        format!("SELECT user_id FROM library_members WHERE library_id = {} AND role = 'owner'", library.0);
    assert_eq!(house.db.number(&owned).await.unwrap(), made[0].id.0);
    for token in [1, 2, 3] {
        let again = house.store.complete_setup(&[token; 32], "Eve", "eve@example.org", "hash").await.unwrap();
        assert_eq!(again, None);
    }
}
