//! Cargo does not see that the SQL macros read these folders.

#[expect(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
fn main() {
    println!("cargo:rerun-if-changed=../../.sqlx");
    println!("cargo:rerun-if-changed=../../migrations");
}
