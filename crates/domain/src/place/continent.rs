//! Which continent a country belongs to, as GeoNames counts them.

/// A continent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Continent {
    /// Africa.
    Africa,
    /// Antarctica and the islands around it.
    Antarctica,
    /// Asia, with Georgia, Armenia, Azerbaijan and Turkey.
    Asia,
    /// Europe, with Cyprus and all of Russia.
    Europe,
    /// North and Central America and the Caribbean.
    NorthAmerica,
    /// Australia, New Zealand and the islands of the Pacific.
    Oceania,
    /// South America.
    SouthAmerica,
}
crate::texts!(Continent {
    Africa = "africa", Antarctica = "antarctica", Asia = "asia", Europe = "europe",
    NorthAmerica = "north-america", Oceania = "oceania", SouthAmerica = "south-america",
});

/// Codes of countries, two letters each.
const COUNTRIES: &[(Continent, &str)] = &[
    (
        Continent::Africa,
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ \
         NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
    ),
    (Continent::Antarctica, "AQ BV GS HM TF"),
    (
        Continent::Asia,
        "AE AF AM AZ BD BH BN BT CC CN CX GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY \
         NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE",
    ),
    (
        Continent::Europe,
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD \
         ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
    ),
    (
        Continent::NorthAmerica,
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX \
         TC TT US VC VG VI",
    ),
    (Continent::Oceania, "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS"),
    (Continent::SouthAmerica, "AR BO BR CL CO EC FK GF GY PE PY SR UY VE"),
];

/// The continent of a country, by its code of two capital letters.
pub fn continent(code: &str) -> Option<Continent> {
    let of = |codes: &str| codes.split(' ').any(|known| known == code);
    COUNTRIES.iter().find(|(_, codes)| of(codes)).map(|(continent, _)| *continent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::country;

    #[test]
    fn every_country_lies_on_one_continent() {
        for code in country::codes() {
            let on = COUNTRIES.iter().filter(|(_, codes)| codes.split(' ').any(|known| known == code));
            assert_eq!(on.count(), 1, "{code}");
        }
        assert_eq!(continent("PT"), Some(Continent::Europe));
        assert_eq!(continent("pt"), None);
    }
}
