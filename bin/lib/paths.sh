# shellcheck shell=bash
# Where things lie. Sourced first; $root is the checkout.

root=$(cd -- "$lib/../.." && pwd)

# A bare container may have no HOME.
if [ -z "${HOME:-}" ]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  export HOME=${HOME:-/tmp}
fi

# What we fetch or make once and may lose at any time: tools, database templates.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tessera

target=${CARGO_TARGET_DIR:-$root/target}
case $target in /*) ;; *) target=$PWD/$target ;; esac
export CARGO_TARGET_DIR=$target

# urlencode TEXT: every byte outside the unreserved set as %XX, slashes kept.
urlencode() {
  local LC_ALL=C text=$1 out='' char hex i
  for ((i = 0; i < ${#text}; i++)); do
    char=${text:i:1}
    case $char in
      [a-zA-Z0-9/._~-]) out+=$char ;;
      *) printf -v hex '%02X' "'$char" && out+=%${hex: -2} ;;
    esac
  done
  printf '%s' "$out"
}

# at_least VERSION OLDEST: compare dotted numbers.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# free_mb FOLDER: free space there, in megabytes.
free_mb() { df -Pm -- "$1" | awk 'NR == 2 { print $4 }'; }

# need_scratch: $scratch is an empty folder that goes when the script ends.
need_scratch() {
  [ -z "$scratch" ] || return 0
  scratch=$(mktemp -d "${TMPDIR:-/tmp}/tessera-work.XXXXXX")
  at_exit remove_scratch
}
remove_scratch() { rm -rf -- "$scratch"; }
scratch=''
