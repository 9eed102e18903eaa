# shellcheck shell=bash
# The folder that holds everything ($place), who may use it, and where its sockets lie.

db_user='' # the user the databases run as, where that is not ourselves
place=''
place_is_new='' # open_place has made it
sockets=''
db_uid=$(id -u)
db_rights=(--no-new-privs) # options of setpriv that make it run so
lock_fd=''

# choose_place: the data folder of bin/up.
choose_place() {
  place=${TESSERA_DATA:-$root/data}
  case $place in /*) ;; *) place=$PWD/$place ;; esac
}

# close_lock: a child must not keep the lock when this shell is gone.
close_lock() { [ -z "$lock_fd" ] || exec {lock_fd}>&-; }

# own_folder FOLDER [MODE]: make a folder of ours, or say why that fails.
own_folder() {
  local problem advice=(
    "Choose another data folder (TESSERA_DATA=/some/folder bin/up),"
    "or let its owner or an administrator give you this one (chown $(id -un))."
  )
  no_file_in_the_way "$1"
  problem=$(mkdir -p -m "${2:-700}" -- "$1" 2>&1) || die "cannot make the folder $1: ${problem##*: }" "${advice[@]}"
  problem=$(touch -- "$1/.probe" 2>&1) ||
    die "$(id -un) cannot write to the folder $1: ${problem##*: }" "It belongs to $(stat -c %U -- "$1")." "${advice[@]}"
  rm -f -- "$1/.probe"
}

# no_file_in_the_way FOLDER: neither it nor what it shall lie in may be there as something else.
no_file_in_the_way() {
  local part=$1 what='a file'
  while [ -n "$part" ] && [ ! -e "$part" ] && [ ! -L "$part" ]; do part=${part%/*}; done
  if [ -z "$part" ] || [ -d "$part" ]; then return 0; fi
  [ -e "$part" ] || what='a link that leads nowhere'
  die "cannot make the folder $1: $part is $what" "Choose another data folder: TESSERA_DATA=/some/folder bin/up"
}

# check_db_owner: databases made by somebody else are not ours to run.
check_db_owner() {
  local owner expected
  [ -d "$place/postgres" ] || return 0
  if [ "$(id -u)" -eq 0 ]; then expected=tessera-db; else expected=$(id -un); fi
  owner=$(stat -c %U -- "$place/postgres")
  [ "$owner" = "$expected" ] || die "the databases in $place belong to $owner, not to $expected" \
    "Run bin/up as ${owner/tessera-db/root}, or choose another data folder (TESSERA_DATA=/some/folder bin/up)."
}

# choose_db_user: Postgres refuses to run as root, so root's databases get a user of their own.
choose_db_user() {
  if [ "$(id -u)" -ne 0 ]; then
    return 0
  fi
  db_user=tessera-db
  if ! id -u "$db_user" >/dev/null 2>&1; then
    note "adding the system user $db_user, as whom the databases run"
    useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$db_user" ||
      die "the user $db_user could not be added"
  fi
  db_uid=$(id -u "$db_user")
  db_rights=(--no-new-privs "--reuid=$db_uid" "--regid=$(id -g "$db_user")" --init-groups)
}

# The databases see nothing of our environment: no PGHOST, no secrets.
clean_env=(env -i "PATH=$PATH" LC_ALL=C.UTF-8 TZ=UTC)

# as_db COMMAND…: run it as the databases' user.
as_db() { "${clean_env[@]}" setpriv "${db_rights[@]}" -- "$@"; }

# db_folder FOLDER: a folder that only the databases' user (and root) can enter.
db_folder() {
  if [ -L "$1" ]; then die "$1 is a symbolic link; it must be a folder"; fi
  mkdir -p -m 700 -- "$1" || die "cannot make the folder $1"
  [ -z "$db_user" ] || chown "$db_user:" -- "$1" || die "cannot give $1 to $db_user"
  [ "$(stat -c %u:%a -- "$1")" = "$db_uid:700" ] ||
    die "$1 is open to others, or not ours (owner and mode: $(stat -c '%U %a' -- "$1"))" \
      "Remove it, or choose a data folder on a disk that keeps owners and permissions (not FAT or NTFS)."
}

# choose_sockets: $place/run/sockets, or a short folder elsewhere where that path cannot hold a socket: it is
# too long (107 bytes with the socket's name), has characters that need quoting, or the user cannot get there.
choose_sockets() {
  local LC_ALL=C short
  sockets=$place/run/sockets
  if [ ${#sockets} -gt 88 ] || [[ $sockets =~ [^A-Za-z0-9/._+@-] ]] || ! as_db test -x "$place/run"; then
    short=tessera-$(id -u)-$(printf '%s' "$place" | sha256sum | cut -c1-12)
    if [ "$(id -u)" -eq 0 ]; then sockets=/run/$short; else sockets=/tmp/$short; fi
    note "the database sockets lie in $sockets (the data folder's path cannot hold them)"
  fi
  db_folder "$sockets"
}

# remove_sockets: leave nothing in a folder that is not ours.
remove_sockets() {
  case $sockets in
    '' | "$place"/*) ;;
    *) rm -rf -- "$sockets" ;;
  esac
}

# open_place: make $place ready for its databases.
open_place() {
  local mode=700
  [ "$(id -u)" -ne 0 ] || mode=711 # the databases' user must pass through
  [ -e "$place" ] || place_is_new=yes
  own_folder "$place" "$mode"
  own_folder "$place/run" "$mode"
  own_folder "$place/logs"
}

# remove_new_place: a start that came to nothing leaves no data folder behind that it has made itself, unless something
# is in it. Called with the lock held.
remove_new_place() {
  local found
  [ -n "$place_is_new" ] || return 0
  found=$(cd -- "$place" && find . -mindepth 1 ! -path ./run ! -path ./run/lock ! -path ./run/sockets ! -path ./logs -print -quit) ||
    return 0
  [ -z "$found" ] || return 0
  rm -f -- "$place/run/lock"
  rmdir -- "$place/run/sockets" 2>/dev/null
  rmdir -- "$place/run" "$place/logs" "$place"
}

# open_databases_place: the same, for what needs the databases' user.
open_databases_place() {
  choose_db_user
  choose_sockets
}
