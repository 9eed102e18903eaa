use proptest::prelude::*;

use super::super::glob::{pattern, steps};
use super::super::near::Near;
use super::super::{Bbox, Choice, Compare, Filter, Key, Kind, Period, Text, Unit, Value, keys, parse, print};
use super::clock;

/// Texts with all that could confuse a grammar, and at least one word.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "(and|or|not|none|any|pt|=x|-y|a:b|x\\.\\.y)",
        "[ a-zA-Z0-9\"\\\\()|,:*?=<>.éß東🏖-]{0,10}[a-z0-9]",
    ]
}

fn wild() -> impl Strategy<Value = String> {
    (text(), text()).prop_map(|(a, b)| pattern(&steps(&format!("{}*{}?", a.replace(['*', '?'], "x"), b))))
}

fn compare<T: Clone + std::fmt::Debug + Copy + PartialOrd>(
    one: impl Strategy<Value = T> + Clone,
) -> impl Strategy<Value = Compare<T>> {
    prop_oneof![
        one.clone().prop_map(Compare::Is),
        one.clone().prop_map(Compare::AtLeast),
        one.clone().prop_map(Compare::Above),
        one.clone().prop_map(Compare::AtMost),
        one.clone().prop_map(Compare::Below),
        (one.clone(), one).prop_map(|(a, b)| if a <= b {
            Compare::Between(a, b)
        } else {
            Compare::Between(b, a)
        }),
    ]
}

fn period() -> impl Strategy<Value = Period> {
    (1..=9999i32, 1..=12u32, 1..=28u32, 0..3u8).prop_map(|(year, month, day, what)| match what {
        0 => Period::Year(year),
        1 => Period::Month { year, month },
        _ => Period::Day(chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap()),
    })
}

fn periods() -> impl Strategy<Value = Compare<Period>> {
    (period(), period(), 0..6u8).prop_map(|(a, b, what)| match what {
        0 => Compare::Is(a),
        1 => Compare::AtLeast(a),
        2 => Compare::Above(a),
        3 => Compare::AtMost(a),
        4 => Compare::Below(a),
        _ if a.first_day() <= b.last_day() => Compare::Between(a, b),
        _ => Compare::Between(b, a),
    })
}

fn numbers(unit: Unit) -> BoxedStrategy<Compare<i64>> {
    let one = match unit {
        Unit::Stars => (-1..=5i64).boxed(),
        Unit::Within(from, to) => (from..=to).boxed(),
        Unit::Hour => (0..24i64).boxed(),
        Unit::DayOfYear => (1..=12i64, 1..=28i64).prop_map(|(month, day)| month * 100 + day).boxed(),
        Unit::Degrees => (0..=3600i64).boxed(),
        Unit::Metres => (-1_000_000..=1_000_000i64).boxed(),
        _ => prop_oneof![0..5000i64, 0..=1_000_000_000_000_000i64].boxed(),
    };
    let round = (one.clone(), one.clone()).prop_map(|(from, to)| Compare::Between(from, to));
    if unit.goes_round() { prop_oneof![3 => compare(one), 1 => round].boxed() } else { compare(one).boxed() }
}

fn value(kind: Kind) -> BoxedStrategy<Value> {
    let words = prop_oneof![text().prop_map(Text::Begins), text().prop_map(Text::Words)];
    let whole = prop_oneof!["\\PC{1,8}".prop_map(Text::Whole), wild().prop_map(Text::Like)];
    match kind {
        Kind::Text | Kind::CodedText | Kind::Library | Kind::Album | Kind::Sharer => {
            prop_oneof![words, whole].prop_map(Value::Text).boxed()
        }
        Kind::Prose => words.prop_map(Value::Text).boxed(),
        Kind::Exact => whole.prop_map(Value::Text).boxed(),
        Kind::Choice(choices) => {
            (0..choices.len()).prop_map(move |at| Value::Choice(choices[at].name.to_owned())).boxed()
        }
        Kind::Number { unit, .. } => numbers(unit).prop_map(Value::Number).boxed(),
        Kind::Id => (0..=i64::MAX).prop_map(|id| Value::Number(Compare::Is(id))).boxed(),
        Kind::Days => periods().prop_map(Value::Days).boxed(),
        Kind::Near => (-90_000_000..=90_000_000i32, -180_000_000..=180_000_000i32, 1..=20_040_000u32)
            .prop_map(|(latitude, longitude, radius_m)| Value::Near(Near { latitude, longitude, radius_m }))
            .boxed(),
        Kind::Bbox => {
            let longitude = || -180_000_000..=180_000_000i32;
            (-90_000_000..=0i32, longitude(), 0..=90_000_000i32, longitude())
                .prop_map(|(south, west, north, east)| Value::Bbox(Bbox { south, west, north, east }))
                .boxed()
        }
        Kind::Short => unreachable!("it has no values of its own"),
    }
}

