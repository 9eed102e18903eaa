use chrono::NaiveDate;

use super::*;

fn at(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 7, day).unwrap().and_hms_opt(hour, 0, 0).unwrap()
}

fn now() -> DateTime<Utc> {
    at(31, 0).and_utc()
}

fn word(text: &str) -> Keyword {
    Keyword::stored(text.to_owned()).unwrap()
}

/// Noon in Lisbon, told by the file, with a caption and two keywords.
fn beneath() -> Telling {
    Telling {
        taken: Taken {
            utc: at(10, 11).and_utc(),
            local: at(10, 12),
            offset_minutes: 60,
            zone: Some("Europe/Lisbon".to_owned()),
            source: TimeSource::Original,
            guessed: false,
            precision: Precision::Moment,
            assumed: false,
        },
        position: Some(Position { latitude: 38.7, longitude: -9.1, altitude: Some(12.0) }),
        direction: Some(90.0),
        words: Words {
            caption: Some("of the file".to_owned()),
            keywords: vec![word("Places|Portugal"), word("sea")],
            ..Words::default()
        },
        rating: Some(3),
    }
}

fn said(changes: &[EditChange]) -> Result<Edit, EditError> {
    changes.iter().try_fold(Edit::default(), |edit, change| {
        let shown = beneath().edited(&edit);
        change.apply(edit, &shown, now())
    })
}

#[test]
fn nothing_said_shows_the_files_and_what_is_taken_back_leaves_nothing() {
    assert_eq!(beneath().edited(&Edit::default()), beneath());
    let set = EditChange {
        caption: Change::Set("mine".to_owned()),
        rating: Change::Set(0),
        position: Change::Set(EditedPosition::Nowhere),
        taken: Change::Set(TimeChange { shift: TimeDelta::hours(1), ..TimeChange::default() }),
        add_keywords: vec![word("boat")],
        ..EditChange::default()
    };
    let shown = beneath().edited(&said(std::slice::from_ref(&set)).unwrap());
    assert_eq!(shown.words.caption.as_deref(), Some("mine"));
    assert_eq!((shown.rating, shown.position, shown.direction), (None, None, None));
    assert_eq!((shown.taken.local, shown.taken.source), (at(10, 13), TimeSource::Edited));
    assert_eq!(shown.words.keywords, [word("Places|Portugal"), word("boat"), word("sea")]);
    let back = EditChange {
        caption: Change::Revert,
        rating: Change::Revert,
        position: Change::Revert,
        taken: Change::Revert,
        keywords: Change::Revert,
        ..EditChange::default()
    };
    assert!(said(&[set, back]).unwrap().is_empty());
}

#[test]
fn a_clock_that_was_wrong_is_set_right_in_its_zone() {
    let change = |local, hours, clock| EditChange {
        taken: Change::Set(TimeChange { local, shift: TimeDelta::hours(hours), clock }),
        ..EditChange::default()
    };
    for (change, local, offset, utc) in [
        // Into winter: the zone's clocks have been put back by then.
        (change(None, 24 * -200, None), NaiveDate::from_ymd_opt(2023, 12, 23), 0, 12),
        (change(Some(at(11, 9)), 0, None), NaiveDate::from_ymd_opt(2024, 7, 11), 60, 8),
        (
            change(None, 0, Some(Clock::Zone(chrono_tz::Asia::Tokyo))),
            NaiveDate::from_ymd_opt(2024, 7, 10),
            540,
            3,
        ),
        (change(None, 0, Some(Clock::Offset(-30))), NaiveDate::from_ymd_opt(2024, 7, 10), -30, 12),
    ] {
        let taken = beneath().edited(&said(&[change]).unwrap()).taken;
        assert_eq!((Some(taken.local.date()), taken.offset_minutes), (local, offset));
        assert_eq!(taken.utc, taken.local.and_utc() - TimeDelta::minutes(i64::from(taken.offset_minutes)));
        assert_eq!(chrono::Timelike::hour(&taken.utc), utc);
    }
}

#[test]
fn a_date_that_is_moved_is_known_no_better_than_before() {
    use Precision::{Day, Moment, Month, Year};
    let hours = |hours| TimeChange { shift: TimeDelta::hours(hours), ..TimeChange::default() };
    let clock = TimeChange { clock: Some(Clock::Offset(60)), ..TimeChange::default() };
    let local = TimeChange { local: Some(at(11, 0)), ..TimeChange::default() };
    for (change, before, after, assumed) in [
        (hours(1), Day, Moment, true),
        (hours(48), Day, Day, true),
        (hours(-48), Month, Day, true),
        (clock, Year, Year, false),
        (local, Year, Moment, true),
    ] {
        let mut beneath = beneath();
        (beneath.taken.precision, beneath.taken.assumed) = (before, true);
        let taken = EditChange { taken: Change::Set(change.clone()), ..EditChange::default() };
        let said = taken.apply(Edit::default(), &beneath, now()).unwrap();
        let shown = beneath.edited(&said).taken;
        assert_eq!((shown.precision, shown.assumed), (after, assumed), "{change:?} {before:?}");
    }
}

#[test]
fn what_cannot_be_is_refused() {
    let shift = |days| EditChange {
        taken: Change::Set(TimeChange { shift: TimeDelta::days(days), ..TimeChange::default() }),
        ..EditChange::default()
    };
    let clock = TimeChange { clock: Some(Clock::Offset(900)), ..TimeChange::default() };
    let text = EditChange { title: Change::Set("x".repeat(LONGEST_TEXT + 1)), ..EditChange::default() };
    let stars = EditChange { rating: Change::Set(6), ..EditChange::default() };
    let clock = EditChange { taken: Change::Set(clock), ..EditChange::default() };
    assert!(matches!(said(&[shift(30)]), Err(EditError::Date(_))));
    assert!(matches!(said(&[shift(-366 * 200)]), Err(EditError::Date(_))));
    assert!(matches!(said(&[shift(i64::from(i32::MAX))]), Err(EditError::Date(_))));
    assert_eq!(said(&[clock]), Err(EditError::Offset));
    assert_eq!(said(&[text]), Err(EditError::Text("title")));
    assert_eq!(said(&[stars]), Err(EditError::Rating));
    for (latitude, longitude) in [(91.0, 0.0), (0.0, -181.0), (f64::NAN, 0.0)] {
        assert_eq!(EditedPosition::at(latitude, longitude), Err(EditError::Position));
    }
}
