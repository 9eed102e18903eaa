//! What of the documents a viewer finds: by libraries, by albums, on which shelf.

use super::super::{AlbumGrant, Filter, MYSELF, Scope, matches, parse};
use super::clock;
use super::meaning::{doc, scope};
use crate::asset::AssetLife;
use crate::search_doc::SearchDoc;
use crate::{AlbumId, LibraryId};

#[test]
fn nothing_is_found_outside_the_scope() {
    let mut doc = doc();
    let find =
        |text: &str, doc: &SearchDoc, scope: &Scope| matches(&parse(text, &clock()).unwrap(), doc, scope);
    assert!(!find("", &doc, &Scope::default()));
    for text in ["holidays", "path:holidays", "path:any", "path:none", "folder:holidays", "folder:any"] {
        assert!(!find(text, &doc, &scope(false, false)), "{text}");
    }
    // What is said of paths that may not be read says nothing.
    assert!(find("-path:holidays", &doc, &scope(false, false)));

    doc.life = AssetLife::Trashed;
    assert!(!find("lisbon", &doc, &scope(true, true)));
    assert!(find("lisbon state:trashed", &doc, &scope(true, true)));
    assert!(!find("lisbon state:trashed", &doc, &scope(true, false)));
    doc.library = LibraryId(2);
    assert!(!find("state:trashed", &doc, &scope(true, true)));
}

/// Album 5 lies in 4; 8 is somebody else's, and not to be known of.
fn albums() -> Scope {
    let within = |ids: &[i64]| ids.iter().map(|id| AlbumId(*id)).collect();
    let album = |name: &str, ids: &[i64], shared_with: &[&str]| AlbumGrant {
        name: name.to_owned(),
        within: within(ids),
        shared_with: shared_with.iter().map(|name| (*name).to_owned()).collect(),
        elsewhere: [LibraryId(1)].into(),
    };
    let albums = [
        (AlbumId(4), album("Holidays", &[4], &[])),
        (AlbumId(5), album("Lisbon 2023", &[5, 4], &["Ana Silva", MYSELF])),
        (AlbumId(6), album("Porto", &[6, 4], &["Rui"])),
    ];
    Scope { albums: albums.into(), ..Scope::default() }
}

#[test]
fn albums_are_found_by_and_let_others_find_what_is_in_them() {
    let doc = doc();
    let find = |text: &str, scope: &Scope| matches(&parse(text, &clock()).unwrap(), &doc, scope);
    let (inside, both) = (albums(), Scope { grants: scope(true, true).grants, ..albums() });
    for text in [
        "",
        "tram",
        "album:lisbon",
        "album:holidays",
        "album:=album_4",
        "album:any",
        "has:album",
        "-album:porto",
        "shared-with:ana",
        "shared-with:me",
        "is:shared",
        "tag:lisbon",
    ] {
        assert!(find(text, &inside) && find(text, &both), "{text}");
    }
    for text in ["album:porto", "album:=album_8", "album:none", "shared-with:rui", "shared-with:none"] {
        assert!(!find(text, &inside) && !find(text, &both), "{text}");
    }
    // Where the file lies, and what its library is called, is for the members of the library.
    for text in ["path:holidays", "path:any", "library:family", "library:=library_1", "holidays path:any"] {
        assert!(!find(text, &inside) && (find(text, &both)), "{text}");
    }
    // Who sees no album sees that it is in none.
    let elsewhere = scope(true, true);
    assert!(find("album:none shared-with:none", &elsewhere) && !find("album:any", &elsewhere));
    let mut doc = doc;
    doc.life = AssetLife::Trashed;
    assert!(!matches(&parse("state:trashed", &clock()).unwrap(), &doc, &inside));
    // What is archived stays in its albums, and is found by who asks for one of them.
    doc.life = AssetLife::Archived;
    for (text, found) in [
        ("album:lisbon", true),
        ("album:lisbon tram", true),
        ("album:lisbon or album:porto", true),
        ("archived:yes", true),
        ("tram", false),
        ("album:lisbon or tram", false),
        ("-album:porto", false),
        ("is:shared", false),
    ] {
        let filter = parse(text, &clock()).unwrap();
        assert_eq!(
            (matches(&filter, &doc, &inside), matches(&filter, &doc, &both)),
            (found, found),
            "{text}"
        );
    }
}

#[test]
fn each_shelf_is_found_by_those_who_ask_for_it_and_what_is_locked_by_nobody() {
    use AssetLife::{Active, Archived, Locked, Stacked, Trashed};
    for (text, found) in [
        ("lisbon", &[Active][..]),
        ("archived:yes", &[Archived]),
        ("archived:no", &[Active]),
        ("archived:yes,no", &[Active, Archived]),
        ("trashed:yes", &[Trashed]),
        ("-trashed:yes", &[Active]),
        ("is:archived or is:trashed", &[Archived, Trashed]),
        ("state:archived,stacked", &[Archived, Stacked]),
        ("-state:active", &[Archived, Stacked, Trashed]),
        ("favourite:yes", &[]),
        ("favourite:no", &[Active]),
    ] {
        let filter = parse(text, &clock()).unwrap();
        for life in [Active, Archived, Locked, Stacked, Trashed] {
            let doc = SearchDoc { life, ..doc() };
            assert_eq!(matches(&filter, &doc, &scope(true, true)), found.contains(&life), "{text} {life}");
        }
    }
}

#[test]
fn a_favourite_is_the_viewers_own() {
    let (doc, mut scope) = (doc(), scope(true, true));
    let filter = parse("is:favourite", &clock()).unwrap();
    assert!(!matches(&filter, &doc, &scope));
    scope.favourites.push(doc.asset);
    scope.favourites.sort_unstable();
    assert!(matches(&filter, &doc, &scope));
    assert!(!matches(&Filter::not(filter), &doc, &scope));
}

#[test]
fn a_partner_finds_nothing_on_a_shelf() {
    let mut partner = scope(false, false);
    partner.grants.values_mut().for_each(|grant| grant.shelves = false);
    let mut doc = doc();
    let find = |text: &str, doc: &SearchDoc| matches(&parse(text, &clock()).unwrap(), doc, &partner);
    assert!(find("lisbon", &doc));
    for life in [AssetLife::Stacked, AssetLife::Archived, AssetLife::Trashed, AssetLife::Locked] {
        doc.life = life;
        for text in ["lisbon", "archived:yes", "state:any", "state:stacked", "state:archived", "trashed:any"]
        {
            assert!(!find(text, &doc), "{life} {text}");
        }
    }
}
