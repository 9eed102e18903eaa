use proptest::prelude::*;

use super::super::glob::{pattern, steps};
use super::super::near::Near;
use super::super::{Compare, Filter, Key, Kind, Period, Text, Unit, Value, keys, parse, print};
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

fn value(kind: Kind) -> BoxedStrategy<Value> {
    let words = prop_oneof![text().prop_map(Text::Begins), text().prop_map(Text::Words)];
    let whole = prop_oneof!["\\PC{1,8}".prop_map(Text::Whole), wild().prop_map(Text::Like)];
    match kind {
        Kind::Text | Kind::CodedText | Kind::Library => {
            prop_oneof![words, whole].prop_map(Value::Text).boxed()
        }
        Kind::Prose => words.prop_map(Value::Text).boxed(),
        Kind::Exact => whole.prop_map(Value::Text).boxed(),
        Kind::Choice(choices) => {
            (0..choices.len()).prop_map(move |at| Value::Choice(choices[at].name.to_owned())).boxed()
        }
        Kind::Number { unit: Unit::Stars, .. } => compare(-1..=5i64).prop_map(Value::Number).boxed(),
        Kind::Number { .. } => {
            compare(prop_oneof![0..5000i64, 0..=1_000_000_000_000_000i64]).prop_map(Value::Number).boxed()
        }
        Kind::Days => periods().prop_map(Value::Days).boxed(),
        Kind::Near => (-90_000_000..=90_000_000i32, -180_000_000..=180_000_000i32, 1..=20_040_000u32)
            .prop_map(|(latitude, longitude, radius_m)| Value::Near(Near { latitude, longitude, radius_m }))
            .boxed(),
    }
}

fn field() -> impl Strategy<Value = Filter> {
    (0..keys().len()).prop_flat_map(|at| {
        let info = &keys()[at];
        let one = if info.optional {
            prop_oneof![4 => value(info.kind), 1 => Just(Value::None), 1 => Just(Value::Any)].boxed()
        } else {
            value(info.kind)
        };
        let most = if info.kind == Kind::Near { 1 } else { 3 };
        prop::collection::vec(one, 1..=most).prop_map(|values| Filter::field(info.key, values))
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        text().prop_map(Filter::words),
        text().prop_map(Filter::prefix),
        field(),
        Just(Filter::everything()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::all_of),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::any_of),
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
    fn no_text_breaks_the_parser(text in "[ a-zA-Z0-9\"\\\\()|,:*?=<>.é-]{0,60}|\\PC{0,40}|(taken|iso|near|name|type|size):\\PC{0,12}") {
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
        assert!(filter.mentions(info.key), "{}", info.example);
        assert!(info.help.ends_with('.'), "{}", info.help);
    }
    assert!(!parse("camera:fuji", &clock()).unwrap().mentions(Key::Lens));
}
