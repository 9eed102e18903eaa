use std::io::Write;
use std::process::Command;

use super::*;
use crate::Files;

const ASSET: AssetId = AssetId(1234);
const CONTENT: [u8; 32] = [7; 32];

async fn files() -> (tempfile::TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    Files::create(folder.path()).await.unwrap();
    let files = Files::open(folder.path(), 0).await.unwrap();
    (folder, files)
}

/// A film of nine seconds in fragments of four, by another program.
fn film() -> Vec<u8> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=9"]);
    command.args(["-f", "lavfi", "-i", "sine=d=9", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "100"]);
    command.args(["-keyint_min", "100", "-sc_threshold", "0", "-c:a", "aac", "-f", "mp4"]);
    command.args(["-movflags", "empty_moov+frag_keyframe+default_base_moof+skip_trailer", "-"]);
    command.output().unwrap().stdout
}

async fn lengths(stream: &Stream, known: Option<Arc<Index>>) -> Option<(Arc<Index>, Vec<Vec<u64>>)> {
    let index = stream.index(known).await.unwrap()?;
    let of = |rung: &domain::film::playlist::Rung<'_>| {
        rung.fragments.iter().map(|fragment| fragment.moment.lasts_us / 1_000).collect()
    };
    let lengths = index.rungs().iter().map(of).collect();
    Some((index, lengths))
}

#[tokio::test]
async fn a_stream_is_read_as_far_as_all_its_sizes_are_there() {
    let (_folder, files) = files().await;
    let streams = files.streams();
    assert!(streams.open(ASSET, &CONTENT).await.unwrap().is_none());
    let film = film();
    let part = streams.part(ASSET, &CONTENT, &[180, 144]).await.unwrap().unwrap();
    assert!(streams.part(ASSET, &CONTENT, &[180, 144]).await.unwrap().is_none(), "two are at it");
    let open = || async { streams.open(ASSET, &CONTENT).await.unwrap().unwrap() };
    assert!(lengths(&open().await, None).await.is_none());
    // One size is there to its last byte but one, the other grows.
    let [mut large, mut small] = [&part.files()[0], &part.files()[1]];
    large.write_all(&film[..film.len() - 1]).unwrap();
    let mut known: Option<Arc<Index>> = None;
    let mut steps = Vec::new();
    for piece in film.chunks(997) {
        small.write_all(piece).unwrap();
        let stream = open().await;
        let fresh = lengths(&stream, None).await;
        let Some((index, lengths)) = lengths(&stream, known.clone()).await else { continue };
        assert_eq!(fresh, Some((Arc::clone(&index), lengths.clone())), "read on, it is another");
        let end = index.size(144).unwrap().end();
        assert!(!index.is_whole() && end <= film.len() as u64);
        if steps.last() != Some(&lengths) {
            steps.push(lengths);
        }
        known = Some(index);
    }
    let [one, two] = [vec![4_000], vec![4_000, 4_000]];
    assert_eq!(steps, [[one.clone(), one], [two.clone(), two]]);

    large.write_all(&film[film.len() - 1..]).unwrap();
    part.commit().await.unwrap();
    let stream = open().await;
    let (index, lengths) = lengths(&stream, known).await.unwrap();
    let all = vec![4_000, 4_000, 1_000];
    assert_eq!((lengths, index.is_whole()), (vec![all.clone(), all], true));
    assert_eq!(index.size(180).unwrap().end(), film.len() as u64);
    assert_eq!(stream.index(Some(Arc::clone(&index))).await.unwrap(), Some(Arc::clone(&index)));
    let path = stream.take(180).unwrap().path;
    fs::remove_file(&path).unwrap();
    fs::write(&path, &film[..film.len() - 1]).unwrap();
    assert!(matches!(open().await.index(Some(index)).await, Err(FilesError::Damaged { .. })));
}

