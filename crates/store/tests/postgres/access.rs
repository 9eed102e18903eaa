//! The access rule, fed from the database, is the one that is written down here by hand.

use std::collections::HashSet;

use domain::access::{Permission, UserViewer, Viewer};
use domain::user::UserRole;
use domain::{AssetId, SessionId};

use crate::house::House;

const ROLES: [Option<&str>; 4] = [None, Some("viewer"), Some("editor"), Some("owner")];

/// Who may, by the role in the library (none, viewer, editor, owner), for users and administrators, and for guests.
const RULE: [(Permission, [u8; 4], [u8; 4]); 17] = [
    (Permission::AssetRead, [0, 1, 1, 1], [0, 1, 1, 1]),
    (Permission::AssetDownload, [0, 1, 1, 1], [0, 1, 1, 1]),
    (Permission::AssetUpdate, [0, 0, 1, 1], [0, 0, 0, 0]),
    (Permission::AssetTrash, [0, 0, 1, 1], [0, 0, 0, 0]),
    (Permission::AssetDelete, [0, 0, 0, 1], [0, 0, 0, 0]),
    (Permission::AssetLock, [0, 0, 0, 1], [0, 0, 0, 0]),
    (Permission::AssetProcess, [0, 0, 1, 1], [0, 0, 0, 0]),
    (Permission::AssetShare, [0, 0, 1, 1], [0, 0, 0, 0]),
    (Permission::AssetLocate, [0, 1, 1, 1], [0, 1, 1, 1]),
    (Permission::LibraryRead, [0, 1, 1, 1], [0, 1, 1, 1]),
    (Permission::LibraryUpload, [0, 0, 1, 1], [0, 0, 0, 0]),
    (Permission::LibraryManage, [0, 0, 0, 1], [0, 0, 0, 0]),
    // A library grants nothing in albums.
    (Permission::AlbumRead, [0; 4], [0; 4]),
    (Permission::AlbumTalk, [0; 4], [0; 4]),
    (Permission::AlbumContribute, [0; 4], [0; 4]),
    (Permission::AlbumUpdate, [0; 4], [0; 4]),
    (Permission::AlbumManage, [0; 4], [0; 4]),
];

#[tokio::test]
async fn every_viewer_may_with_every_asset_what_the_rule_says() {
    let house = House::new().await;
    // Libraries first: one that is made when there is an administrator would be theirs.
    let mut places = Vec::new();
    for role in ROLES {
        let library = house.library(role.unwrap_or("none")).await;
        places.push((library, house.asset(library).await));
    }
    let mut viewers = Vec::new();
    for role in [UserRole::Admin, UserRole::User, UserRole::Guest] {
        let id = house.user(role.as_str(), role).await;
        viewers.push((role, Viewer::User(UserViewer::signed_in(id, role, SessionId(1)))));
        for ((library, _), member) in places.iter().zip(ROLES) {
            if let Some(member) = member {
                house.member(*library, id, member).await;
            }
        }
    }
    let mut asked: Vec<AssetId> = places.iter().map(|(_, asset)| *asset).collect();
    asked.push(AssetId(999_999));
    assert_eq!(RULE.len(), Permission::ALL.len());
    for (permission, people, guests) in RULE {
        for (role, viewer) in &viewers {
            let may = if *role == UserRole::Guest { guests } else { people };
            let allowed = || places.iter().zip(may).filter(|(_, may)| *may == 1).map(|(place, _)| place);
            let assets: HashSet<AssetId> = allowed().map(|(_, asset)| *asset).collect();
            let found = house.store.allowed_assets(viewer, permission, &asked).await.unwrap();
            assert_eq!(found, assets, "{role} {permission}");
            let found = house.store.allowed_libraries(viewer, permission).await.unwrap();
            let own = |library: &domain::LibraryId| places.iter().any(|(place, _)| place == library);
            let found: HashSet<_> = found.into_keys().filter(own).collect();
            assert_eq!(found, allowed().map(|(library, _)| *library).collect(), "{role} {permission}");
            let asked = [permission, Permission::LibraryRead];
            let [mut listed, _] = house.store.libraries_for(viewer, asked).await.unwrap();
            assert!(listed.is_sorted());
            listed.retain(own);
            assert_eq!(listed.len(), found.len());
            assert!(listed.iter().all(|library| found.contains(library)), "{role} {permission}");
        }
        assert!(house.store.allowed_assets(&Viewer::Nobody, permission, &asked).await.unwrap().is_empty());
        assert!(house.store.allowed_libraries(&Viewer::Nobody, permission).await.unwrap().is_empty());
        assert_eq!(house.store.libraries_for(&Viewer::Nobody, [permission]).await.unwrap(), [vec![]]);
    }
}
