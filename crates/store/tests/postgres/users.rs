//! Accounts that administrators look after.

use domain::access::{Permission, Scopes, UserViewer, Viewer};
use domain::audit::{AuditAction, Origin};
use domain::library::MemberRole;
use domain::user::UserRole;
use domain::{LibraryId, UserId};
use store::{AccountChange, AuditFilter, Changed, CodeTry, Joined, NewInvitation, NewKey, Transferred};
use tokio::task::JoinSet;

use crate::house::{House, new};

fn origin(actor: UserId) -> Origin {
    Origin { actor: Some(actor), address: "10.0.0.7".parse().ok() }
}

fn role(role: UserRole) -> AccountChange {
    AccountChange { role: Some(role), ..AccountChange::default() }
}

fn disabled(disabled: bool) -> AccountChange {
    AccountChange { disabled: Some(disabled), ..AccountChange::default() }
}

/// Who still runs the server.
async fn admins(house: &House) -> i64 {
    let sql = "SELECT count(*) FROM users WHERE role = 'admin' AND disabled_at IS NULL AND delete_at IS NULL";
    house.db.number(sql).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_all_administrators_who_leave_at_once_one_is_left() {
    let house = House::new().await;
    let mut everybody = Vec::new();
    for name in ["ann", "bob", "cleo", "dan", "eve", "fay"] {
        everybody.push(house.user(name, UserRole::Admin).await);
    }
    let mut tasks = JoinSet::new();
    for (number, user) in everybody.iter().copied().enumerate() {
        let (store, by) = (house.store.clone(), origin(user));
        tasks.spawn(async move {
            match number % 3 {
                0 => store.change_account(user, &role(UserRole::User), &by).await.unwrap(),
                1 => store.change_account(user, &disabled(true), &by).await.unwrap(),
                _ => store.delete_user(user, 7, &by).await.unwrap(),
            }
        });
    }
    let done = tasks.join_all().await;
    assert_eq!(done.iter().filter(|changed| **changed == Changed::LastAdmin).count(), 1, "{done:?}");
    assert_eq!(admins(&house).await, 1);
    // What does not take an administrator away is free.
    let last = "SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL AND delete_at IS NULL";
    let last = UserId(house.db.number(last).await.unwrap());
    let quota = AccountChange { quota: Some(Some(1)), role: Some(UserRole::Admin), disabled: Some(false) };
    assert_eq!(house.store.change_account(last, &quota, &origin(last)).await.unwrap(), Changed::Done);
}

#[tokio::test]
async fn who_is_disabled_or_deleted_is_signed_out_and_comes_back_as_they_were() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::Admin).await, house.user("bob", UserRole::User).await);
    let store = &house.store;
    let count = async || store.revocations().await.unwrap();
    let sessions = async || {
        let sql = format!("SELECT count(*) FROM sessions WHERE user_id = {}", bob.0);
        house.db.number(&sql).await.unwrap()
    };
    let before = count().await;
    for act in 0..2 {
        let session = store.open_session(bob, &[act; 32], None, 30, None).await.unwrap();
        let viewer = UserViewer::signed_in(bob, UserRole::User, session);
        assert!(store.still(&viewer).await.unwrap());
        let changed = match act {
            0 => store.change_account(bob, &disabled(true), &origin(ann)).await.unwrap(),
            _ => store.delete_user(bob, 7, &origin(ann)).await.unwrap(),
        };
        assert_eq!((changed, sessions().await), (Changed::Done, 0));
        assert!(!store.still(&viewer).await.unwrap());
        assert!(store.user_to_sign_in("bob@example.org").await.unwrap().is_none());
        assert!(!store.set_reset_token(bob, &[9; 32], 1, &origin(ann)).await.unwrap());
        let back = match act {
            0 => store.change_account(bob, &disabled(false), &origin(ann)).await.unwrap(),
            _ => store.restore_user(bob, &origin(ann)).await.unwrap(),
        };
        assert_eq!(back, Changed::Done);
        assert!(store.user_to_sign_in("bob@example.org").await.unwrap().is_some());
    }
    assert!(count().await > before, "who follows something is asked anew");
    // Another role is another viewer: what they follow begins anew.
    let session = store.open_session(bob, &[7; 32], None, 30, None).await.unwrap();
    let viewer = UserViewer::signed_in(bob, UserRole::User, session);
    store.change_account(bob, &role(UserRole::Guest), &origin(ann)).await.unwrap();
    assert!(!store.still(&viewer).await.unwrap());
    assert_eq!(store.restore_user(bob, &origin(ann)).await.unwrap(), Changed::Missing);

    let entries = store.audit_entries(AuditFilter::About(bob), None, 100).await.unwrap();
    let actions: Vec<AuditAction> = entries.iter().rev().map(|entry| entry.action).collect();
    use AuditAction::{
        RoleChanged, SessionOpened, UserDeleted, UserDisabled, UserEnabled, UserMade, UserRestored,
    };
    let wanted = [
        UserMade,
        SessionOpened,
        UserDisabled,
        UserEnabled,
        SessionOpened,
        UserDeleted,
        UserRestored,
        SessionOpened,
        RoleChanged,
    ];
    assert_eq!(actions, wanted);
    let last = &entries[0];
    assert_eq!((last.actor_name.as_deref(), last.address.as_deref()), (Some("ann"), Some("10.0.0.7")));
    assert_eq!(last.detail.as_deref(), Some("user → guest"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_invitation_makes_one_account_and_only_while_who_made_it_runs_the_server() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::Admin).await, house.user("bob", UserRole::Admin).await);
    let store = &house.store;
    let invite = async |by: UserId, token: u8, email: Option<&str>| {
        let quota_bytes = Some(5_000);
        let new =
            NewInvitation { token_hash: [token; 32], email, role: UserRole::User, quota_bytes, days: 7 };
        store.invite(by, &new, &origin(by)).await.unwrap()
    };
    invite(ann, 1, None).await;
    let mut tasks = JoinSet::new();
    for number in 0..8 {
        let store = store.clone();
        tasks.spawn(async move {
            let email = format!("{number}@example.org");
            store.join(&[1; 32], "Eve", &email, "hash", &Origin::MACHINE).await.unwrap()
        });
    }
    let joined = tasks.join_all().await;
    assert_eq!(joined.iter().filter(|one| matches!(one, Joined::User(_))).count(), 1, "{joined:?}");
    assert_eq!(house.db.number("SELECT count(*) FROM users WHERE quota_bytes = 5000").await.unwrap(), 1);

    // The address that an invitation names is the account's, whatever is sent; one that is taken uses nothing up.
    invite(ann, 2, Some("BOB@example.org")).await;
    let join =
        async |token: u8| store.join(&[token; 32], "X", "x@example.org", "hash", &Origin::MACHINE).await;
    assert_eq!(join(2).await.unwrap(), Joined::EmailTaken);
    house.db.execute("UPDATE invitations SET email = 'named@example.org'").await.unwrap();
    let Joined::User(named) = join(2).await.unwrap() else { panic!("not joined") };
    assert_eq!(named.email, "named@example.org");

    let made = invite(bob, 3, None).await;
    assert!(store.invitation(&[3; 32]).await.unwrap().is_some());
    store.change_account(bob, &role(UserRole::User), &origin(ann)).await.unwrap();
    assert_eq!((store.invitation(&[3; 32]).await.unwrap(), join(3).await.unwrap()), (None, Joined::Unknown));
    store.change_account(bob, &role(UserRole::Admin), &origin(ann)).await.unwrap();
    assert!(store.remove_invitation(made.id, &origin(ann)).await.unwrap());
    assert_eq!(join(3).await.unwrap(), Joined::Unknown);
    invite(ann, 4, None).await;
    house.db.execute("UPDATE invitations SET expires_at = now()").await.unwrap();
    assert_eq!(join(4).await.unwrap(), Joined::Unknown);
    assert_eq!(store.remove_expired_links().await.unwrap(), 1);
}