#[tokio::test]
async fn what_is_damaged_is_told_from_what_still_grows() {
    let (_folder, files) = files().await;
    let streams = files.streams();
    let film = film();
    let tried = async |bytes: &[u8], whole: bool| {
        let part = streams.part(ASSET, &CONTENT, &[180]).await.unwrap().unwrap();
        (&part.files()[0]).write_all(bytes).unwrap();
        if whole {
            part.commit().await.unwrap();
        }
        let stream = streams.open(ASSET, &CONTENT).await.unwrap().unwrap();
        let index = stream.index(None).await;
        assert!(streams.remove(ASSET, None).await.unwrap() > 0);
        index.map(|index| index.is_some())
    };
    let damaged = |found| matches!(found, Err(FilesError::Damaged { .. }));
    assert!(matches!(tried(&film, true).await, Ok(true)));
    for length in [0, 7, 30, 700, film.len() / 2, film.len() - 1] {
        assert!(damaged(tried(&film[..length], true).await), "{length}");
        assert!(tried(&film[..length], false).await.is_ok(), "{length}");
    }
    // A box that is longer than the file may still be on its way; it is never read.
    assert!(matches!(tried(&[0xff; 5_000], false).await, Ok(false)));
    assert!(damaged(tried(b"\0\0\0\x10moof\0\0\0\0\0\0\0\0", false).await));
    let huge = [&film[..], b"\0\xff\xff\xffmoof"].concat();
    assert!(matches!(tried(&huge, false).await, Ok(true)));
}

#[tokio::test]
async fn what_nobody_asks_for_makes_room_first_and_what_is_being_made_never_does() {
    let (folder, files) = files().await;
    let streams = files.streams();
    let now = SystemTime::now();
    let ago = |seconds| now - Duration::from_secs(seconds);
    let mut making = None;
    for (number, asked) in [(1, 4_000), (2, 9_000), (3, 60), (4, 8_000)] {
        let part = streams.part(AssetId(number), &CONTENT, &[180]).await.unwrap().unwrap();
        part.files()[0].set_len(1_000_000).unwrap();
        part.asked.set_modified(ago(asked)).unwrap();
        if number == 2 { making = Some(part) } else { part.commit().await.unwrap() }
    }
    let there = async || {
        let mut there = Vec::new();
        for number in 1..=4 {
            let root = folder.path().join("derived/streams/000/000");
            let found = evict::entries(&root).unwrap();
            let name = format!("asset_{number}-");
            if found.iter().any(|path| path.file_name().unwrap().to_string_lossy().starts_with(&name)) {
                there.push(number);
            }
        }
        there
    };
    assert_eq!(streams.evict(4_100_000, ago(600)).await.unwrap(), 0);
    assert_eq!(streams.evict(3_100_000, ago(600)).await.unwrap(), 1);
    assert_eq!(there().await, [1, 2, 3], "the oldest that is not being made goes");
    assert_eq!(streams.evict(0, ago(600)).await.unwrap(), 1);
    assert_eq!(there().await, [2, 3], "somebody watches the third");
    drop(making);
    assert_eq!(streams.evict(0, ago(600)).await.unwrap(), 1);
    assert_eq!(there().await, [3]);

    // What goes on keeps its name; another content of the asset is another stream.
    let made = async || streams.open(AssetId(5), &CONTENT).await.unwrap().unwrap().made;
    drop(streams.part(AssetId(5), &CONTENT, &[180]).await.unwrap().unwrap());
    let first = made().await;
    drop(streams.part(AssetId(5), &CONTENT, &[180]).await.unwrap().unwrap());
    assert_eq!(made().await, first);
    drop(streams.part(AssetId(5), &CONTENT, &[144]).await.unwrap().unwrap());
    assert_ne!(made().await, first);
    drop(streams.part(AssetId(5), &[8; 32], &[144]).await.unwrap().unwrap());
    assert_eq!(streams.remove(AssetId(5), Some(&CONTENT)).await.unwrap(), 1);
    assert!(streams.open(AssetId(5), &[8; 32]).await.unwrap().is_none());
    assert!(streams.open(AssetId(5), &CONTENT).await.unwrap().is_some());
}
