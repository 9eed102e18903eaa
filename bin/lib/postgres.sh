# shellcheck shell=bash
# A private Postgres in $place/postgres: one Unix socket, no TCP, nobody but us.

postgres_oldest=15
postgres_bin=''

# The databases' user may not be able to walk to the data folder (root's home, say), but it can be handed the open
# folder: see launch.
by_descriptor=/proc/self/fd/9

# find_postgres: the programs that fit the cluster in $place, or for a new one the newest that are here.
find_postgres() {
  local wanted='' folder version best=0
  [ ! -f "$place/postgres/PG_VERSION" ] || wanted=$(<"$place/postgres/PG_VERSION")
  for folder in /usr/lib/postgresql/*/bin "$(dirname -- "$(command -v postgres || echo /none/x)")"; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
    version=$("$folder/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    if [ -n "$wanted" ] && [ "$version" != "$wanted" ]; then continue; fi
    if [ "$version" -ge "$postgres_oldest" ] && [ "$version" -gt "$best" ]; then
      best=$version postgres_bin=$folder
    fi
  done
  [ "$best" -gt 0 ]
}

# want_postgres: note the package if no fitting Postgres is here.
want_postgres() {
  local version versions='15 16 17 18'
  if find_postgres && command -v psql >/dev/null; then return 0; fi
  [ ! -f "$place/postgres/PG_VERSION" ] || versions=$(<"$place/postgres/PG_VERSION")
  refresh_package_lists
  for version in $versions; do
    [ -n "$(apt_version "postgresql-$version")" ] || continue
    want_packages "postgresql-$version|keeps the library's facts (a private one, no system service)"
    return 0
  done
  die "no Postgres ${versions// / or } is installed, and apt knows none" \
    "Tessera needs Debian 12, Ubuntu 24.04 or newer, or a Postgres $postgres_oldest or newer from elsewhere."
}

# make_cluster: a new, empty cluster, complete or not there at all.
make_cluster() {
  step "Creating the database"
  rm -rf -- "$place/postgres.new"
  db_folder "$place/postgres.new"
  (
    close_lock
    exec 9<"$place/postgres.new"
    cd / &&
      as_db "$postgres_bin/initdb" -D "$by_descriptor" --username=postgres --encoding=UTF8 \
      --lc-collate=C --lc-ctype=C.UTF-8 --lc-messages=C --lc-monetary=C --lc-numeric=C --lc-time=C \
      --data-checksums --no-sync --auth=reject --no-instructions &&
      as_db "$postgres_bin/postgres" --single -c exit_on_error=on -D "$by_descriptor" postgres <<SQL
create role tessera login createdb
create database tessera owner tessera
SQL
  ) </dev/null >>"$place/logs/postgres.log" 2>&1 || {
    log_tail postgres >&2
    die "the database could not be created"
  }
  sync -f "$place/postgres.new"
  mv -- "$place/postgres.new" "$place/postgres"
}

# configure_postgres: our settings for a small machine, who may come in, written anew at each start.
configure_postgres() {
  local me
  me=$(id -un)
  (
    cd -- "$place/postgres" || exit 1
    as_db tee postgresql.conf >/dev/null <<CONF
# Written by bin/up at each start. Put settings of your own into local.conf beside this file.
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
# 16 of tessera-api, 24 each of the indexer and of a command beside it, their locks, psql. A free one costs some 20 KB.
max_connections = ${postgres_connections:-100}
max_wal_size = ${postgres_wal:-1GB}
checkpoint_timeout = 15min
wal_compression = on
random_page_cost = 1.1
jit = off
autovacuum_max_workers = 2
log_min_duration_statement = 2s
log_line_prefix = '%m [%p] '
log_timezone = UTC
timezone = UTC
fsync = ${postgres_fsync:-on}
synchronous_commit = ${postgres_fsync:-on}
full_page_writes = ${postgres_fsync:-on}
include_if_exists 'local.conf'
CONF
    as_db tee pg_hba.conf >/dev/null <<<'local all all peer map=tessera'
    as_db tee pg_ident.conf >/dev/null <<CONF
tessera "$me" tessera
tessera "$me" postgres
tessera "${db_user:-$me}" postgres
CONF
  )
}

# forget_dead_postmaster: after a kill or a power cut the id in postmaster.pid may by now be somebody else's, and
# Postgres would refuse to start. A living Postgres in this very folder is stopped, anything else forgotten.
forget_dead_postmaster() {
  local pid
  pid=$(head -n1 "$place/postgres/postmaster.pid" 2>/dev/null) || return 0
  if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] && [ "/proc/$pid/cwd" -ef "$place/postgres" ]; then
    note "stopping a Postgres left over in this data folder"
    end_process postgres "$pid"
  fi
  rm -f -- "$place/postgres/postmaster.pid"
}

# start_postgres: up and taking connections when this returns.
start_postgres() {
  local folder=$place/postgres state='' tries=0
  find_postgres || die "no Postgres for $place/postgres is installed"
  [ -d "$folder" ] || make_cluster
  db_folder "$folder"
  forget_dead_postmaster
  rm -f -- "$sockets"/.s.PGSQL.*
  configure_postgres
  # Where its user can walk there, the real path shows in ps.
  as_db test -x "$folder" || folder=$by_descriptor
  launch postgres db "$postgres_bin/postgres" -D "$folder" \
    -c listen_addresses= -c "unix_socket_directories=$sockets" -c unix_socket_permissions=0700 \
    -c cluster_name=tessera
  until [ "$state" = ready ]; do
    alive postgres || died postgres
    [ $((++tries)) -ne 200 ] || note "Postgres is still recovering…"
    sleep 0.05
    state=$(sed -n '8s/ *$//p' "$place/postgres/postmaster.pid" 2>/dev/null) || true
  done
}

# postgres_url DATABASE: its address.
postgres_url() { printf 'postgres:///%s?host=%s&user=tessera' "$1" "$(urlencode "$sockets")"; }

# sql DATABASE [psql arguments…]: talk to it as the owner of the library's database.
sql() {
  local database=$1
  shift
  "${clean_env[@]}" psql -X -q -v ON_ERROR_STOP=1 -h "$sockets" -U tessera -d "$database" "$@"
}
