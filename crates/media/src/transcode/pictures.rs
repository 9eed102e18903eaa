//! The pictures' way: decoded, made smaller and upright and right in colour, encoded in each size.

use domain::film;
use ffmpeg_next::{
    Error, Packet, Rational, codec, decoder, encoder,
    ffi::AVColorTransferCharacteristic,
    filter,
    format::{Pixel, stream::Stream},
    frame, picture, threading,
};

use super::{FRAGMENT_S, PICTURES, Plan, encoder as encoders, missing, output::Output};
use crate::{
    MediaError,
    film::{is_hdr, matrix, stretched, to_error},
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
    /// What comes before is there already.
    from: i64,
}

/// One size of film.
struct Rung {
    size: (u32, u32),
    encoder: encoder::Video,
    last: Option<i64>,
    next_key: i64,
    /// How long a picture is shown, where the next one does not say.
    length: i64,
}

/// What a graph was made for.
type Shape = (u32, u32, Pixel);

impl Pictures {
    pub(super) fn new(
        stream: &Stream,
        plan: &Plan,
        orientation: u8,
        start: i64,
        from: i64,
    ) -> Result<Self, MediaError> {
        let mut context = codec::Context::from_parameters(stream.parameters()).map_err(to_error)?;
        context.set_threading(threading::Config { kind: threading::Type::Frame, ..Default::default() });
        let mut decoder = context.decoder();
        decoder.set_packet_time_base(stream.time_base());
        let decoder = decoder.video().map_err(to_error)?;
        let shown = (stretched(decoder.width(), decoder.aspect_ratio()), decoder.height());
        let upright = if orientation >= 5 { (shown.1, shown.0) } else { shown };
        let rate = speed(stream.avg_frame_rate());
        let rungs = plan.short_sides.iter().map(|short_side| {
            let size = film::fit(upright, *short_side);
            let encoder = encoders::pictures(plan, size, rate)?;
            let clock = i64::from(PICTURES.denominator());
            let length = clock * i64::from(rate.denominator()) / i64::from(rate.numerator());
            Ok(Rung { size, encoder, last: None, next_key: from, length })
        });
        let rungs = rungs.collect::<Result<_, MediaError>>()?;
        Ok(Self { decoder, clock: stream.time_base(), start, orientation, rungs, graph: None, from })
    }

    pub(super) fn encoders(&self) -> impl Iterator<Item = &encoder::Video> {
        self.rungs.iter().map(|rung| &rung.encoder)
    }

    /// Milliseconds of the film that are encoded.
    pub(super) fn done_ms(&self) -> i64 {
        self.rungs.first().and_then(|rung| rung.last).map_or(0, |last| last / 90)
    }

    /// Whether there was anything to see.
    pub(super) fn seen(&self) -> bool {
        self.from > 0 || self.rungs.iter().all(|rung| rung.last.is_some())
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
        for (rung, output) in self.rungs.iter_mut().zip(outputs) {
            rung.encoder.send_eof().map_err(to_error)?;
            rung.drain(output)?;
        }
        Ok(())
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
        let mut frame = frame::Video::empty();
        for (number, (rung, output)) in self.rungs.iter_mut().zip(outputs).enumerate() {
            let mut sink = graph.get(&format!("out{number}")).ok_or_else(missing)?;
            while sink.sink().frame(&mut frame).is_ok() {
                rung.take(&mut frame, self.from, output)?;
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
fn speed(average: Rational) -> Rational {
    let sane =
        average.numerator() > 0 && average.denominator() > 0 && (1.0..=480.0).contains(&f64::from(average));
    if sane { average } else { Rational(30, 1) }
}

impl Rung {
    fn take(&mut self, frame: &mut frame::Video, from: i64, output: &mut Output) -> Result<(), MediaError> {
        let Some(at) = frame.pts().filter(|at| *at >= from) else { return Ok(()) };
        // Two pictures of one moment, or one out of turn: clocks of cameras stumble.
        if self.last.is_some_and(|last| at <= last) {
            return Ok(());
        }
        self.last = Some(at);
        let key = at >= self.next_key;
        if key {
            let length = FRAGMENT_S * i64::from(PICTURES.denominator());
            self.next_key = (at / length + 1) * length;
        }
        frame.set_kind(if key { picture::Type::I } else { picture::Type::None });
        self.encoder.send_frame(frame).map_err(to_error)?;
        self.drain(output)
    }

    fn drain(&mut self, output: &mut Output) -> Result<(), MediaError> {
        let mut packet = Packet::empty();
        loop {
            match self.encoder.receive_packet(&mut packet) {
                Ok(()) => {
                    packet.set_duration(self.length);
                    output.picture(&mut packet)?;
                }
                Err(Error::Eof | Error::Other { .. }) => return Ok(()),
                Err(error) => return Err(to_error(error)),
            }
        }
    }
}
