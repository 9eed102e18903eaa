# shellcheck shell=bash
# A throw-away Postgres and Redis for tests: fast, not durable, gone at the end.

# make_test_template: one empty cluster, made once per Postgres version and then copied (creating one takes seconds).
make_test_template() {
  local version
  place=$cache/test-template
  open_place
  exec {lock_fd}>"$place/run/lock"
  flock "$lock_fd"
  choose_db_user
  version=$(newest_postgres)
  if [ "$(cat "$place/made-by" 2>/dev/null)" != "$version $db_uid" ]; then
    rm -rf -- "$place/postgres" "$place/made-by"
    find_postgres
    make_cluster
    printf '%s %s\n' "$version" "$db_uid" >"$place/made-by"
  fi
  template=$place/postgres
}

# newest_postgres: the version text of what find_postgres takes for a new cluster.
newest_postgres() (
  place=/nonexistent
  find_postgres || die "no Postgres $postgres_oldest or newer is installed"
  "$postgres_bin/postgres" --version
)

# start_test_databases: afterwards $TESSERA_TEST_DATABASE_URL and $TESSERA_TEST_REDIS_URL answer.
start_test_databases() {
  local template
  make_test_template
  place=$(mktemp -d "${TMPDIR:-/tmp}/tessera-test.XXXXXX")
  at_exit remove_test_databases
  open_place
  [ -z "$db_user" ] || chmod 711 "$place" "$place/run"
  cp -a --reflink=auto -- "$template" "$place/postgres"
  close_lock
  lock_fd=''
  choose_sockets
  postgres_fsync=off postgres_connections=200 postgres_wal=256MB start_postgres
  redis_append=no redis_databases=64 start_redis
  TESSERA_TEST_DATABASE_URL=$(postgres_url tessera)
  TESSERA_TEST_REDIS_URL=$(redis_url)
  export TESSERA_TEST_DATABASE_URL TESSERA_TEST_REDIS_URL
}

# remove_test_databases: stop them and leave nothing.
remove_test_databases() {
  stop_all
  remove_sockets
  rm -rf -- "$place"
}
