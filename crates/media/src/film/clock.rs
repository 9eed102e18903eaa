//! Films whose clock begins anew or jumps, as those of camcorders that were joined: what follows goes on where it was.

use ffmpeg_next::{Packet, Rational, Rescale, media};

use super::{Film, MICROSECONDS};

/// Containers in which clocks may begin anew. In all others a time is what it says.
const JUMPING: [&str; 2] = ["mpegts", "mpeg"];
/// What is further ahead than this is a jump; less is a gap. These bounds are those of the `ffmpeg` program.
const AHEAD: i64 = 10_000_000;
/// What is further back than this is a jump.
const BACK: i64 = 100_000;

/// A clock for the tracks of a film that only goes forward. It is to see each of their packets, in their order.
#[derive(Default)]
pub(crate) struct Clock {
    jumps: bool,
    /// What is added to each time since the last jump, in microseconds.
    shift: i64,
    tracks: Vec<Option<Track>>,
    /// When the last packet of all is decoded.
    last: Option<i64>,
}

#[derive(Clone, Copy)]
struct Track {
    shift: i64,
    /// When its last packet is decoded, and when the next one should be.
    last: i64,
    next: i64,
}

impl Clock {
    pub(crate) fn of(film: &Film) -> Self {
        Self { jumps: JUMPING.contains(&film.input.format().name()), ..Self::default() }
    }

    /// Whether a place in the film can't be told by its time.
    pub(crate) fn jumps(&self) -> bool {
        self.jumps
    }

    /// Sets a packet's times right, which are in its track's own unit.
    pub(crate) fn set(&mut self, packet: &mut Packet, unit: Rational) {
        if !self.jumps {
            return;
        }
        let shift = match packet.dts() {
            Some(at) => {
                let length = packet.duration().max(0).rescale(unit, MICROSECONDS);
                self.shift_at(packet.stream(), at.rescale(unit, MICROSECONDS), length)
            }
            // When it is shown tells nothing of the order.
            None => {
                self.tracks.get(packet.stream()).copied().flatten().map_or(self.shift, |track| track.shift)
            }
        };
        let shift = shift.rescale(MICROSECONDS, unit);
        packet.set_dts(packet.dts().map(|at| at.saturating_add(shift)));
        packet.set_pts(packet.pts().map(|at| at.saturating_add(shift)));
    }

    /// How far the packets have come, in microseconds.
    pub(crate) fn end(&self) -> Option<i64> {
        self.tracks.iter().flatten().map(|track| track.next).max()
    }

    /// What is to be added to the time of a packet of a track.
    fn shift_at(&mut self, track: usize, at: i64, length: i64) -> i64 {
        if self.tracks.len() <= track {
            self.tracks.resize(track + 1, None);
        }
        let (mut shift, jump) = match (self.tracks[track], self.last) {
            (Some(known), _) => {
                // Where two films were joined, the last packet of the one may come behind the first of the other.
                let ahead = |shift: i64| at.saturating_add(shift).saturating_sub(known.next);
                let off = |shift: i64| ahead(shift).saturating_abs();
                let nearer = if off(known.shift) < off(self.shift) { known.shift } else { self.shift };
                let back = at.saturating_add(nearer).saturating_add(BACK) < known.last;
                (nearer, Some(ahead(nearer)).filter(|ahead| back || *ahead > AHEAD))
            }
            // Tracks begin at about the same time.
            (None, Some(last)) => {
                let ahead = at.saturating_add(self.shift).saturating_sub(last);
                (self.shift, Some(ahead).filter(|ahead| ahead.saturating_abs() > AHEAD))
            }
            (None, None) => (self.shift, None),
        };
        if let Some(jump) = jump {
            shift = shift.saturating_sub(jump);
            self.shift = shift;
        }
        let at = at.saturating_add(shift);
        self.tracks[track] = Some(Track { shift, last: at, next: at.saturating_add(length) });
        self.last = Some(at);
        shift
    }
}

impl Film {
    /// How long a film plays whose clock may begin anew, by its packets; none of others.
    pub(crate) fn counted_ms(mut self) -> Option<i64> {
        let (mut clock, begin) = (Clock::of(&self), self.begin());
        if !clock.jumps() {
            return None;
        }
        let sound = self.input.streams().best(media::Type::Audio).map(|stream| stream.index());
        let units: Vec<Rational> = self.input.streams().map(|stream| stream.time_base()).collect();
        let mut packet = Packet::empty();
        while packet.read(&mut self.input).is_ok() {
            let track = packet.stream();
            if let Some(unit) = units.get(track)
                && (track == self.stream || Some(track) == sound)
            {
                clock.set(&mut packet, *unit);
            }
        }
        clock.end().map(|end| end.saturating_sub(begin) / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each packet's track and time, all 40 ms long, and where it comes to lie.
    #[test]
    fn what_follows_a_jump_goes_on_where_it_was() {
        let cases: [&[(usize, i64, i64)]; 5] = [
            // Begun anew: pictures, and the sound that comes a little later, alike.
            &[
                (0, 1400, 1400),
                (1, 1420, 1420),
                (0, 1440, 1440),
                (0, 500, 1480),
                (1, 520, 1500),
                (0, 540, 1520),
            ],
            // Three hours ahead.
            &[(0, 0, 0), (0, 40, 40), (0, 10_800_000, 80), (1, 10_800_020, 100)],
            // A gap, and pictures that are a little out of turn.
            &[(0, 0, 0), (0, 9_000, 9_000), (0, 8_950, 8_950), (0, 9_040, 9_040)],
            // The first part's last packet of sound comes when the second part has begun.
            &[(0, 1000, 1000), (1, 1000, 1000), (0, 0, 1040), (1, 1040, 1040), (0, 40, 1080), (1, 0, 1040)],
            // A track that begins at a time of its own.
            &[(0, 0, 0), (1, 60_000, 0), (0, 40, 40)],
        ];
        for packets in cases {
            let mut clock = Clock { jumps: true, ..Clock::default() };
            for (track, at, expected) in packets {
                let shift = clock.shift_at(*track, at * 1000, 40_000);
                assert_eq!(at * 1000 + shift, expected * 1000, "{at} of {packets:?}");
            }
        }
    }
}
