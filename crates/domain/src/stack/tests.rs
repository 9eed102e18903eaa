//! Who belongs together, and who is on top.

use chrono::NaiveDate;

use super::*;

fn member(id: i64, format: Format) -> Member {
    let local = NaiveDate::from_ymd_opt(2024, 5, 17).and_then(|day| day.and_hms_opt(14, 3, 0));
    Member {
        id: AssetId(id),
        kind: format.asset_type(),
        format,
        local,
        make: None,
        model: None,
        archived: false,
    }
}

#[test]
fn what_belongs_together_is_of_different_kinds_but_for_bursts() {
    let (picture, film, raw) = (member(1, Format::Jpeg), member(2, Format::Mp4), member(3, Format::Raw));
    let heic = member(4, Format::Heic);
    assert!(belong(&picture, &film, TieKind::Film) && !belong(&picture, &heic, TieKind::Film));
    assert!(belong(&picture, &raw, TieKind::Shot) && !belong(&picture, &heic, TieKind::Shot));
    assert!(belong(&picture, &member(5, Format::Jpeg), TieKind::Burst));
    assert_eq!(cover(&[raw, film, picture.clone(), member(9, Format::Jpeg)]), Some(picture.id));
}

#[test]
fn ties_are_made_of_what_the_file_says() {
    let mut metadata = Metadata::silent(Format::Heic);
    metadata.content_id = Some("ABC".into());
    let local = member(1, Format::Heic).local;
    let texts: Vec<String> = ties(&metadata, "IMG_7.HEIC", local).iter().map(Tie::as_text).collect();
    assert_eq!(texts, ["film:ABC", "shot:img_7@2024-05-17T14:03:00"]);
    assert_eq!(ties(&Metadata::silent(Format::Jpeg), "a.jpg", None), []);
    let of = |path| ties(&Metadata::silent(Format::Jpeg), path, local).iter().map(Tie::as_text).collect();
    let texts: Vec<String> = of("/photos/2024/20240517_140300_002.jpg");
    let series = "series:/photos/2024/20240517_140300";
    assert_eq!(texts, [series, "shot:20240517_140300_002@2024-05-17T14:03:00"]);
    let texts: Vec<String> = of("20240517_140300_002.jpg");
    assert_eq!(texts[0], "series:20240517_140300");
}

#[test]
fn the_files_of_a_pixel_s_shot_share_its_name() {
    let local = member(1, Format::Jpeg).local;
    let tie = |name, format| ties(&Metadata::silent(format), name, local).last().map(Tie::as_text);
    let shot = Some("shot:pxl_20240517_140300123@2024-05-17T14:03:00".to_owned());
    for name in ["PXL_20240517_140300123.RAW-01.COVER.jpg", "PXL_20240517_140300123.RAW-01.MP.COVER.jpg"] {
        assert_eq!(tie(name, Format::Jpeg), shot, "{name}");
    }
    assert_eq!(tie("PXL_20240517_140300123.RAW-02.ORIGINAL.dng", Format::Raw), shot);
    for name in ["a.raw-x.jpg", "a.raw-01.edited.jpg", ".raw-01.cover.jpg", "a.raw-001.cover.jpg"] {
        let stem = &name[..name.len() - 4];
        assert_eq!(tie(name, Format::Jpeg), Some(format!("shot:{stem}@2024-05-17T14:03:00")), "{name}");
    }
}

#[test]
fn a_shot_is_of_one_camera() {
    let of = |format, make: &str, model: &str| {
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Member { make: said(make), model: said(model), ..member(1, format) }
    };
    let raw = of(Format::Raw, "NIKON CORPORATION", "NIKON D70");
    for (make, model, same) in [
        ("NIKON CORPORATION", "NIKON D70", true),
        ("Nikon", "D70", true),
        ("", "Nikon D70", true),
        ("", "", true),
        ("NIKON CORPORATION", "", true),
        ("NIKON CORPORATION", "NIKON D70s", false),
        ("Canon", "", false),
        ("Canon", "Canon EOS 5D", false),
    ] {
        let jpeg = of(Format::Jpeg, make, model);
        assert_eq!(belong(&raw, &jpeg, TieKind::Shot), same, "{make} {model}");
        assert_eq!(belong(&jpeg, &raw, TieKind::Shot), same, "{make} {model}");
    }
}

#[test]
fn the_jpeg_is_on_top_whatever_else_is_there() {
    let earlier = Member { local: None, ..member(1, Format::Avif) };
    let all = [earlier, member(2, Format::Raw), member(3, Format::Heic), member(4, Format::Jpeg)];
    assert_eq!(cover(&all), Some(AssetId(4)));
    assert_eq!(cover(&all[..3]), Some(AssetId(3)));
    assert_eq!(cover(&all[..2]), Some(AssetId(1)));
}

#[test]
fn a_burst_by_its_names_is_of_one_camera_and_of_seconds() {
    let first = Member { model: Some("SM-G965F".into()), ..member(1, Format::Jpeg) };
    let after = |seconds, model: &str| {
        let local = first.local.map(|local| local + TimeDelta::seconds(seconds));
        Member { local, model: Some(model.into()), ..member(2, Format::Jpeg) }
    };
    assert!(belong(&first, &after(10, "SM-G965F"), TieKind::Series));
    assert!(belong(&after(10, "SM-G965F"), &first, TieKind::Series));
    assert!(!belong(&first, &after(11, "SM-G965F"), TieKind::Series));
    assert!(!belong(&first, &after(0, "SM-G960F"), TieKind::Series));
    assert!(!belong(&first, &Member { local: None, ..first.clone() }, TieKind::Series));
}

#[test]
fn one_member_is_shown_on_each_shelf_and_none_that_is_not_there() {
    use AssetLife::{Active, Archived, Stacked};
    let some = |archived: [bool; 3]| -> Vec<Member> {
        let members = (1..).zip(archived);
        members.map(|(id, archived)| Member { archived, ..member(id, Format::Jpeg) }).collect()
    };
    for (archived, wanted, expected) in [
        ([false, false, false], None, [(1, Active), (2, Stacked), (3, Stacked)]),
        ([false, false, false], Some(2), [(1, Stacked), (2, Active), (3, Stacked)]),
        ([true, false, false], None, [(1, Archived), (2, Active), (3, Stacked)]),
        ([true, false, false], Some(1), [(1, Archived), (2, Active), (3, Stacked)]),
        ([true, true, true], None, [(1, Archived), (2, Stacked), (3, Stacked)]),
        ([false, false, false], Some(9), [(1, Active), (2, Stacked), (3, Stacked)]),
    ] {
        let mut found = lives(&some(archived), wanted.map(AssetId));
        found.sort_unstable_by_key(|(id, _)| *id);
        assert_eq!(found, expected.map(|(id, life)| (AssetId(id), life)), "{archived:?} {wanted:?}");
    }
}
