//! The pictures' way: decoded, made smaller and upright and right in colour, encoded in each size.

use domain::film;
use ffmpeg_next::{
    Packet, Rational, codec, color, decoder, encoder,
    ffi::AVColorTransferCharacteristic,
    filter,
    format::{Pixel, stream::Stream},
    frame, threading,
};

use super::{PICTURES, Plan, encoder as encoders, missing, output::Output, rung::Rung};
use crate::{
    MediaError,
    film::{frame_rate, is_hdr, matrix, stretched, to_error},
};

/// From packets of a film to packets of each film that is made.
pub(super) struct Pictures {
    decoder: decoder::Video,
    /// The film's clock, and where it begins.
    clock: Rational,
    start: i64,
    orientation: u8,
    rungs: Vec<Rung>,
    graph: Option<(Shape, filter::Graph)>,
    /// A part of it is there already.
    goes_on: bool,
}

/// What a graph was made for.
type Shape = (u32, u32, Pixel);

impl Pictures {
    /// Of the film's pictures from a time on; `begin` is told of each encoder before it sets to work, the largest size's
    /// first.
    pub(super) fn new(
        stream: &Stream,
        plan: &Plan,
        orientation: u8,
        (start, from): (i64, i64),
        mut begin: impl FnMut(&encoder::Video) -> Result<(), MediaError>,
    ) -> Result<Self, MediaError> {
        let mut context = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?;
        context.set_threading(threading::Config { kind: threading::Type::Frame, ..Default::default() });
        let mut decoder = context.decoder();
        decoder.set_packet_time_base(stream.time_base());
        let decoder = decoder.video().map_err(to_error)?;
        let shown = (stretched(decoder.width(), decoder.aspect_ratio()), decoder.height());
        let upright = if orientation >= 5 { (shown.1, shown.0) } else { shown };
        let rate = speed(frame_rate(stream));
        let clock = i64::from(PICTURES.denominator());
        let length = clock * i64::from(rate.denominator()) / i64::from(rate.numerator());
        let rungs = plan.short_sides.iter().map(|short_side| {
            let size = film::fit(upright, *short_side);
            let encoder = encoders::pictures(plan, size, rate)?;
            begin(&encoder)?;
            Rung::start(size, encoder, from, length)
        });
        let rungs = rungs.collect::<Result<_, MediaError>>()?;
        let clock = stream.time_base();
        Ok(Self { decoder, clock, start, orientation, rungs, graph: None, goes_on: from > 0 })
    }

    /// Milliseconds of the film that are encoded.
    pub(super) fn done_ms(&self) -> i64 {
        self.rungs.first().and_then(Rung::last).map_or(0, |last| last / 90)
    }

    /// Whether there was anything to see.
    pub(super) fn seen(&self) -> bool {
        self.goes_on || self.rungs.iter().all(|rung| rung.last().is_some())
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
        // A decoder that never began has nothing to give.
        if self.decoder.send_eof().is_ok() {
            self.decoded(outputs)?;
        }
        self.close_graph(outputs)?;
        self.rungs.iter_mut().zip(outputs).try_for_each(|(rung, output)| rung.end(output))
    }

    fn decoded(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let mut frame = frame::Video::empty();
        while self.decoder.receive_frame(&mut frame).is_ok() {
            let Some(at) = frame.timestamp().or(frame.pts()) else { continue };
            frame.set_pts(Some(at - self.start));
            self.filtered(&frame, outputs)?;
        }
        Ok(())
    }

    fn filtered(&mut self, frame: &frame::Video, outputs: &mut [Output]) -> Result<(), MediaError> {
        let shape = (frame.width(), frame.height(), frame.format());
        if self.graph.as_ref().is_none_or(|(made_for, _)| *made_for != shape) {
            self.close_graph(outputs)?;
            self.graph = Some((shape, self.graph_for(frame)?));
        }
        if let Some((_, graph)) = &mut self.graph {
            graph.get("in").ok_or_else(missing)?.source().add(frame).map_err(to_error)?;
        }
        self.encode(outputs)
    }

    fn close_graph(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let Some((_, graph)) = &mut self.graph else { return Ok(()) };
        graph.get("in").ok_or_else(missing)?.source().flush().map_err(to_error)?;
        self.encode(outputs)?;
        self.graph = None;
        Ok(())
    }

