# shellcheck shell=bash
# The generated files that are committed: .sqlx (what Postgres says about each SQL statement), schema.graphql
# (what tessera-api says about itself), and the web app's types of that schema.

fresh=$target/gen # what cargo builds against a live database, apart from the ordinary build
stale=()          # what --check found out of date

# psql_at URL ARGUMENTS…: psql without this machine's habits.
psql_at() { "${clean_env[@]}" psql -X -q -v ON_ERROR_STOP=1 "$@"; }

# beside URL NAME: the address of another database of the same server.
beside() {
  [[ $1 =~ ^(postgres(ql)?://[^/?]*/)[^?]*(.*)$ ]] || die "not the address of a Postgres: $1"
  printf '%s%s%s' "${BASH_REMATCH[1]}" "$2" "${BASH_REMATCH[3]}"
}

# apply_migrations URL: as sqlx would, one transaction each.
apply_migrations() {
  local file one
  for file in "$root"/migrations/*.sql; do
    one=(-1)
    if head -n1 "$file" | grep -q '^-- no-transaction'; then one=(); fi
    psql_at "$1" "${one[@]}" -f "$file" ||
      die "the migration $(basename -- "$file") fails (Postgres's words are above)"
  done
}

# describe_statements URL FOLDER: let sqlx ask Postgres about each statement in crates/store; the answers land in
# FOLDER. The crate is forgotten first, so that each statement is asked about again.
describe_statements() {
  export CARGO_TARGET_DIR=$fresh SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$2 DATABASE_URL=$1
  cd "$root" && cargo clean -q -p store && cargo check -q --locked -p store --all-targets ||
    die "crates/store does not fit the migrations (cargo's words are above)"
}

# sqlx_inputs: one hash over all that decides what describe_statements finds.
sqlx_inputs() {
  { hash_of migrations crates/store .sqlx Cargo.lock && psql --version; } | sha256sum | cut -c1-64
}

# generate_sqlx MODE: renew .sqlx, touching only what changed; or check it, unless these very sources passed before.
generate_sqlx() {
  local new stamp file database=gen_$$ url failed=''
  mkdir -p "$root/.sqlx"
  stamp=$fresh/sqlx-ok-$(sqlx_inputs)
  if [ "$1" = check ] && [ -f "$stamp" ]; then return 0; fi
  need_scratch
  new=$scratch/sqlx
  mkdir "$new"
  url=$(beside "$TESSERA_TEST_DATABASE_URL" "$database")
  psql_at "$TESSERA_TEST_DATABASE_URL" -c "create database $database"
  (apply_migrations "$url" && describe_statements "$url" "$new") || failed=yes
  psql_at "$TESSERA_TEST_DATABASE_URL" -c "drop database $database with (force)"
  [ -z "$failed" ] || exit 1
  if [ "$1" = check ]; then
    diff -rq "$root/.sqlx" "$new" | head -n 10 >&2 || stale+=(".sqlx")
  else
    for file in "$root"/.sqlx/*.json; do [ -f "$new/${file##*/}" ] || rm -f -- "$file"; done
    for file in "$new"/*.json; do
      [ ! -f "$file" ] || cmp -s "$file" "$root/.sqlx/${file##*/}" || cp -- "$file" "$root/.sqlx/"
    done
  fi
  [ ${#stale[@]} -gt 0 ] || { rm -f "$fresh"/sqlx-ok-* && touch "$fresh/sqlx-ok-$(sqlx_inputs)"; }
}

# generate_schema MODE: schema.graphql, printed by the program itself.
generate_schema() {
  local new
  build_bins tessera-api || die "tessera-api does not build (cargo's words are above)"
  need_scratch
  new=$scratch/schema.graphql
  "$target/release/tessera-api" schema >"$new" || die "tessera-api could not print its schema"
  if ! cmp -s "$new" "$root/schema.graphql"; then
    if [ "$1" = check ]; then
      diff -u "$root/schema.graphql" "$new" | head -n 40 >&2 || true
      stale+=("schema.graphql")
    else
      cat "$new" >"$root/schema.graphql"
    fi
  fi
}

# generate_web_types MODE: what the web app knows of the schema. Checked in a copy, so that the tree stays as it is.
generate_web_types() {
  local copy
  node_modules webapp
  if [ "$1" != check ]; then
    (cd "$root/webapp" && npm run --silent gen) || die "the web app's types could not be made (npm's words are above)"
    return 0
  fi
  need_scratch
  copy=$scratch/copy
  mkdir "$copy"
  cp "$root/schema.graphql" "$copy/"
  mkdir "$copy/webapp" "$copy/before"
  tar -C "$root/webapp" -c --exclude=./node_modules --exclude=./build --exclude=./.svelte-kit . | tar -C "$copy/webapp" -x
  cp -a "$copy/webapp/src" "$copy/before/"
  ln -s "$root/webapp/node_modules" "$copy/webapp/node_modules"
  (cd "$copy/webapp" && npm run --silent gen) || die "the web app's types could not be made (npm's words are above)"
  diff -rq "$copy/before/src" "$copy/webapp/src" >&2 || stale+=("the web app's types")
}
