# shellcheck shell=bash
# The steps of bin/test. Each ends in failure at the first thing that is wrong.

passed=0 failed=0 # tests so far, of all kinds

doing=''          # the step we are in

# check NAME COMMAND…: one step; the run ends where it fails.
check() {
  local since=$SECONDS
  doing=$1
  shift
  step "$doing"
  "$@" || exit 1
  doing=''
  [ $((SECONDS - since)) -lt 5 ] || note "$((SECONDS - since)) s"
}

# finish CODE: the last lines of every run.
finish() {
  if [ "$1" -ne 0 ]; then
    [ -n "$doing" ] || return 0
    say ''
    say "${red}stopped at: $doing${plain}"
  fi
  say "tests: $passed passed, $failed failed"
}

# check_scripts: these scripts, each by itself; then their shared variables, where all parts are read together.
check_scripts() {
  local together=(--norc -x -P SCRIPTDIR -P SCRIPTDIR/lib -i SC2154)
  cd "$root" && shellcheck bin/up bin/test bin/gen bin/bench bin/fuzz bin/tessera-api bin/lib/* .ci/run &&
    shellcheck "${together[@]}" -a bin/test && shellcheck "${together[@]}" bin/up bin/gen bin/bench bin/fuzz bin/tessera-api bin/lib/try-up
}

# check_leftovers: nothing unfinished lands, and no path of the machine it was written on.
check_leftovers() {
  local found
  cd "$root" || return 1
  git rev-parse --is-inside-work-tree >/dev/null 2>&1 || return 0
  found=$(git ls-files -z -co --exclude-standard -- ':!:*.lock' ':!:*-lock.json' |
    xargs -0 grep -InE 'TO[D]O|FIX[M]E|(^|[^a-z.])/work/(main|shared)|/root/\.ca' -- 2>/dev/null) || true
  [ -z "$found" ] || { say "$found" && return 1; }
}

# check_rust_style, check_clippy: as the names say.
check_rust_style() { cd "$root" && cargo fmt --all --check; }
check_clippy() { cd "$root" && cargo clippy --release --locked --workspace --all-targets -- -D warnings; }

# check_generated: .sqlx, schema.graphql and the web app's types fit the sources.
check_generated() {
  "$root/bin/gen" --check
}

# count_xml FILE: add the tests of a JUnit report to the sums.
count_xml() {
  local line all bad
  line=$(grep -m1 '<testsuites ' "$1") || return 0
  all=$(sed -E 's/.* tests="([0-9]+)".*/\1/' <<<"$line")
  bad=$(sed -E 's/.* failures="([0-9]+)".* errors="([0-9]+)".*/\1 + \2/' <<<"$line")
  bad=$((bad))
  passed=$((passed + all - bad)) failed=$((failed + bad))
}

# rust_tests PROFILE [FILTER…]: the tests of all rooms, over the built servers.
rust_tests() {
  local profile=$1 report=$root/target/nextest/$1/junit.xml code=0 # nextest keeps it there, wherever it builds
  shift
  rm -f -- "$report"
  (cd "$root" && cargo nextest run --release --locked --workspace --profile "$profile" "$@") || code=$?
  if [ -f "$report" ]; then
    count_xml "$report"
    name_skipped "$report"
  fi
  return "$code"
}

# skipped FILE: of a JUnit report, the tests that did not run and said so in a line with SKIPPED, and why.
skipped() {
  awk '/<testcase / { name = $0; sub(/.*<testcase name="/, "", name); sub(/".*/, "", name) }
    /SKIPPED/ { why = $0; sub(/.*SKIPPED:? */, "", why); sub(/<\/system-.*/, "", why); print name ": " why }' "$1" |
    sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | sort -u
}

# name_skipped FILE: warn of them: a test that did not run must not look like one that passed.
name_skipped() {
  local lines
  mapfile -t lines < <(skipped "$1")
  [ ${#lines[@]} -gt 0 ] || return 0
  warn "${#lines[@]} times something was not tested:"
  printf '         %s\n' "${lines[@]}" >&2
}

# up_tests: bin/up itself, over the built servers.
up_tests() {
  local code=0 kept=0 broken=0
  need_scratch
  "$lib/try-up" "$scratch/promises" || code=$?
  read -r kept broken <"$scratch/promises" || code=1
  passed=$((passed + kept)) failed=$((failed + broken))
  return "$code"
}

# doc_tests: the examples in doc comments, which nextest leaves out.
doc_tests() { cd "$root" && cargo test -q --release --locked --workspace --doc; }

# web_style, web_types, web_tests: the web app's own checks.
web_style() { cd "$root/webapp" && npm run --silent lint; }
web_types() { cd "$root/webapp" && npm run --silent check; }
web_tests() {
  local report=$target/vitest.xml code=0
  rm -f -- "$report"
  (cd "$root/webapp" && npm test --silent -- --reporter=default --reporter=junit --outputFile.junit="$report") || code=$?
  [ ! -f "$report" ] || count_xml "$report"
  return "$code"
}

# browser_tests: the whole system in a real browser.
browser_tests() {
  local report=$target/browser.xml code=0
  rm -f -- "$report"
  node_modules tests/web
  (cd "$root/tests/web" && PLAYWRIGHT_JUNIT_OUTPUT_NAME=$report npm test --silent -- --reporter=list,junit) || code=$?
  [ ! -f "$report" ] || count_xml "$report"
  return "$code"
}