#[tokio::test]
async fn a_password_link_is_good_once_and_an_earlier_one_no_more() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::Admin).await;
    let store = &house.store;
    for token in [1, 2] {
        assert!(store.set_reset_token(ann, &[token; 32], 24, &origin(ann)).await.unwrap());
    }
    store.open_session(ann, &[5; 32], None, 30, None).await.unwrap();
    let reset = async |token: u8| store.reset_password(&[token; 32], "new", &Origin::MACHINE).await.unwrap();
    assert_eq!((reset(1).await, reset(3).await), (None, None));
    assert_eq!((reset(2).await, reset(2).await), (Some(ann), None));
    assert!(store.sessions(ann).await.unwrap().is_empty());
    assert_eq!(store.user_to_sign_in("ann@example.org").await.unwrap().unwrap().1, "new");
    store.set_reset_token(ann, &[4; 32], 24, &origin(ann)).await.unwrap();
    store.set_password(ann, "newer", None, false, &origin(ann)).await.unwrap();
    assert_eq!(reset(4).await, None, "a link does not outlive the password it was made for");
}

/// By every member role: what a key grants is asked of the same rule as all else.
#[tokio::test]
async fn a_key_sees_the_libraries_that_its_scopes_and_its_person_may() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::User).await;
    let mut libraries = Vec::new();
    // A partner is no member.
    for member in MemberRole::ALL.iter().filter(|member| **member != MemberRole::Partner) {
        let library = house.library(member.as_str()).await;
        house
            .db
            .execute(&format!("DELETE FROM library_members WHERE library_id = {}", library.0))
            .await
            .unwrap();
        house.member(library, ann, member.as_str()).await;
        libraries.push((library, *member));
    }
    let scopes = Scopes::new([Permission::LibraryRead, Permission::LibraryUpload]);
    let new = NewKey { name: "phone", scopes, expires_at: None, token_hash: [1; 32] };
    let key = house.store.add_key(ann, &new, &origin(ann)).await.unwrap().unwrap();
    assert_eq!((key.scopes, key.last_used_at), (scopes, None));
    let viewer = house.store.viewer_by_key(&[1; 32], "10.0.0.9".parse().ok()).await.unwrap().unwrap();
    let Viewer::User(user) = &viewer else { panic!("nobody") };
    for &permission in Permission::ALL {
        let may = house.store.allowed_libraries(&viewer, permission).await.unwrap();
        for (library, member) in &libraries {
            let wanted = match permission {
                Permission::LibraryRead => true,
                Permission::LibraryUpload => *member >= MemberRole::Editor,
                _ => false,
            };
            assert_eq!(may.contains_key(library), wanted, "{permission} {member}");
        }
    }
    assert!(house.store.still(user).await.unwrap());
    let used = house.store.keys(ann).await.unwrap().remove(0);
    assert_eq!((used.address.as_deref(), used.last_used_at.is_some()), (Some("10.0.0.9"), true));
    assert!(house.store.viewer_by_token(&[1; 32], 30, None).await.unwrap().is_none(), "a key is no session");

    house.db.execute("UPDATE api_keys SET expires_at = now()").await.unwrap();
    assert!(house.store.viewer_by_key(&[1; 32], None).await.unwrap().is_none());
    assert!(!house.store.still(user).await.unwrap());
    house
        .db
        .execute("UPDATE api_keys SET expires_at = NULL, scopes = '{asset.read,of.tomorrow}'")
        .await
        .unwrap();
    let later = house.store.viewer_by_key(&[1; 32], None).await.unwrap().unwrap();
    assert!(house.store.allowed_libraries(&later, Permission::LibraryRead).await.unwrap().is_empty());
    house.store.change_account(ann, &disabled(true), &origin(ann)).await.unwrap();
    assert!(house.store.viewer_by_key(&[1; 32], None).await.unwrap().is_none());
    let bob = house.user("bob", UserRole::User).await;
    assert!(!house.store.remove_key(bob, key.id, &origin(bob)).await.unwrap(), "somebody else's key");
    assert!(house.store.remove_key(ann, key.id, &origin(ann)).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn codes_are_taken_once_and_wrong_ones_make_the_next_wait() {
    let house = House::new().await;
    let ann = house.user("ann", UserRole::User).await;
    let store = &house.store;
    assert_eq!(store.take_code_try(ann, true).await.unwrap(), CodeTry::NotNeeded);
    assert!(store.begin_totp(ann, &[1; 20]).await.unwrap() && store.begin_totp(ann, &[2; 20]).await.unwrap());
    assert!(!store.has_totp(ann).await.unwrap(), "not before a first code");
    assert_eq!(store.take_code_try(ann, false).await.unwrap(), CodeTry::Secret([2; 20]));
    assert!(store.confirm_totp(ann, 100, &[[1; 32], [2; 32]], &origin(ann)).await.unwrap());
    assert!(store.has_totp(ann).await.unwrap() && !store.begin_totp(ann, &[3; 20]).await.unwrap());
    // The first code has been taken; the next is taken by one of many at once.
    assert!(!store.accept_code(ann, 100).await.unwrap());
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        tasks.spawn(async move { store.accept_code(ann, 101).await.unwrap() });
    }
    assert_eq!(tasks.join_all().await.into_iter().filter(|taken| *taken).count(), 1);
    // Of many guesses at once, five are looked at.
    let mut tasks = JoinSet::new();
    for _ in 0..40 {
        let store = store.clone();
        tasks.spawn(async move { store.take_code_try(ann, true).await.unwrap() });
    }
    let tries = tasks.join_all().await;
    assert_eq!(tries.iter().filter(|one| matches!(one, CodeTry::Secret(_))).count(), 5, "{tries:?}");
    for (tries, wait) in [(5, 60), (6, 120), (8, 480), (30, 3_600)] {
        let sql = format!("UPDATE totp SET tries = {tries}, tried_at = now()");
        house.db.execute(&sql).await.unwrap();
        let CodeTry::Wait(seconds) = store.take_code_try(ann, true).await.unwrap() else { panic!("taken") };
        assert!((wait - 5..=wait).contains(&seconds), "{tries}: {seconds}");
    }
    house.db.execute("UPDATE totp SET tried_at = now() - interval '1 hour'").await.unwrap();
    assert_eq!(store.take_code_try(ann, true).await.unwrap(), CodeTry::Secret([2; 20]));
    let recover = async |code: u8| store.accept_recovery_code(ann, &[code; 32], &origin(ann)).await.unwrap();
    assert_eq!((recover(1).await, recover(1).await, recover(3).await), (true, false, false));
    assert_eq!(store.recovery_codes_left(ann).await.unwrap(), 1);
    assert!(store.remove_totp(ann, &origin(ann)).await.unwrap() && !store.has_totp(ann).await.unwrap());
    assert!(!recover(2).await);
}

