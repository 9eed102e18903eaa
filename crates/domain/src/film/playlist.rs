//! The playlists of a film that is streamed (HLS, RFC 8216), as text.

use std::fmt::Write as _;

use super::fragment::{Fragment, Header};
use super::ladder::announced_bits;

/// For `Content-Type`.
pub const MEDIA_TYPE: &str = "application/vnd.apple.mpegurl";
/// Seconds that no fragment is shorter than said to be; it stays the same while a film grows.
const TARGET_S: u64 = 4;
const SECOND: u64 = 1_000_000;

/// One size of a film.
#[derive(Debug, Clone, Copy)]
pub struct Rung<'a> {
    /// Its name, before the ending.
    pub short_side: u32,
    /// What its file says of itself.
    pub header: &'a Header,
    /// Bytes before the first fragment.
    pub header_length: u64,
    /// What there is of it.
    pub fragments: &'a [Fragment],
    /// No more is to come.
    pub whole: bool,
}

/// The list of all sizes, the smallest first: with that a player begins that does not know its connection yet.
pub fn master(rungs: &[Rung<'_>]) -> String {
    let mut rungs: Vec<_> = rungs.iter().collect();
    rungs.sort_by_key(|rung| rung.short_side);
    let mut text = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n".to_owned();
    for rung in rungs {
        let (width, height) = rung.header.size;
        let rate = rung.rate();
        let measured = rung.peak_bits();
        let peak = if rung.whole { measured } else { measured.max(announced_bits((width, height), rate)) };
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={},CODECS=\"{}\",RESOLUTION={width}x{height},\
             FRAME-RATE={rate:.3}\n{}.m3u8",
            rung.average_bits(),
            rung.header.codecs,
            rung.short_side
        );
    }
    text
}

/// The list of one size's fragments. It only ever grows at its end, until that is said to be one.
pub fn media(rung: &Rung<'_>) -> String {
    let longest = rung.fragments.iter().map(|fragment| fragment.moment.lasts_us).max().unwrap_or(0);
    let target = ((longest + SECOND / 2) / SECOND).max(TARGET_S);
    let name = rung.short_side;
    let mut text = format!(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:0\n\
         #EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-START:TIME-OFFSET=0\n\
         #EXT-X-MAP:URI=\"{name}.mp4\",BYTERANGE=\"{}@0\"\n",
        rung.header_length
    );
    for Fragment { start, length, moment } in rung.fragments {
        let (seconds, rest) = (moment.lasts_us / SECOND, moment.lasts_us % SECOND);
        let _ = writeln!(text, "#EXTINF:{seconds}.{rest:06},\n#EXT-X-BYTERANGE:{length}@{start}\n{name}.mp4");
    }
    if rung.whole {
        text.push_str("#EXT-X-ENDLIST\n");
    }
    text
}

impl Rung<'_> {
    /// Pictures a second, on average.
    fn rate(&self) -> f64 {
        let pictures: u64 = self.fragments.iter().map(|fragment| fragment.moment.pictures).sum();
        #[expect(clippy::cast_precision_loss, reason = "no film has so many pictures")]
        let rate = pictures as f64 * SECOND as f64 / self.lasts_us().max(1) as f64;
        rate
    }

    fn lasts_us(&self) -> u64 {
        self.fragments.iter().map(|fragment| fragment.moment.lasts_us).sum()
    }

    fn average_bits(&self) -> u64 {
        bits(self.fragments.iter().map(|fragment| fragment.length).sum(), self.lasts_us())
    }

    /// The most bits a second of fragments in a row that last half as long as one should.
    fn peak_bits(&self) -> u64 {
        let (mut peak, mut bytes, mut lasts) = (self.average_bits(), 0, 0);
        let mut ahead = self.fragments.iter();
        for first in self.fragments {
            // Who begins later does not end sooner.
            while lasts * 2 < TARGET_S * SECOND {
                let Some(last) = ahead.next() else { return peak };
                bytes += last.length;
                lasts += last.moment.lasts_us;
            }
            peak = peak.max(bits(bytes, lasts));
            bytes -= first.length;
            lasts -= first.moment.lasts_us;
        }
        peak
    }
}

