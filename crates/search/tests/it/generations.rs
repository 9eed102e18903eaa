//! How generations of an index begin, follow each other and break.

use std::fs;
use std::path::Path;

use search::{Error, Reader, Writer};

use crate::library::{docs, position, read, scope};

fn count(reader: &Reader) -> u64 {
    reader.count(&read("state:active,stacked,trashed,archived"), &scope(&[1, 2, 3], true, true)).unwrap()
}

fn generations(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_reader_finds_an_index_that_is_made_after_it_and_sees_only_commits() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("index");
    let reader = Reader::open(&folder).unwrap();
    assert!(matches!(reader.count(&read(""), &scope(&[1], true, true)), Err(Error::NotBuilt(_))));

    let mut writer = Writer::open(&folder).unwrap();
    assert_eq!(writer.position(), None);
    reader.reload().unwrap();
    assert_eq!((count(&reader), reader.position()), (0, None));

    writer.upsert(&docs(1, 30)).unwrap();
    reader.reload().unwrap();
    assert_eq!(count(&reader), 0);
    writer.commit(position(30)).unwrap();
    assert_eq!(count(&reader), 0);
    reader.reload().unwrap();
    assert_eq!((count(&reader), reader.position()), (30, Some(position(30))));

    // The position moves without documents, and lives through merges and a restart.
    writer.commit(position(31)).unwrap();
    for seq in 32..46 {
        writer.upsert(&docs(seq as u64, 30)).unwrap();
        writer.commit(position(seq)).unwrap();
    }
    writer.close().unwrap();
    assert_eq!(Writer::open(&folder).unwrap().position(), Some(position(45)));
    reader.reload().unwrap();
    assert_eq!((count(&reader), reader.position()), (30, Some(position(45))));
}

#[test]
fn there_is_one_writer_at_a_time() {
    let root = tempfile::tempdir().unwrap();
    let writer = Writer::open(root.path()).unwrap();
    assert!(matches!(Writer::open(root.path()), Err(Error::Locked(_))));
    drop(writer);
    let building = Writer::rebuild(root.path()).unwrap();
    assert!(matches!(Writer::rebuild(root.path()), Err(Error::Locked(_))));
    // The generation in use is written on while another one is built.
    Writer::open(root.path()).unwrap().commit(position(1)).unwrap();
    drop(building);
}

#[test]
fn a_generation_built_beside_takes_over_under_open_readers() {
    let root = tempfile::tempdir().unwrap();
    let mut old = Writer::open(root.path()).unwrap();
    old.upsert(&docs(1, 40)).unwrap();
    old.commit(position(1)).unwrap();
    let reader = Reader::open(root.path()).unwrap();
    let before = reader.generation();

    let mut new = Writer::rebuild(root.path()).unwrap();
    new.upsert(&docs(2, 70)).unwrap();
    new.commit(position(2)).unwrap();
    reader.reload().unwrap();
    assert_eq!((count(&reader), reader.generation()), (40, before.clone()));
    old.commit(position(3)).unwrap();

    new.publish().unwrap();
    // The reader still answers from what it holds open, although the files are gone.
    assert_eq!(generations(root.path()), [new.generation()]);
    assert_eq!(count(&reader), 40);
    reader.reload().unwrap();
    assert_eq!((count(&reader), reader.position()), (70, Some(position(2))));
    assert_ne!(reader.generation(), before);

    assert!(matches!(old.commit(position(4)), Err(Error::Superseded(_))));
    drop(old);
    new.upsert(&docs(3, 80)).unwrap();
    new.commit(position(5)).unwrap();
    drop(new);
    assert_eq!(Writer::open(root.path()).unwrap().position(), Some(position(5)));
}

