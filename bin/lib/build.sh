# shellcheck shell=bash
# The servers and the web app, built only when their sources changed.

# SQL is checked against the committed answers in .sqlx, not against a database.
export SQLX_OFFLINE=true
# What the programs say they were built from; without git, or outside of a checkout, they say their release alone.
BUILD_COMMIT=$(git -C "$root" rev-parse HEAD 2>/dev/null || true)
export BUILD_COMMIT

# enough_room FOLDER MEGABYTES PURPOSE: fail early and clearly, not in the middle.
enough_room() {
  local folder=$1 free
  while [ ! -d "$folder" ]; do folder=$(dirname -- "$folder"); done
  free=$(free_mb "$folder")
  [ "$free" -ge "$2" ] ||
    die "not enough room for $3: $free MB are free at $folder, $2 MB are needed" "${4:-Free some space there.}"
}

# build_bins NAME…: always out of the whole workspace. With -p cargo would choose other features of shared
# dependencies, and build many of them once more for the tests.
build_bins() { tend "$root" cargo build --release --locked --workspace "${@/#/--bin=}"; }

# build_servers: tessera-api, tessera-indexer and its tessera-decoder in $target/release.
build_servers() {
  if [ ! -x "$target/release/tessera-api" ] || [ ! -x "$target/release/tessera-decoder" ]; then
    enough_room "$target" 5000 "building Tessera" "Free some space, or build elsewhere: CARGO_TARGET_DIR=/some/folder"
    step "Building the servers (the first time: 20 to 35 minutes)"
  fi
  build_bins tessera-api tessera-indexer tessera-decoder || die "the servers could not be built (cargo's words are above)"
}

# build_fault_servers: in $target/faults the same servers with the named points of the fault tests in them (ADR 5).
# What people run is linked again after them; cargo keeps both.
build_fault_servers() {
  local folder=$target/faults features=tessera-api/faults,tessera-indexer/faults
  tend "$root" cargo build --release --locked --workspace --bin=tessera-{api,indexer,decoder} --features "$features" &&
    mkdir -p "$folder" && install "$target"/release/tessera-{api,indexer,decoder} "$folder" &&
    build_bins tessera-api tessera-indexer tessera-decoder || die "the servers for the fault tests could not be built (cargo's words are above)"
  export TESSERA_TEST_FAULT_BIN=$folder
}

# hash_of PATH…: one hash over names and contents of all source files there.
hash_of() {
  (cd "$root" && find "$@" \( -name node_modules -o -path webapp/build -o -name .svelte-kit \) -prune \
    -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64)
}

# node_modules FOLDER: what its package-lock.json names, fetched when that changed.
node_modules() {
  local folder=$root/$1 stamp now
  stamp=$folder/node_modules/.tessera-stamp
  now="$(hash_of "$1/package-lock.json") node $(node --version)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return 0; fi
  step "Fetching the packages of $1"
  tend "$folder" npm ci --no-fund --no-audit ||
    die "the packages of $1 could not be fetched (npm's words are above)" \
      "Is the npm registry reachable from here? Then run this again."
  mkdir -p "${stamp%/*}"
  printf '%s\n' "$now" >"$stamp"
}

# build_web: the web app's files in webapp/build.
build_web() {
  local stamp=$root/webapp/.svelte-kit/tessera-stamp now
  now=$(hash_of webapp schema.graphql)
  if [ -f "$root/webapp/build/index.html" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return 0; fi
  node_modules webapp
  step "Building the web app"
  need_scratch
  tend "$root/webapp" npm run --silent build >"$scratch/web-build" 2>&1 ||
    { cat "$scratch/web-build" && die "the web app could not be built (npm's words are above)"; }
  mkdir -p "${stamp%/*}"
  printf '%s\n' "$now" >"$stamp"
}
