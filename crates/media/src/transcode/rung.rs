//! One size of film. Its encoder works in a thread of its own, so that it does not stand still while pictures are decoded
//! and made smaller.

use std::{
    sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel},
    thread::{self, JoinHandle},
};

use ffmpeg_next::{Error, Packet, encoder, frame, picture};

use super::{FRAGMENT_S, PICTURES, output::Output, refused};
use crate::MediaError;

/// Pictures that may wait for the encoder: enough that neither side stands still, few enough for films in 8K.
const AHEAD: usize = 4;

/// From pictures of one size to packets of one film.
pub(super) struct Rung {
    pub size: (u32, u32),
    /// None once there are no more.
    pictures: Option<SyncSender<frame::Video>>,
    packets: Receiver<Result<Packet, Error>>,
    /// None once it has ended.
    thread: Option<JoinHandle<()>>,
    last: Option<i64>,
    next_key: i64,
    /// What comes before is there already.
    from: i64,
    /// How long a picture is shown, where the next one does not say.
    length: i64,
}

impl Rung {
    /// Begins with the picture at `from`. Each is shown for `length`, all on the pictures' clock.
    pub(super) fn start(
        size: (u32, u32),
        encoder: encoder::Video,
        from: i64,
        length: i64,
    ) -> Result<Self, MediaError> {
        let (pictures, taken) = sync_channel(AHEAD);
        let (given, packets) = channel();
        let thread = thread::Builder::new().name("encoder".into());
        let thread = thread.spawn(move || encode(encoder, &taken, &given)).map_err(|error| {
            MediaError::Machine(format!("a thread for an encoder can't be started: {error}"))
        })?;
        let (pictures, thread) = (Some(pictures), Some(thread));
        Ok(Self { size, pictures, packets, thread, last: None, next_key: from, from, length })
    }

    /// The time of the last picture that was taken.
    pub(super) fn last(&self) -> Option<i64> {
        self.last
    }

    /// Takes a picture; writes what has been encoded by now.
    pub(super) fn take(&mut self, mut picture: frame::Video, output: &mut Output) -> Result<(), MediaError> {
        let Some(at) = picture.pts().filter(|at| *at >= self.from) else { return Ok(()) };
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
        picture.set_kind(if key { picture::Type::I } else { picture::Type::None });
        if let Some(pictures) = &self.pictures {
            // An encoder that has failed takes no more, and has said why.
            let _ = pictures.send(picture);
        }
        while let Ok(packet) = self.packets.try_recv() {
            write(packet, self.length, output)?;
        }
        Ok(())
    }

    /// Waits until all that was taken is encoded and written.
    pub(super) fn end(&mut self, output: &mut Output) -> Result<(), MediaError> {
        self.pictures = None;
        self.packets.iter().try_for_each(|packet| write(packet, self.length, output))?;
        // One that broke down has left no error, and its film is not whole.
        match self.thread.take().map(JoinHandle::join) {
            Some(Err(_)) => Err(MediaError::Machine("an encoder broke down".into())),
            Some(Ok(())) | None => Ok(()),
        }
    }
}

fn write(packet: Result<Packet, Error>, length: i64, output: &mut Output) -> Result<(), MediaError> {
    let mut packet = packet.map_err(refused)?;
    packet.set_duration(length);
    output.picture(&mut packet)
}

/// The thread's whole life. It ends with the pictures, with the first error, or when nobody takes packets any more.
fn encode(
    mut encoder: encoder::Video,
    pictures: &Receiver<frame::Video>,
    packets: &Sender<Result<Packet, Error>>,
) {
    let mut work = || {
        for picture in pictures {
            encoder.send_frame(&picture)?;
            drain(&mut encoder, packets)?;
        }
        encoder.send_eof()?;
        drain(&mut encoder, packets)
    };
    if let Err(error) = work() {
        // Whoever is gone need not know.
        let _ = packets.send(Err(error));
    }
}

/// Hands on what is encoded by now.
fn drain(encoder: &mut encoder::Video, packets: &Sender<Result<Packet, Error>>) -> Result<(), Error> {
    loop {
        let mut packet = Packet::empty();
        match encoder.receive_packet(&mut packet) {
            Ok(()) => packets.send(Ok(packet)).map_err(|_| Error::Exit)?,
            Err(Error::Eof | Error::Other { .. }) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
}
