# shellcheck shell=bash
# What the scripts say: short lines, coloured only on a terminal.

if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ] && [ -z "${NO_COLOR:-}" ]; then
  bold=$'\e[1m' faint=$'\e[2m' red=$'\e[31m' yellow=$'\e[33m' green=$'\e[32m' plain=$'\e[0m'
else
  bold='' faint='' red='' yellow='' green='' plain=''
fi

# say TEXT…: one line, as it is.
say() { printf '%s\n' "$*"; }

# step TEXT…: something that takes a moment begins.
step() { printf '%s==>%s %s%s%s\n' "$green" "$plain" "$bold" "$*" "$plain"; }

# note TEXT…: an aside.
note() { printf '%s    %s%s\n' "$faint" "$*" "$plain"; }

# warn TEXT…: something to know; the script goes on.
warn() { printf '%swarning:%s %s\n' "$yellow" "$plain" "$*" >&2; }

# die PROBLEM [ADVICE…]: say what is wrong, then what to do about it, one line each, and end.
die() {
  printf '%serror:%s %s\n' "$red" "$plain" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
  exit 1
}

exit_acts=()

# at_exit FUNCTION: call it when the script ends, however it ends, with the exit code; the last one first.
at_exit() {
  exit_acts=("$1" "${exit_acts[@]}")
  trap run_exit_acts EXIT
}

run_exit_acts() {
  local code=$? act
  set +e
  trap 'note "still stopping…"' INT TERM HUP
  for act in "${exit_acts[@]}"; do "$act" "$code"; done
  exit "$code"
}
