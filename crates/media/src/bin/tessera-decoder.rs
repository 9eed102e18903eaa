//! `tessera-decoder`: reads and renders strangers' files, locked in. `tessera-indexer` starts as many as it needs;
//! people have no use for it.

fn main() -> std::process::ExitCode {
    media::child::main()
}
