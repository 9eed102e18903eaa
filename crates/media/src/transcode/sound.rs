//! The sound's way: decoded, in one rate and one or two channels, encoded once for all sizes.

use ffmpeg_next::{
    ChannelLayout, Error, Packet, Rational, codec, decoder, encoder, filter, format::stream::Stream, frame,
};

use super::{SOUND, encoder as encoders, missing, output::Output, refused};
use crate::{MediaError, film::to_error};

/// From packets of a film to packets of each film that is made.
pub(super) struct Sound {
    decoder: decoder::Audio,
    /// The film's clock, and where it begins.
    clock: Rational,
    start: i64,
    encoder: encoder::Audio,
    mono: bool,
    graph: Option<(Shape, filter::Graph)>,
    /// Where the sound ends that was decoded, by the film's clock.
    heard: Option<i64>,
    /// There is no more.
    ends: bool,
    /// What comes before is there already.
    next: i64,
}

/// Longer gaps are not filled with silence, in seconds.
const GAP_S: i64 = 10;

/// What a graph was made for: rate, layout and how a sample is stored.
type Shape = (u32, u64, &'static str);

impl Sound {
    /// None where the sound is of a kind that can't be decoded: a silent film is better than none.
    pub(super) fn new(stream: &Stream, start: i64, from: i64) -> Result<Option<Self>, MediaError> {
        let context = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?;
        let mut decoder = context.decoder();
        decoder.set_packet_time_base(stream.time_base());
        let Ok(decoder) = decoder.audio() else { return Ok(None) };
        let mono = decoder.channels() == 1;
        let encoder = encoders::sound(if mono { 1 } else { 2 })?;
        let clock = stream.time_base();
        let (graph, heard, ends) = (None, None, false);
        Ok(Some(Self { decoder, clock, start, encoder, mono, graph, heard, ends, next: from }))
    }

    pub(super) fn encoder(&self) -> &encoder::Audio {
        &self.encoder
    }

    /// Takes a packet. Damaged ones are passed over, as players do.
    pub(super) fn take(&mut self, packet: &Packet, outputs: &mut [Output]) -> Result<(), MediaError> {
        if self.decoder.send_packet(packet).is_err() {
            return Ok(());
        }
        self.decoded(outputs)
    }

    /// There is no more.
    pub(super) fn end(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        if self.decoder.send_eof().is_ok() {
            self.decoded(outputs)?;
        }
        self.ends = true;
        self.close_graph(outputs)?;
        self.encoder.send_eof().map_err(to_error)?;
        self.drain(outputs)
    }

    fn decoded(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let mut frame = frame::Audio::empty();
        while self.decoder.receive_frame(&mut frame).is_ok() {
            let Some(at) = frame.timestamp().or(frame.pts()) else { continue };
            frame.set_pts(Some(at - self.start));
            if frame.channel_layout().is_empty() {
                frame.set_channel_layout(ChannelLayout::default(i32::from(frame.channels())));
            }
            let shape = (frame.rate(), frame.channel_layout().bits(), frame.format().name());
            let follows = !self.is_far_behind(at, &frame);
            if self.graph.as_ref().is_none_or(|(made_for, _)| *made_for != shape || !follows) {
                self.close_graph(outputs)?;
                self.graph = Some((shape, self.graph_for(shape)?));
            }
            if let Some((_, graph)) = &mut self.graph {
                graph.get("in").ok_or_else(missing)?.source().add(&frame).map_err(to_error)?;
            }
            self.encode(outputs)?;
        }
        Ok(())
    }

    /// Whether there is a long gap before what begins at a time.
    fn is_far_behind(&mut self, at: i64, frame: &frame::Audio) -> bool {
        let second = i64::from(self.clock.denominator()) / i64::from(self.clock.numerator().max(1));
        let samples = i64::try_from(frame.samples()).unwrap_or(0);
        let length = samples.saturating_mul(second) / i64::from(frame.rate().max(1));
        let heard = self.heard.replace(at.saturating_add(length));
        heard.is_some_and(|heard| at.saturating_sub(heard) > second.saturating_mul(GAP_S))
    }

    fn close_graph(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let Some((_, graph)) = &mut self.graph else { return Ok(()) };
        graph.get("in").ok_or_else(missing)?.source().flush().map_err(to_error)?;
        self.encode(outputs)?;
        self.graph = None;
        Ok(())
    }

    fn graph_for(&self, (rate, layout, sample): Shape) -> Result<filter::Graph, MediaError> {
        let mut graph = filter::Graph::new();
        let clock = (self.clock.numerator(), self.clock.denominator());
        let source = format!(
            "time_base={}/{}:sample_rate={rate}:sample_fmt={sample}:channel_layout=0x{layout:x}",
            clock.0, clock.1
        );
        graph.add(&filter::find("abuffer").ok_or_else(missing)?, "in", &source).map_err(to_error)?;
        graph.add(&filter::find("abuffersink").ok_or_else(missing)?, "out", "").map_err(to_error)?;
        let layout = if self.mono { "mono" } else { "stereo" };
        // Silence where the film has gaps, so that sound and pictures stay together.
        let steps = format!(
            "aresample={}:async=1,atrim=start_pts={},aformat=sample_fmts=fltp:channel_layouts={layout}",
            SOUND.denominator(),
            self.next
        );
        let parser = graph.output("in", 0).and_then(|out| out.input("out", 0)).map_err(to_error)?;
        parser.parse(&steps).map_err(to_error)?;
        graph.validate().map_err(to_error)?;
        graph.get("out").ok_or_else(missing)?.sink().set_frame_size(self.encoder.frame_size());
        Ok(graph)
    }

    fn encode(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let mut frame = frame::Audio::empty();
        loop {
            let Some((_, graph)) = &mut self.graph else { return Ok(()) };
            if graph.get("out").ok_or_else(missing)?.sink().frame(&mut frame).is_err() {
                return Ok(());
            }
            // The encoder takes a short piece only as the last one.
            if !self.ends && frame.samples() < self.encoder.frame_size() as usize {
                continue;
            }
            let samples = i64::try_from(frame.samples()).unwrap_or(0);
            self.next = frame.pts().unwrap_or(self.next) + samples;
            self.encoder.send_frame(&frame).map_err(refused)?;
            self.drain(outputs)?;
        }
    }

    fn drain(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let mut packet = Packet::empty();
        loop {
            match self.encoder.receive_packet(&mut packet) {
                Ok(()) => {}
                Err(Error::Eof | Error::Other { .. }) => return Ok(()),
                Err(error) => return Err(to_error(error)),
            }
            for output in &mut *outputs {
                output.sound(&packet)?;
            }
        }
    }
}