fn field() -> impl Strategy<Value = Filter> {
    let own: Vec<_> = keys().iter().filter(|info| info.kind != Kind::Short).collect();
    (0..own.len()).prop_flat_map(move |at| {
        let info = own[at];
        let one = if info.optional {
            prop_oneof![4 => value(info.kind), 1 => Just(Value::None), 1 => Just(Value::Any)].boxed()
        } else {
            value(info.kind)
        };
        let most = if matches!(info.kind, Kind::Near | Kind::Bbox) { 1 } else { 3 };
        prop::collection::vec(one, 1..=most).prop_map(|values| Filter::field(info.key, values))
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        text().prop_map(Filter::words),
        "[a-zéß]{3,10}".prop_map(Filter::roughly),
        text().prop_map(Filter::roughly),
        text().prop_map(Filter::prefix),
        field(),
        Just(Filter::everything()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::all_of),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::any_of),
            (0..4usize, prop::collection::vec(inner.clone(), 0..5))
                .prop_map(|(count, parts)| Filter::at_least(count, parts)),
            inner.prop_map(Filter::not),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_is_printed_is_read_as_the_same_tree(filter in filter()) {
        let text = print(&filter);
        prop_assume!(text.len() <= super::super::MAX_BYTES);
        prop_assert_eq!(parse(&text, &clock()), Ok(filter.clone()), "{}", text);
        prop_assert_eq!(filter.check(), Ok(()));
        prop_assert_eq!(&filter.clone().normal(), &filter);
        let json = serde_json::to_string(&filter).unwrap();
        prop_assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
    }

    #[test]
    fn no_text_breaks_the_parser(text in "[ a-zA-Z0-9\"\\\\()|,:*?=<>.é-]{0,60}|\\PC{0,40}|(taken|iso|near|name|type|size|on|hour|altitude|direction|bbox|id|is|has|added):\\PC{0,12}|taken:[a-z0-9-]{1,12}|-{0,3}[0-4]-of:[(][ a-z,()|:2of-]{0,30}[)]?") {
        match parse(&text, &clock()) {
            Ok(filter) => {
                prop_assert_eq!(filter.check(), Ok(()));
                let printed = print(&filter);
                prop_assert_eq!(parse(&printed, &clock()), Ok(filter), "{}", printed);
            }
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?}", error);
                prop_assert!(!error.message.is_empty());
            }
        }
    }
}

#[test]
fn every_example_of_the_table_reads() {
    for info in keys() {
        let filter =
            parse(info.example, &clock()).unwrap_or_else(|error| panic!("{}: {error}", info.example));
        assert!(info.kind == Kind::Short || filter.mentions(info.key), "{}", info.example);
        assert!(info.help.ends_with('.'), "{}", info.help);
    }
    assert!(!parse("camera:fuji", &clock()).unwrap().mentions(Key::Lens));
}

#[test]
fn every_word_of_every_key_reads_and_is_printed_as_what_it_means() {
    for info in keys() {
        for word in info.words().flat_map(Choice::spellings) {
            let text = format!("{}:{word}", info.name());
            let filter = parse(&text, &clock()).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(filter.check(), Ok(()), "{text}");
            assert_eq!(parse(&print(&filter), &clock()).as_ref(), Ok(&filter), "{text}");
        }
    }
}
