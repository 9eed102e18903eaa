//! However an upload is interrupted, going on from the offset that is answered gives the whole.

use std::time::Duration;

use domain::UploadId;
use files::{Append, Checksum, Files};
use proptest::prelude::*;
use tokio::time::timeout;

use crate::ground::{BreaksOff, Stalls, content, data_folder};

#[derive(Debug, Clone, Copy)]
enum Fate {
    Arrives,
    BreaksOff,
    Stalls,
    IsDamaged,
}

fn fates() -> impl Strategy<Value = Vec<(Fate, bool, usize)>> {
    let fate =
        prop_oneof![Just(Fate::Arrives), Just(Fate::BreaksOff), Just(Fate::Stalls), Just(Fate::IsDamaged)];
    prop::collection::vec((fate, any::<bool>(), 0..600_000usize), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn an_interrupted_upload_is_whole_in_the_end(fates in fates(), length in 0..1_500_000usize) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(interrupted(&fates, length));
    }
}

async fn interrupted(fates: &[(Fate, bool, usize)], length: usize) {
    let (folder, files) = data_folder().await;
    let (id, bytes) = (UploadId(1), content(9, length));
    files.uploads().create(id, length as u64).await.unwrap();
    let mut offset = 0;
    for &(fate, check, size) in fates {
        // each time another process
        let uploads = Files::open(folder.path(), 0).await.unwrap().uploads();
        let piece = &bytes[offset..(offset + size).min(length)];
        // a damaged piece is told from a right one only by its checksum
        let check = check || matches!(fate, Fate::IsDamaged);
        let checksum = check.then(|| Checksum::Blake3(*blake3::hash(piece).as_bytes()));
        let append = Append { offset: offset as u64, length: length as u64, checksum };
        match fate {
            Fate::Arrives => drop(uploads.append(id, append, piece).await.unwrap()),
            Fate::BreaksOff => drop(uploads.append(id, append, BreaksOff(piece)).await.unwrap_err()),
            Fate::Stalls => {
                let stalled = uploads.append(id, append, Stalls(piece));
                assert!(timeout(Duration::from_millis(20), stalled).await.is_err());
            }
            Fate::IsDamaged => {
                let damaged: Vec<u8> =
                    piece.iter().map(|byte| !byte).chain(piece.is_empty().then_some(0)).collect();
                uploads.append(id, append, &damaged[..]).await.unwrap_err();
            }
        }
        let end = offset + piece.len();
        let now = loop {
            // one that was given up may still be writing its last bytes
            match uploads.offset(id).await {
                Ok(now) => break now.unwrap() as usize,
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        };
        match (fate, check) {
            (Fate::Arrives, _) | (Fate::BreaksOff, false) => assert_eq!(now, end),
            (Fate::Stalls, false) => assert!((offset..=end).contains(&now)),
            _ => assert_eq!(now, offset),
        }
        offset = now;
    }
    let rest = Append { offset: offset as u64, length: length as u64, checksum: None };
    files.uploads().append(id, rest, &bytes[offset..]).await.unwrap();
    let stored = files.uploads().finish(id, length as u64, None).await.unwrap();
    assert_eq!((stored.blake3, stored.size), (*blake3::hash(&bytes).as_bytes(), length as u64));
}
