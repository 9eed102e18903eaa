//! Bursts whose pictures say so by their names alone. Only forms that telephones are known to write, each with a date.

/// What the names of a burst's pictures have in common. `stem` is a name without its ending, in lower case.
pub(super) fn of(stem: &str) -> Option<&str> {
    let stem = stem.strip_suffix("_cover").unwrap_or(stem);
    match stem.rsplit_once("_burst") {
        // `00001IMG_00001_BURST20171111030039`, `DSC_0001_BURST20230709220904977`: Google, Huawei, Sony.
        Some((_, moment)) if are_digits(moment, &[14, 17]) => Some(moment),
        // `IMG_20250616_163308479_BURST001`: Motorola, Honor, Fairphone.
        Some((before, number)) if are_digits(number, &[1, 2, 3]) && ends_in_moment(before) => Some(before),
        Some(_) => None,
        // `20231207_101605_001`: Samsung.
        None => stem
            .rsplit_once('_')
            .filter(|(before, number)| {
                before.len() == 15 && ends_in_moment(before) && are_digits(number, &[3])
            })
            .map(|(before, _)| before),
    }
}

/// `20231207_101605`, with or without thousandths.
fn ends_in_moment(text: &str) -> bool {
    let Some((before, time)) = text.rsplit_once('_') else { return false };
    let day = before.rsplit('_').next().unwrap_or(before);
    are_digits(time, &[6, 9]) && are_digits(day, &[8])
}

fn are_digits(text: &str, lengths: &[usize]) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_of_bursts_have_one_thing_in_common() {
        for (stem, series) in [
            ("00001img_00001_burst20171111030039", Some("20171111030039")),
            ("00015img_00015_burst20171111030039_cover", Some("20171111030039")),
            ("dsc_0052_burst20230709220904977_cover", Some("20230709220904977")),
            ("img_20250616_163308479_burst000_cover", Some("img_20250616_163308479")),
            ("img_20251231_115959_burst1", Some("img_20251231_115959")),
            ("20231207_101605_039", Some("20231207_101605")),
            ("20231207_101605", None),
            ("20231207_101605_1", None),
            ("a_20231207_101605_039", None),
            ("holiday_burst001", None),
            ("img_0001_burst2017", None),
            ("_burst", None),
            ("é_burst001_cover", None),
        ] {
            assert_eq!(of(stem), series, "{stem}");
        }
    }
}
