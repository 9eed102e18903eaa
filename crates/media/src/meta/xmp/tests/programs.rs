use domain::metadata::Metadata;
use domain::metadata::keywords::{Keyword, tidy};

use super::{read, read_with};
use crate::meta::exif::tests::tiff;

/// The vocabularies of ACDSee and of Windows, with the address that each program itself writes.
const OWN: &str = "xmlns:ac='http://ns.acdsee.com/iptc/1.0/' xmlns:ms='http://ns.microsoft.com/photo/1.0/'";

fn read_own(attributes: &str, inside: &str) -> Metadata {
    read(&format!("<rdf:Description {OWN} {attributes}>{inside}</rdf:Description>"))
}

fn bag(field: &str, words: &[&str]) -> String {
    let items: String = words.iter().map(|word| format!("<rdf:li>{word}</rdf:li>")).collect();
    format!("<{field}><rdf:Bag>{items}</rdf:Bag></{field}>")
}

fn kept(metadata: Metadata) -> Vec<String> {
    tidy(metadata.words.keywords).into_iter().map(|keyword: Keyword| keyword.into()).collect()
}

#[test]
fn stars_of_one_program_count_where_there_are_no_others() {
    let rating = |attributes: &str| read_own(attributes, "").rating;
    assert_eq!(rating("ac:rating='3'"), Some(3));
    assert_eq!(rating("ms:Rating='99'"), Some(5));
    assert_eq!(rating("ac:rating='2' ms:Rating='75'"), Some(2));
    assert_eq!(rating("xap:Rating='4' ac:rating='2' ms:Rating='1'"), Some(4));
    // A rating taken away, and what is none.
    for none in
        ["xap:Rating='0' ac:rating='2' ms:Rating='75'", "ms:Rating='0'", "ms:Rating='1e9'", "ac:rating='x'"]
    {
        assert_eq!(rating(none), None, "{none}");
    }
    // As exiftool writes the address.
    let older = read("<rdf:Description xmlns:ms='http://ns.microsoft.com/photo/1.0' ms:Rating='25'/>");
    assert_eq!(older.rating, Some(2));
    let exif = tiff(&[(0x4746, 3, 1, vec![4, 0])]);
    assert_eq!(read_with(exif, &format!("<rdf:Description {OWN} ac:rating='1'/>")).rating, Some(4));
}

#[test]
fn captions_of_acdsee_are_read_where_there_is_no_other() {
    let caption = |attributes: &str, inside: &str| read_own(attributes, inside).words.caption;
    assert_eq!(caption("ac:caption='By the sea' ac:notes='Rain'", "").as_deref(), Some("By the sea"));
    assert_eq!(caption("ac:notes='Rain'", "").as_deref(), Some("Rain"));
    let other = "<dc:description><rdf:Alt><rdf:li>Waves</rdf:li></rdf:Alt></dc:description>";
    assert_eq!(caption("ac:caption='By the sea'", other).as_deref(), Some("Waves"));
}

#[test]
fn keywords_that_windows_remembers_say_what_is_above_a_word() {
    let last = bag("ms:LastKeywordXMP", &["Places/Lisbon", "gone", "b/w"]);
    assert_eq!(kept(read_own("", &last)), ["Places|Lisbon", "b|w", "gone"]);
    // Taken away since by another program; and a word with a stroke in it.
    let now = bag("dc:subject", &["Lisbon", "b/w"]);
    assert_eq!(kept(read_own("", &(last + &now))), ["Places|Lisbon", "b/w"]);
    let acdsee = bag("ac:keywords", &["beach", "Lisbon"]);
    assert_eq!(kept(read_own("", &(acdsee + &now))), ["Lisbon", "b/w", "beach"]);
}

/// XML within XML: each sign of the inner one is written by its name.
#[test]
fn categories_of_acdsee_are_keywords_with_those_above_them() {
    let read = |tree: &str| {
        let escaped = tree.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        kept(read_own("", &format!("<ac:categories>{escaped}</ac:categories>")))
    };
    let tree = "<Categories><Category Assigned=\"0\">Places<Category Assigned=\"1\">Lisbon</Category>\
                <Category Assigned=\"0\">Porto</Category></Category>\
                <Category Assigned=\"1\">Fish &amp; chips</Category></Categories>";
    assert_eq!(read(tree), ["Fish & chips", "Places|Lisbon"]);
    let both = "<Categories><Category Assigned=\"1\">Places<Category Assigned=\"1\">Lisbon</Category>";
    assert_eq!(read(both), ["Places|Lisbon"]);
    for none in ["Places", "<Categories/>", "<Category Assigned=\"1\"></Category>", "<a></a></a></a>", "&x;<"]
    {
        assert_eq!(read(none), [""; 0], "{none}");
    }
    assert_eq!(read(&"<a Assigned=\"1\">x".repeat(5_000)), [""; 0]);
}

/// Numbers of a file of an iPhone, as `exiftool` reads them from XMP.
#[test]
fn powers_in_xmp_stand_in_for_the_numbers() {
    let camera = |attributes: &str| {
        let camera = read(&format!("<rdf:Description {attributes}/>")).camera;
        (camera.f_number, camera.exposure_s)
    };
    let powers = "e:ApertureValue='7983/3509' e:ShutterSpeedValue='5/1'";
    assert_eq!(camera(powers), (Some(2.2), Some(0.03125)));
    assert_eq!(
        camera(&format!("{powers} e:FNumber='28/10' e:ExposureTime='1/30'")),
        (Some(2.8), Some(1.0 / 30.0))
    );
    assert_eq!(camera("e:ApertureValue='0/1' e:ShutterSpeedValue='1000/1'"), (None, None));
}
