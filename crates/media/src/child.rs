//! The child's side: what it is asked and what it answers.

use std::{fs::File, io::Write, os::fd::OwnedFd, process::ExitCode};

use domain::{metadata::Metadata, sidecar};
use libheif_rs::LibHeif;
use serde::{Deserialize, Serialize};

use crate::{
    Bounds, MediaError, Plan, Progress, Rendered, film, fonts, meta, render,
    source::Source,
    transcode::{self, Bench},
};

/// What a parent asks. Files ride along: first the file in question, then those to be written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Request {
    /// What does the file say of itself?
    ReadMetadata,
    /// What does a sidecar say?
    ReadSidecar,
    /// Write the preview to the second file and the thumbnail to the third.
    Render {
        /// What is too large.
        bounds: Bounds,
    },
    /// Go on with making the film anew for a while: each size into one of the further files.
    Transcode {
        /// Of the session, so that a child knows whether it has it open.
        number: u64,
        /// Where the film begins in its file.
        from: u64,
        /// What is made.
        plan: Plan,
    },
    /// Make a whole film of one in fragments: write it to the second file.
    Finish,
}

/// What a child answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Request::ReadMetadata`] and [`Request::ReadSidecar`].
    Metadata(Box<Metadata>),
    /// To [`Request::Render`].
    Rendered(Rendered),
    /// To [`Request::Transcode`].
    Progress(Progress),
    /// To [`Request::Finish`].
    Finished,
    /// There is no answer.
    Failed(MediaError),
}

/// The whole life of a child. Call it first thing in `main`: threads that exist before the lock would stay outside of
/// it.
pub fn main() -> ExitCode {
    // It was started from a descriptor, whose number would be its name. It is only for the eye.
    let _ = rustix::thread::set_name(c"tessera-decoder");
    // libheif registers its codecs when the first of these is made, and forgets them with the last.
    let mut codecs = None;
    let load = || {
        codecs = Some(LibHeif::new());
        fonts::load();
        film::load();
    };
    let mut bench = Bench::default();
    let serve = |request, files| answer(&mut bench, request, files).unwrap_or_else(Reply::Failed);
    match sandbox::child::run(load, serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The parent keeps the last words; if it is gone, nobody does.
            drop(writeln!(std::io::stderr(), "{error}"));
            ExitCode::FAILURE
        }
    }
}

fn answer(bench: &mut Bench, request: Request, files: Vec<OwnedFd>) -> Result<Reply, MediaError> {
    let mut files = files.into_iter();
    let mut next = || files.next().ok_or_else(|| MediaError::Machine("a file is missing".into()));
    let source = match &request {
        Request::Transcode { from, .. } => Source::open_from(next()?, *from)?,
        _ => Source::open(next()?)?,
    };
    match request {
        Request::ReadMetadata => Ok(Reply::Metadata(Box::new(meta::read(&source)?))),
        Request::ReadSidecar => Ok(Reply::Metadata(Box::new(meta::sidecar(&source.all(sidecar::LONGEST)?)))),
        Request::Render { bounds } => {
            let (preview, thumbnail) = (File::from(next()?), File::from(next()?));
            Ok(Reply::Rendered(render::render(&source, bounds, &preview, &thumbnail)?))
        }
        Request::Transcode { number, plan, from: _ } => {
            let outputs = files.map(File::from).collect();
            Ok(Reply::Progress(bench.go_on(number, &source, &plan, outputs)?))
        }
        Request::Finish => {
            transcode::finish(&source, File::from(next()?))?;
            Ok(Reply::Finished)
        }
    }
}
