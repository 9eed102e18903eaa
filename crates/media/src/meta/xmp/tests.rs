use domain::metadata::{Format, Metadata};

fn read(body: &str) -> Metadata {
    read_bytes(&wrap(body).into_bytes())
}

fn read_bytes(bytes: &[u8]) -> Metadata {
    let mut metadata = crate::meta::assemble(Format::Jpeg, Default::default());
    super::apply(bytes, &mut metadata);
    metadata
}

fn wrap(body: &str) -> String {
    format!(
        "<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://ns.adobe.com/exif/1.0/' \
         xmlns:xap='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
         xmlns:mm='http://ns.adobe.com/xap/1.0/mm/'>{body}</rdf:RDF></x:xmpmeta>"
    )
}

#[test]
fn attributes_elements_and_lists_are_read_whatever_their_prefix() {
    let metadata = read(
        "<rdf:Description xap:Rating='4' e:FNumber='28/10'>\
         <e:DateTimeOriginal>2020-02-03T04:05:06+01:00</e:DateTimeOriginal>\
         <e:ISOSpeedRatings><rdf:Seq><rdf:li>400</rdf:li></rdf:Seq></e:ISOSpeedRatings>\
         <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Fish &amp; chips &#x2192;</rdf:li></rdf:Alt>\
         </dc:description></rdf:Description>",
    );
    assert_eq!((metadata.rating, metadata.f_number, metadata.iso), (Some(4), Some(2.8), Some(400)));
    assert_eq!(metadata.caption.as_deref(), Some("Fish & chips →"));
    assert_eq!(metadata.times[0].offset_minutes, Some(60));
    assert!(metadata.notes.is_empty(), "{:?}", metadata.notes);
}

#[test]
fn what_a_picture_was_derived_from_is_not_the_picture() {
    let metadata = read(
        "<rdf:Description><mm:Pantry><rdf:Bag><rdf:li><rdf:Description xap:Rating='5'>\
         <xap:CreateDate>2001-01-01</xap:CreateDate></rdf:Description></rdf:li></rdf:Bag></mm:Pantry>\
         </rdf:Description>",
    );
    assert_eq!((metadata.rating, metadata.times.len()), (None, 0));
}

#[test]
fn absurd_values_are_left_out() {
    let metadata = read(
        "<rdf:Description xap:Rating='1e20' e:GPSLatitude='999,0N' e:GPSLongitude='NaN' e:FNumber='1/0' \
         e:ExposureTime='-1' xap:CreateDate='0000-00-00'/>",
    );
    assert_eq!((metadata.rating, metadata.position, metadata.f_number), (None, None, None));
    assert_eq!((metadata.exposure_s, metadata.times.len()), (None, 0));
}

#[test]
fn bombs_and_depths_end_early() {
    let laughs = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>".to_owned()
        + &wrap("<rdf:Description><dc:description>&a;</dc:description></rdf:Description>");
    let metadata = read_bytes(laughs.as_bytes());
    assert!(metadata.caption.is_none() && metadata.notes[0].contains("entity"), "{:?}", metadata.notes);
    let metadata = read(&"<rdf:Description>".repeat(100_000));
    assert!(metadata.notes[0].contains("deep"), "{:?}", metadata.notes);
    let long =
        format!("<rdf:Description><dc:description>{}</dc:description></rdf:Description>", "€".repeat(90_000));
    assert_eq!(read(&long).caption.map(|text| text.chars().count()), Some(super::text::PARAGRAPHS));
}

#[test]
fn utf_16_is_understood() {
    let text = wrap("<rdf:Description xap:Rating='5'/>");
    let bytes: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read_bytes(&bytes).rating, Some(5));
}
