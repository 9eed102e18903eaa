# shellcheck shell=bash
# A private Redis in $place/redis: one Unix socket, no TCP, every write appended to a file.

redis_oldest=7.0

# want_redis: note the package if no Redis is here.
want_redis() {
  if command -v redis-server >/dev/null && command -v redis-cli >/dev/null; then return 0; fi
  want_packages 'redis-server|carries jobs and events (a private one, no system service)'
}

# start_redis: up and answering when this returns.
start_redis() {
  local version tries=0
  version=$(redis-server --version | sed -E 's/.* v=([0-9.]+).*/\1/')
  at_least "$version" "$redis_oldest" ||
    die "Redis $version is too old; Tessera needs $redis_oldest or newer" "Install a newer redis-server."
  db_folder "$place/redis"
  rm -f -- "$sockets/redis.sock"
  launch redis db "$(command -v redis-server)" \
    --port 0 --unixsocket "$sockets/redis.sock" --unixsocketperm 700 --daemonize no --dir "$by_descriptor" \
    --appendonly "${redis_append:-yes}" --appendfsync everysec --save '' \
    --maxmemory-policy noeviction --databases "${redis_databases:-16}"
  until [ "$(redis_cli ping 2>/dev/null)" = PONG ]; do
    alive redis || died redis
    [ $((++tries)) -ne 200 ] || note "Redis is still reading its file…"
    sleep 0.05
  done
}

# redis_cli ARGUMENTS…: talk to it.
redis_cli() { "${clean_env[@]}" redis-cli -s "$sockets/redis.sock" "$@"; }

# redis_url: its address.
redis_url() { printf 'redis+unix://%s' "$(urlencode "$sockets/redis.sock")"; }
