//! The sandboxed child by itself.

fn main() -> std::process::ExitCode {
    media::child::main()
}