fn bits(bytes: u64, lasts_us: u64) -> u64 {
    let bits = u128::from(bytes) * 8 * u128::from(SECOND) / u128::from(lasts_us.max(1));
    u64::try_from(bits).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::fragment::Moment;
    use super::*;

    fn fragments(of: &[(u64, u64)]) -> Vec<Fragment> {
        let mut start = 1_000;
        of.iter()
            .map(|(length, lasts_ms)| {
                let moment = Moment { lasts_us: lasts_ms * 1_000, pictures: lasts_ms * 25 / 1_000 };
                start += length;
                Fragment { start: start - length, length: *length, moment }
            })
            .collect()
    }

    fn rung<'a>(header: &'a Header, fragments: &'a [Fragment], whole: bool) -> Rung<'a> {
        Rung { short_side: 720, header, header_length: 1_000, fragments, whole }
    }

    #[test]
    fn what_is_announced_is_measured_once_it_can_be() {
        let header = Header::of((1280, 720), "avc1.64001f");
        // 1 Mbit/s, 2 Mbit/s; and a last moment that would look like 8.
        let fragments = fragments(&[(500_000, 4_000), (1_000_000, 4_000), (40_000, 40)]);
        let whole = master(&[rung(&header, &fragments, true)]);
        let line = "#EXT-X-STREAM-INF:BANDWIDTH=2000000,AVERAGE-BANDWIDTH=1532338,CODECS=\"avc1.64001f\",\
                    RESOLUTION=1280x720,FRAME-RATE=25.000\n720.m3u8\n";
        assert!(whole.ends_with(line), "{whole}");
        let growing = master(&[rung(&header, &fragments, false)]);
        assert!(growing.contains("BANDWIDTH=3693000,AVERAGE-BANDWIDTH=1532338"), "{growing}");
    }

    #[test]
    fn many_moments_of_no_length_cost_no_more_than_others() {
        let header = Header::of((1280, 720), "avc1.64001f");
        // Each pair of them would be five thousand million steps.
        let fragments = fragments(&vec![(10, 0); 100_000]);
        let began = std::time::Instant::now();
        assert!(master(&[rung(&header, &fragments, true)]).contains("BANDWIDTH="));
        assert!(began.elapsed().as_millis() < 500, "{:?}", began.elapsed());
        // The window is as short as it can be at each place.
        let uneven =
            self::fragments(&[(10, 100), (900, 100), (10, 3_000), (700, 1_000), (700, 1_000), (1, 10)]);
        let whole = master(&[rung(&header, &uneven, true)]);
        let most = (0..uneven.len()).filter_map(|first| {
            let ends = (first..uneven.len()).map(|last| &uneven[first..=last]);
            let lasts = |of: &&[Fragment]| of.iter().map(|one| one.moment.lasts_us).sum::<u64>() >= 2_000_000;
            let window = ends.clone().find(lasts)?;
            let lasts: u64 = window.iter().map(|one| one.moment.lasts_us).sum();
            Some(window.iter().map(|one| one.length).sum::<u64>() * 8_000_000 / lasts)
        });
        assert!(whole.contains(&format!("BANDWIDTH={},", most.max().unwrap())), "{whole}");
    }

    #[test]
    fn a_list_only_grows_until_it_ends() {
        let header = Header::of((1280, 720), "avc1.64001f");
        let fragments = fragments(&[(500, 4_000), (600, 4_004), (70, 1_040)]);
        let begun = media(&rung(&header, &fragments[..1], false));
        let wanted = "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:0\n\
            #EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-START:TIME-OFFSET=0\n\
            #EXT-X-MAP:URI=\"720.mp4\",BYTERANGE=\"1000@0\"\n\
            #EXTINF:4.000000,\n#EXT-X-BYTERANGE:500@1000\n720.mp4\n";
        assert_eq!(begun, wanted);
        let more = "#EXTINF:4.004000,\n#EXT-X-BYTERANGE:600@1500\n720.mp4\n\
            #EXTINF:1.040000,\n#EXT-X-BYTERANGE:70@2100\n720.mp4\n#EXT-X-ENDLIST\n";
        assert_eq!(media(&rung(&header, &fragments, true)), format!("{wanted}{more}"));
        let slow = self::fragments(&[(500, 10_600)]);
        assert!(media(&rung(&header, &slow, true)).contains("TARGETDURATION:11\n"));
    }
}