#[tokio::test]
async fn who_is_purged_takes_along_what_nobody_else_owns() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::Admin).await, house.user("bob", UserRole::User).await);
    let store = &house.store;
    let library = async |name: &str, owners: &[UserId]| {
        let library = house.library(name).await;
        let sql = format!("DELETE FROM library_members WHERE library_id = {}", library.0);
        house.db.execute(&sql).await.unwrap();
        for owner in owners {
            house.member(library, *owner, "owner").await;
        }
        library
    };
    let (alone, shared) = (library("alone", &[bob]).await, library("shared", &[ann, bob]).await);
    house.member(alone, ann, "viewer").await;
    for content in 0..1_200 {
        store.insert_asset(&new(alone, content)).await.unwrap();
    }
    let kept = store.insert_asset(&new(shared, 7)).await.unwrap().asset();
    let lock = "UPDATE assets SET state = 'locked', locked_at = now(), locked_by =";
    house.db.execute(&format!("{lock} {} WHERE id = {}", bob.0, kept.0)).await.unwrap();
    store.delete_user(bob, 7, &origin(ann)).await.unwrap();
    assert!(store.users_to_purge().await.unwrap().is_empty());
    house
        .db
        .execute("UPDATE users SET delete_at = now() - interval '1 s' WHERE delete_at IS NOT NULL")
        .await
        .unwrap();
    assert_eq!(store.restore_user(bob, &origin(ann)).await.unwrap(), Changed::Missing, "it is too late");

    let purged = store.libraries_to_purge(bob).await.unwrap();
    assert!(purged.contains(&alone) && !purged.contains(&shared), "{purged:?}");
    let sees = store.allowed_libraries(&viewer(ann), Permission::LibraryRead).await.unwrap();
    assert!(!sees.contains_key(&alone) && sees.contains_key(&shared));
    assert!(!store.purge_library(alone).await.unwrap(), "it is not empty");
    for library in purged {
        let mut sizes = Vec::new();
        loop {
            let gone = store.purge_assets(library).await.unwrap().len();
            sizes.push(gone);
            if gone == 0 {
                break;
            }
        }
        assert!(library != alone || sizes == [500, 500, 200, 0], "{sizes:?}");
        assert!(store.purge_library(library).await.unwrap());
    }
    store.purge_user(bob).await.unwrap();
    assert!(store.users_by_ids(&[bob]).await.unwrap().is_empty());
    assert_eq!(store.assets_by_ids(&[kept]).await.unwrap().len(), 1);
    let hers = format!("SELECT count(*) FROM assets WHERE locked_by = {}", ann.0);
    assert_eq!(house.db.number(&hers).await.unwrap(), 1, "what was locked is in the other owner's folder");
    let gone = format!(
        "SELECT count(*) FROM changes WHERE gone AND kind <> 'membership' AND library_id = {}",
        alone.0
    );
    assert_eq!(house.db.number(&gone).await.unwrap(), 1_201);
    let left = format!("SELECT count(*) FROM versions WHERE library_id = {}", alone.0);
    assert_eq!(house.db.number(&left).await.unwrap(), 0);
    // What is left on disk is known until it is removed; the content that another library has, too, stays.
    assert!(store.unknown_contents(&[crate::house::hash(3).blake3]).await.unwrap().is_empty());
    assert_eq!(store.due_remains(2_000).await.unwrap().len(), 1_200);
    for (content, needed) in [(3, false), (7, true)] {
        assert_eq!(store.is_needed(&crate::house::hash(content).blake3).await.unwrap(), needed, "{content}");
    }
    let log = store.audit_entries(AuditFilter::All, None, 1).await.unwrap().remove(0);
    assert_eq!((log.action, log.user_name.as_deref()), (AuditAction::UserPurged, Some("bob")));
}

