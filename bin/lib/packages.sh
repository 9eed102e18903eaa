# shellcheck shell=bash
# What the system must have, and how apt gets it.

# One line each: package|what it is for.
build_packages='
g++|compiles the C and C++ picture libraries
make|drives their builds
cmake|drives their builds
nasm|assembles their fast paths
clang|reads C headers for Rust
libclang-dev|reads C headers for Rust
pkg-config|finds C libraries
mold|links quickly
libde265-dev|decodes HEIC pictures
libx265-dev|encodes HEIC pictures
libaom-dev|reads AVIF pictures
libdav1d-dev|reads AVIF pictures
libnuma-dev|is needed by the HEIC library
libavcodec-dev|decodes films
libavfilter-dev|scales films
libavformat-dev|reads films
libswscale-dev|scales films
fonts-dejavu-core|draws the texts of SVG pictures
curl|fetches what is missing, and asks whether the server is ready
ca-certificates|checks whom we are talking to
'
test_packages='
shellcheck|checks these scripts
libimage-exiftool-perl|reads pictures a second time, to compare
libheif-examples|makes HEIC pictures for tests
imagemagick|makes pictures of rare kinds for tests
libavif-bin|makes bright pictures for tests
libjxl-tools|reads JPEG XL a second time, to compare
ffmpeg|makes pictures of films a second time, to compare
libvips-tools|makes smaller pictures a second time, to compare
'
browser_packages='
chromium|is the browser of the browser tests
'

wanted='' # packages to install, as lines "package|reason"

# have_package NAME: is it installed?
have_package() {
  [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = 'ii ' ]
}

# want_packages LINES: note those that are missing.
want_packages() {
  local name reason
  while IFS='|' read -r name reason; do
    [ -n "$name" ] || continue
    have_package "$name" || wanted+="$name|$reason"$'\n'
  done <<<"$1"
}

# apt_version NAME: the version apt would install, empty if it knows none.
apt_version() {
  apt-cache policy "$1" 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'
}

# require_apt: these scripts know Debian and Ubuntu; elsewhere all must be there already.
require_apt() {
  command -v apt-get >/dev/null && command -v dpkg-query >/dev/null ||
    die "this machine has no apt" \
      "bin/up knows Debian 12, Ubuntu 24.04 and newer. Elsewhere, run it in a container of Debian 12."
}

# refresh_package_lists: apt-get update where the lists are missing or older than a day.
refresh_package_lists() {
  [ -z "${lists_fresh:-}" ] || return 0
  lists_fresh=1
  if [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 -print -quit 2>/dev/null)" ]; then
    return 0
  fi
  step "Reading the lists of available packages"
  as_root apt-get update -q || warn "apt-get update failed; going on with the lists as they are"
}

# as_root COMMAND…: run it as root, through sudo where we are somebody else.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
    return
  fi
  if ! command -v sudo >/dev/null || { [ ! -t 0 ] && ! sudo -n true 2>/dev/null; }; then
    die "root rights are needed, and sudo is not available here" \
      "Let an administrator run this once:" \
      "  $(printf '%q ' "$@")"
  fi
  sudo "$@"
}

# install_wanted: tell what is missing and why, then install it.
install_wanted() {
  [ -n "$wanted" ] || return 0
  wanted=$(sort -u <<<"$wanted" | sed '/^$/d')
  local names reason name
  mapfile -t names < <(cut -d'|' -f1 <<<"$wanted")
  step "Installing ${#names[@]} packages from this system's own archive"
  while IFS='|' read -r name reason; do
    printf '    %-24s %s\n' "$name" "$reason"
  done <<<"$wanted"
  refresh_package_lists
  for name in "${names[@]}"; do
    [ -n "$(apt_version "$name")" ] ||
      die "apt does not know the package $name" \
        "Tessera needs Debian 12, Ubuntu 24.04 or newer; on Ubuntu, is the 'universe' archive switched on?"
  done
  as_root bash "$lib/apt-install" "${names[@]}" ||
    die "apt could not install them (its words are above)" \
      "Is the network up? Is another apt running? Then run the same command again."
  wanted=''
}
