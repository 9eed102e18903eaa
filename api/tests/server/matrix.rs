//! The access matrix: everything that can be asked, by everybody there is.
//!
//! One row for each; a letter for each kind of viewer says what comes of it. What the table lacks is found by
//! machine: the schema's own word on its fields, and the router's text on its paths.

mod check;
mod complete;
mod table;

use domain::access::Permission;
use table::Row;

use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_gets_what_the_table_says_and_nothing_else() {
    let mut world = World::new().await;
    let mut wrong = Vec::new();
    for row in table::rows() {
        check::row(&mut world, &row, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{} cells are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn the_table_has_a_row_for_everything_that_can_be_asked() {
    let house = crate::house::House::new().await;
    let rows: Vec<Row> = table::rows();
    let missing = complete::missing(&house.client(), &rows).await;
    assert!(missing.is_empty(), "the table has no row for: {}", missing.join(", "));
}

/// A key of the owner's: with every scope it gets what its person gets, or is told that it is not for keys; with one that
/// shows nothing it is told nothing of the library.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_gets_what_its_scopes_name_of_what_its_person_gets() {
    let mut world = World::new().await;
    let all = world.key(Permission::ALL).await;
    let none = world.key(&[Permission::LibraryManage]).await;
    let mut wrong = Vec::new();
    for row in table::rows().iter().filter(|row| !row.writes) {
        check::keys(&mut world, row, &all, &none, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{} rows are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