#[tokio::test]
async fn a_library_goes_over_to_who_has_room_for_it() {
    let house = House::new().await;
    let (ann, bob) = (house.user("ann", UserRole::User).await, house.user("bob", UserRole::User).await);
    let guest = house.user("gus", UserRole::Guest).await;
    let store = &house.store;
    let library = store.first_library_of(ann).await.unwrap().unwrap();
    house.asset(library).await;
    let give = async |from: UserId, to: UserId| {
        store.transfer_library(library, from, to, &origin(from)).await.unwrap()
    };
    let quota = async |bytes: i64| {
        let change = AccountChange { quota: Some(Some(bytes)), ..AccountChange::default() };
        store.change_account(bob, &change, &origin(ann)).await.unwrap();
    };
    assert_eq!((give(ann, guest).await, give(ann, ann).await), (Transferred::NoOwner, Transferred::NoOwner));
    assert_eq!(give(bob, ann).await, Transferred::NoOwner);
    assert_eq!(give(guest, bob).await, Transferred::NoLibrary);
    quota(999).await;
    assert_eq!(give(ann, bob).await, Transferred::NoRoom);
    assert_eq!(role_in(&house, library, ann).await, "owner", "a refusal changes nothing");
    quota(1_000).await;
    assert_eq!(give(ann, bob).await, Transferred::Done);
    let roles = (role_in(&house, library, ann).await, role_in(&house, library, bob).await);
    assert_eq!((roles.0.as_str(), roles.1.as_str()), ("editor", "owner"));
}

async fn role_in(house: &House, library: LibraryId, user: UserId) -> String {
    let sql =
        format!("SELECT role FROM library_members WHERE library_id = {} AND user_id = {}", library.0, user.0);
    house.db.texts(&sql).await.unwrap().remove(0)
}

fn viewer(id: UserId) -> Viewer {
    Viewer::User(UserViewer::signed_in(id, UserRole::Admin, domain::SessionId(1)))
}
