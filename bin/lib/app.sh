# shellcheck shell=bash
# Tessera's own two processes: where they listen, how they start, when they are ready.

# choose_address: TESSERA_LISTEN (an address, with or without a port), else this machine alone at TESSERA_PORT.
choose_address() {
  local wish=${TESSERA_LISTEN:-127.0.0.1}
  [[ $wish =~ ^(\[[0-9a-fA-F:]+\]|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)(:([0-9]+))?$ ]] ||
    die "TESSERA_LISTEN is not an address: $wish" "For example 127.0.0.1:2283, 0.0.0.0:2283 or [::]:2283."
  listen_host=${BASH_REMATCH[1]}
  listen_port=${BASH_REMATCH[3]:-${TESSERA_PORT:-2283}}
  [[ $listen_port =~ ^[0-9]{1,5}$ ]] && [ "$listen_port" -ge 1 ] && [ "$listen_port" -le 65535 ] ||
    die "not a port number: $listen_port" "For example TESSERA_PORT=2284."
  listen=$listen_host:$listen_port
  case $listen_host in
    0.0.0.0) address="http://127.0.0.1:$listen_port" ;;
    '[::]') address="http://[::1]:$listen_port" ;;
    *) address="http://$listen" ;;
  esac
}

# check_port: is somebody else listening there? Read from the kernel, which needs no tool and no rights.
check_port() {
  local hex host='[0-9A-F]+' part any='0{8}|0{32}'
  printf -v hex '%04X' "$listen_port"
  if [[ $listen_host =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$ ]] && [ "$listen_host" != 0.0.0.0 ]; then
    host=$any'|'
    for part in 4 3 2 1; do host+=$(printf '%02X' "${BASH_REMATCH[part]}"); done
  fi
  if awk '$4 == "0A" { print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -qE "^($host):$hex\$"; then
    die "port $listen_port is taken by another program$(port_holder)" \
      "Stop that program, or choose another port: TESSERA_PORT=2284 bin/up"
  fi
}

# port_holder: its name, where we may see it.
port_holder() {
  local name
  name=$(ss -Hltnp "sport = :$listen_port" 2>/dev/null | sed -nE '1s/.*users:\(\("([^"]+)",pid=([0-9]+).*/ (\1, process \2)/p') || true
  printf '%s' "$name"
}

# set_environment: what the binaries read.
set_environment() {
  unset TESSERA_PORT # the programs know only TESSERA_LISTEN
  export TESSERA_DATA=$place TESSERA_LISTEN=$listen TESSERA_WEB_ROOT=$root/webapp/build TESSERA_COMMANDS=bin/
  TESSERA_DATABASE_URL=$(postgres_url tessera)
  TESSERA_REDIS_URL=$(redis_url)
  export TESSERA_DATABASE_URL TESSERA_REDIS_URL
}

# start_tessera: migrated, started and ready when this returns.
start_tessera() {
  local tries=0
  "$target/release/tessera-api" migrate || die "the database could not be brought up to date (the reason is above)"
  launch indexer self "$target/release/tessera-indexer" run
  launch api self "$target/release/tessera-api" serve
  until [ "$(curl -s -g -o /dev/null -m 2 -w '%{http_code}' "$address/readyz")" = 200 ]; do
    alive api || died api
    alive indexer || died indexer
    [ $((++tries)) -lt 600 ] || die "Tessera did not become ready within a minute" "Its logs lie in $place/logs."
    sleep 0.1
  done
}

# add_folders FOLDER…: each becomes a library, in place; one that is known already stays as it is.
add_folders() {
  local folder
  for folder in "$@"; do
    "$target/release/tessera-indexer" library add "$folder" ||
      die "the folder $folder could not be added (the reason is above)"
  done
}

# greet: where to go from here.
greet() {
  local setup problem=$place/run/problem
  if ! setup=$("$target/release/tessera-api" setup-link 2>"$problem"); then
    setup=''
    grep -q 'an account already' "$problem" ||
      warn "the address for the first account could not be made: $(cat "$problem")"
  fi
  rm -f -- "$problem"
  say ''
  say "  ${bold}Tessera is running: $address${plain}"
  if [ -n "$setup" ]; then
    say ''
    say "  ${bold}Make the first account at this address (it works once):${plain}"
    say "  ${green}$setup${plain}"
  fi
  if [ -n "${SSH_CONNECTION:-}" ] && [[ $listen == 127.* ]]; then
    say ''
    say "  From your own computer: ssh -L $listen_port:127.0.0.1:$listen_port $(id -un)@$(uname -n), then open that address."
  fi
  say ''
  note "everything is kept in $place (logs in $place/logs)"
  note "Ctrl-C stops it"
}
