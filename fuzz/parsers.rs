//! Every target of fuzzing in one program: TESSERA_FUZZ_TARGET names the one that it is to be (see bin/fuzz).

#![no_main]

use std::{
    env,
    panic::{self, AssertUnwindSafe},
    process,
    sync::{Mutex, OnceLock, PoisonError},
};

use libfuzzer_sys::fuzz_target;

type Target = (&'static str, fn(&[u8]));

static RUN: OnceLock<fn(&[u8])> = OnceLock::new();
/// What the last panic said.
static LAST: Mutex<String> = Mutex::new(String::new());

fuzz_target!(init: choose(), |bytes: &[u8]| {
    let Some(run) = RUN.get() else { return };
    if panic::catch_unwind(AssertUnwindSafe(|| run(bytes))).is_err() {
        eprintln!("{}", LAST.lock().unwrap_or_else(PoisonError::into_inner));
        process::abort();
    }
});

fn choose() {
    // libFuzzer's own hook would end the program over panics that our code catches.
    panic::set_hook(Box::new(|panic| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
    let targets = || media::fuzzing::TARGETS.iter().chain(domain::fuzzing::TARGETS);
    let wanted = env::var("TESSERA_FUZZ_TARGET").unwrap_or_default();
    match targets().find(|(name, _): &&Target| *name == wanted) {
        Some((_, run)) => {
            let _ = RUN.set(*run);
        }
        None => {
            for (name, _) in targets() {
                println!("{name}");
            }
            process::exit(0);
        }
    }
}