    fn encode(&mut self, outputs: &mut [Output]) -> Result<(), MediaError> {
        let Some((_, graph)) = &mut self.graph else { return Ok(()) };
        for (number, (rung, output)) in self.rungs.iter_mut().zip(outputs).enumerate() {
            let mut sink = graph.get(&format!("out{number}")).ok_or_else(missing)?;
            let mut frame = frame::Video::empty();
            while sink.sink().frame(&mut frame).is_ok() {
                rung.take(std::mem::replace(&mut frame, frame::Video::empty()), output)?;
            }
        }
        Ok(())
    }

    fn graph_for(&self, frame: &frame::Video) -> Result<filter::Graph, MediaError> {
        let mut graph = filter::Graph::new();
        let aspect = frame.aspect_ratio();
        let source = format!(
            "video_size={}x{}:pix_fmt={}:time_base={}/{}:pixel_aspect={}/{}",
            frame.width(),
            frame.height(),
            ffmpeg_next::ffi::AVPixelFormat::from(frame.format()) as i32,
            self.clock.numerator(),
            self.clock.denominator(),
            aspect.numerator(),
            aspect.denominator().max(1),
        );
        graph.add(&filter::find("buffer").ok_or_else(missing)?, "in", &source).map_err(to_error)?;
        let sink = filter::find("buffersink").ok_or_else(missing)?;
        for number in 0..self.rungs.len() {
            graph.add(&sink, &format!("out{number}"), "").map_err(to_error)?;
        }
        let mut parser = graph.output("in", 0).map_err(to_error)?;
        for number in 0..self.rungs.len() {
            parser = parser.input(&format!("out{number}"), 0).map_err(to_error)?;
        }
        parser.parse(&self.steps(frame)).map_err(to_error)?;
        graph.validate().map_err(to_error)?;
        Ok(graph)
    }

    /// What is done to each picture, in libavfilter's language: the largest size first, the others from it.
    fn steps(&self, frame: &frame::Video) -> String {
        let sizes: Vec<_> = self.rungs.iter().map(|rung| rung.size).collect();
        let (width, height) = sizes.first().copied().unwrap_or((2, 2));
        let (width, height) = if self.orientation >= 5 { (height, width) } else { (width, height) };
        let scaled = format!("[in]yadif=deint=interlaced,scale=w={width}:h={height}:flags=bicubic");
        let light = AVColorTransferCharacteristic::from(frame.color_transfer_characteristic());
        let coloured = if is_hdr(light) {
            // As bright as a common screen gets, without clipping what is brighter.
            format!("{scaled},{TO_SDR}")
        } else if is_bt709(frame) {
            // Said all the same, it would be a pass over every picture that has the right size already.
            scaled
        } else {
            let matrix = matrix(frame);
            format!("{scaled}:in_color_matrix={matrix}:out_color_matrix=bt709:out_range=tv")
        };
        let upright = upright(self.orientation);
        let all = format!(
            "{coloured}{upright},setsar=1,format=yuv420p,settb={}/{}",
            PICTURES.numerator(),
            PICTURES.denominator()
        );
        let (names, rest): (String, String) = sizes
            .iter()
            .enumerate()
            .map(|(number, (width, height))| {
                let name = format!("[size{number}]");
                let scaled = format!(";{name}scale=w={width}:h={height}:flags=bicubic[out{number}]");
                (name, scaled)
            })
            .unzip();
        format!("{all},split={}{names}{rest}", sizes.len())
    }
}

/// Whether its colours are those that are made.
fn is_bt709(frame: &frame::Video) -> bool {
    frame.format() == Pixel::YUV420P && frame.color_range() != color::Range::JPEG && matrix(frame) == "bt709"
}

/// Tone mapping by libavfilter.
const TO_SDR: &str = "zscale=transfer=linear:npl=100,format=gbrpf32le,zscale=primaries=bt709,\
    tonemap=tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv";

/// The filters that turn a picture upright, by EXIF's number.
fn upright(orientation: u8) -> &'static str {
    match orientation {
        2 => ",hflip",
        3 => ",hflip,vflip",
        4 => ",vflip",
        5 => ",transpose=cclock_flip",
        6 => ",transpose=clock",
        7 => ",transpose=clock_flip",
        8 => ",transpose=cclock",
        _ => "",
    }
}

/// Pictures a second, if it can be.
fn speed(stated: Option<Rational>) -> Rational {
    stated.filter(|rate| (1.0..=480.0).contains(&f64::from(*rate))).unwrap_or(Rational(30, 1))
}
