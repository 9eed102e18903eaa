//! A child that tries to break out, and a parent to try it with. For the tests.

mod attempts;
mod parents;

use std::process::ExitCode;

fn main() -> ExitCode {
    let role = std::env::args().nth(1).unwrap_or_default();
    let ended = match role.as_str() {
        "child" => sandbox::child::run(|| {}, attempts::make).map_err(|error| error.to_string()),
        "own-child" => parents::own_child(),
        "without-landlock" => parents::without_landlock(),
        "lose-parent" => parents::lose_parent(),
        _ => Err("say what to be: child, own-child, without-landlock or lose-parent".into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            std::io::Write::write_all(&mut std::io::stderr(), error.as_bytes()).ok();
            ExitCode::FAILURE
        }
    }
}
