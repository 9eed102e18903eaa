//! Cargo does not see that the SQL macros read these folders.

fn main() {
    println!("cargo:rerun-if-changed=../../.sqlx");
    println!("cargo:rerun-if-changed=../../migrations");
}
