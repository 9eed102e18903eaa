//! The pictures' way: decoded, made smaller and upright and right in colour, encoded in each size.

use domain::film;
use ffmpeg_next::{
    Packet, Rational, codec, color, decoder, encoder, filter,
    format::{Pixel, stream::Stream},
    frame, threading,
};

use super::{PICTURES, Plan, encoder as encoders, missing, output::Output, refused, rung::Rung, table};
use crate::{
    MediaError,
    film::{frame_rate, matrix, stretched, to_error},
    render::film::Bright,
};

/// From packets of a film to packets of each film that is made.
pub(super) struct Pictures {
    decoder: decoder::Video,
    /// The film's clock, and where it begins.
    clock: Rational,
    start: i64,
    shown: Shown,
    rungs: Vec<Rung>,
    graph: Option<(Shape, filter::Graph)>,
    /// A part of it is there already.
    goes_on: bool,
}

/// How the film's pictures are to be shown.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// EXIF's number.
    pub orientation: u8,
    /// If they get brighter than a common screen.
    pub bright: Option<Bright>,
}

/// What a graph was made for.
type Shape = (u32, u32, Pixel);

impl Pictures {
    /// Of the film's pictures from a time on; `begin` is told of each encoder before it sets to work, the largest size's
    /// first.
    pub(super) fn new(
        stream: &Stream,
        plan: &Plan,
        shown: Shown,
        (start, from): (i64, i64),
        mut begin: impl FnMut(&encoder::Video) -> Result<(), MediaError>,
    ) -> Result<Self, MediaError> {
        let mut context = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?;
        context.set_threading(threading::Config { kind: threading::Type::Frame, ..Default::default() });
        let mut decoder = context.decoder();
        decoder.set_packet_time_base(stream.time_base());
        let decoder = decoder.video().map_err(to_error)?;
        let (width, height) = (stretched(decoder.width(), decoder.aspect_ratio()), decoder.height());
        let upright = if shown.orientation >= 5 { (height, width) } else { (width, height) };
        let rate = speed(frame_rate(stream));
        // Encoders may know no slower films.
        let guide = if f64::from(rate) < 1.0 { Rational(1, 1) } else { rate };
        let clock = i64::from(PICTURES.denominator());
        let length = clock * i64::from(rate.denominator()) / i64::from(rate.numerator());
        let rungs = plan.short_sides.iter().map(|short_side| {
            let size = film::fit(upright, *short_side);
            let encoder = encoders::pictures(plan, size, guide)?;
            begin(&encoder)?;
            Rung::start(size, encoder, from, length)
        });
        let rungs = rungs.collect::<Result<_, MediaError>>()?;
        let clock = stream.time_base();
        Ok(Self { decoder, clock, start, shown, rungs, graph: None, goes_on: from > 0 })
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
        let table = table::frame(frame, self.shown.bright)?;
        if let Some(table) = &table {
            let clock = (self.clock.numerator(), self.clock.denominator());
            graph
                .add(&filter::find("buffer").ok_or_else(missing)?, "table", &table::source(table, clock))
                .map_err(to_error)?;
        }
        let mut parser = graph.output("in", 0).map_err(to_error)?;
        if table.is_some() {
            parser = parser.output("table", 0).map_err(to_error)?;
        }
        for number in 0..self.rungs.len() {
            parser = parser.input(&format!("out{number}"), 0).map_err(to_error)?;
        }
        parser.parse(&self.steps(frame, table.is_some())).map_err(refused)?;
        graph.validate().map_err(refused)?;
        if let Some(table) = &table {
            let mut source = graph.get("table").ok_or_else(missing)?;
            source.source().add(table).map_err(to_error)?;
            source.source().flush().map_err(to_error)?;
        }
        Ok(graph)
    }

    /// What is done to each picture, in libavfilter's language: the largest size first, the others from it.
    fn steps(&self, frame: &frame::Video, has_table: bool) -> String {
        let sizes: Vec<_> = self.rungs.iter().map(|rung| rung.size).collect();
        let (width, height) = sizes.first().copied().unwrap_or((2, 2));
        let (width, height) = if self.shown.orientation >= 5 { (height, width) } else { (width, height) };
        // That filter takes no smaller pictures.
        let whole = if frame.width() < 3 || frame.height() < 3 { "" } else { "yadif=deint=interlaced," };
        let scaled = format!("[in]{whole}scale=w={width}:h={height}:flags=bicubic");
        let matrix = matrix(frame);
        let coloured = if has_table {
            format!("{scaled}:in_color_matrix={matrix},{}", table::STEPS)
        } else if is_bt709(frame) {
            // Said all the same, it would be a pass over every picture that has the right size already.
            scaled
        } else {
            format!("{scaled}:in_color_matrix={matrix}:out_color_matrix=bt709:out_range=tv")
        };
        let upright = upright(self.shown.orientation);
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

/// Pictures a second, if it can be: of what was filmed slowly one in an hour.
fn speed(stated: Option<Rational>) -> Rational {
    stated.filter(|rate| (1.0 / 3600.0..=480.0).contains(&f64::from(*rate))).unwrap_or(Rational(30, 1))
}
