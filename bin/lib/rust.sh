# shellcheck shell=bash
# A cargo that is new enough: the one that is there, else one more toolchain by rustup.

rust_oldest=1.95
rust_install=1.95.0

# cargo_fits: does `cargo` (with the toolchain chosen so far) reach rust_oldest?
cargo_fits() {
  local version
  version=$(cargo --version 2>/dev/null | awk '{ print $2 }') || return 1
  [ -n "$version" ] && at_least "${version%%-*}" "$rust_oldest"
}

# pick_installed_toolchain: a fitting toolchain that rustup has but that is not its default.
pick_installed_toolchain() {
  local name
  while read -r name _; do
    case $name in nightly* | beta* | '') continue ;; esac
    if RUSTUP_TOOLCHAIN=$name cargo_fits; then
      export RUSTUP_TOOLCHAIN=$name
      return 0
    fi
  done < <(rustup toolchain list 2>/dev/null)
  return 1
}

# install_rustup: the official installer's program, checked against its published checksum.
install_rustup() {
  local triple base work
  triple=$(uname -m)-unknown-linux-gnu
  base=https://static.rust-lang.org/rustup/dist/$triple
  need_scratch
  work=$scratch
  if ! curl -fsSL --retry 2 --connect-timeout 20 -o "$work/rustup-init" "$base/rustup-init" ||
    ! curl -fsSL --retry 2 --connect-timeout 20 -o "$work/rustup-init.sha256" "$base/rustup-init.sha256"; then
    die "static.rust-lang.org could not be reached (curl's reason is above), so Rust cannot be installed" \
      "Allow that host, or install Rust $rust_oldest or newer yourself (https://rustup.rs), and run this again."
  fi
  if [ "$(sha256sum <"$work/rustup-init" | cut -c1-64)" != "$(cut -c1-64 "$work/rustup-init.sha256")" ]; then
    die "the Rust installer arrived damaged (its checksum differs)" "Run this again."
  fi
  chmod +x "$work/rustup-init"
  # Its advice on shells is not needed here: nothing but this script looks for it.
  "$work/rustup-init" -y --quiet --no-modify-path --profile minimal --default-toolchain "$rust_install" \
    --component clippy,rustfmt >"$work/rustup.log" || {
    cat "$work/rustup.log" >&2
    die "the Rust installer failed (its words are above)"
  }
}

# need_rust: afterwards `cargo` is one that fits.
need_rust() {
  local bin=${CARGO_HOME:-$HOME/.cargo}/bin
  case ":$PATH:" in *":$bin:"*) ;; *) PATH=$PATH:$bin ;; esac
  cargo_fits && return 0
  if command -v rustup >/dev/null; then
    pick_installed_toolchain && return 0
    step "Installing Rust $rust_install beside your other toolchains (Tessera needs $rust_oldest or newer)"
    rustup toolchain install "$rust_install" --profile minimal --component clippy,rustfmt --no-self-update ||
      die "rustup could not install Rust $rust_install (its words are above)"
    export RUSTUP_TOOLCHAIN=$rust_install
  else
    step "Installing Rust $rust_install into ${CARGO_HOME:-$HOME/.cargo} and ${RUSTUP_HOME:-$HOME/.rustup}"
    note "Tessera's servers are written in Rust; the system's own is missing or too old (needs $rust_oldest)."
    install_rustup
    PATH=$bin:$PATH
  fi
  cargo_fits || die "cargo is installed but does not run: $(cargo --version 2>&1 | head -n1)"
}

# need_rust_components: clippy and rustfmt, for the tests.
need_rust_components() {
  if cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then return 0; fi
  command -v rustup >/dev/null || die "cargo clippy and cargo fmt are missing" "Install them beside your cargo."
  step "Installing clippy and rustfmt"
  rustup component add clippy rustfmt || die "rustup could not add clippy and rustfmt (its words are above)"
}

# need_nextest: the test runner.
nextest_install=0.9.143
need_nextest() {
  if cargo nextest --version >/dev/null 2>&1; then return 0; fi
  step "Building cargo-nextest $nextest_install, the test runner (once, some minutes)"
  CARGO_TARGET_DIR=$target/nextest-build CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 cargo install cargo-nextest --version "$nextest_install" --locked ||
    die "cargo-nextest could not be built (cargo's words are above)"
  rm -rf "$target/nextest-build"
}