#[test]
fn what_a_stopped_rebuild_leaves_behind_is_removed_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let used = Writer::open(root.path()).unwrap().generation().to_owned();
    let mut building = Writer::rebuild(root.path()).unwrap();
    building.upsert(&docs(1, 10)).unwrap();
    drop(building);
    fs::create_dir(root.path().join("somebody's folder")).unwrap();
    assert_eq!(generations(root.path()).len(), 3);
    drop(Writer::open(root.path()).unwrap());
    let mut left = generations(root.path());
    left.sort();
    assert_eq!(left, ["somebody's folder".to_owned(), used]);
}

#[test]
fn an_index_that_is_lost_under_its_writer_is_missed_and_its_writer_harms_no_other() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("index");
    assert_eq!(search::in_use(&folder).unwrap(), None);
    let mut orphan = Writer::open(&folder).unwrap();
    orphan.commit(position(1)).unwrap();
    assert_eq!(search::in_use(&folder).unwrap().as_deref(), Some(orphan.generation()));
    fs::rename(folder.join(orphan.generation()), root.path().join("away")).unwrap();
    assert_eq!(search::in_use(&folder).unwrap(), None, "the files are gone");
    fs::remove_dir_all(&folder).unwrap();

    let mut next = Writer::open(&folder).unwrap();
    next.upsert(&docs(1, 40)).unwrap();
    next.commit(position(2)).unwrap();
    assert_eq!(search::in_use(&folder).unwrap().as_deref(), Some(next.generation()));
    assert!(matches!(orphan.commit(position(3)), Err(Error::Superseded(_))));
    assert_eq!(count(&Reader::open(&folder).unwrap()), 40);
}

/// Breaks an index in some way and expects an error that says what to do; a rebuild heals it.
fn broken(how: impl Fn(&Path)) -> String {
    let root = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(root.path()).unwrap();
    writer.upsert(&docs(1, 40)).unwrap();
    writer.commit(position(1)).unwrap();
    let generation = root.path().join(writer.generation());
    writer.close().unwrap();
    how(&generation);
    let (read, written) =
        (Reader::open(root.path()).err().unwrap(), Writer::open(root.path()).err().unwrap());
    assert_eq!(read.to_string(), written.to_string());
    assert!(read.to_string().contains("tessera-indexer reindex"), "{read}");

    let mut writer = Writer::rebuild(root.path()).unwrap();
    writer.upsert(&docs(1, 20)).unwrap();
    writer.commit(position(2)).unwrap();
    writer.publish().unwrap();
    assert_eq!(count(&Reader::open(root.path()).unwrap()), 20);
    assert_eq!(generations(root.path()), [writer.generation()]);
    read.to_string()
}

fn segment_file(generation: &Path, ending: &str) -> std::path::PathBuf {
    let files = fs::read_dir(generation).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|found| found == ending)).unwrap()
}

#[test]
fn a_damaged_index_says_so_and_can_be_built_anew() {
    broken(|generation| fs::remove_dir_all(generation).unwrap());
    broken(|generation| fs::write(generation.join("meta.json"), "{").unwrap());
    broken(|generation| fs::remove_file(generation.join("meta.json")).unwrap());
    broken(|generation| fs::remove_file(segment_file(generation, "term")).unwrap());
    broken(|generation| fs::write(segment_file(generation, "fast"), "short").unwrap());
    broken(|generation| fs::write(generation.with_file_name("current"), "../../etc").unwrap());
    let text = broken(|generation| {
        let meta = fs::read_to_string(generation.join("meta.json")).unwrap();
        fs::write(generation.join("meta.json"), meta.replace("\"camera\"", "\"kamera\"")).unwrap();
    });
    assert!(text.contains("has other fields"), "{text}");
}

#[test]
fn a_folder_that_may_not_be_written_is_not_called_damaged() {
    let root = tempfile::tempdir().unwrap();
    fs::write(root.path().join("file"), "").unwrap();
    let error = Writer::open(&root.path().join("file")).err().unwrap();
    assert!(matches!(error, Error::Io { .. }), "{error}");
}
