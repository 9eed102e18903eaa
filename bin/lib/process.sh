# shellcheck shell=bash
# Long-running children: started in a session of their own, known by process id, stopped in order.
# $place is the folder they belong to: $place/run holds process ids, $place/logs what they say.

declare -A pid_of=() log_from=()
running=() # names, in the order of their start
tended=''  # process group of what `tend` runs

# born PID: when a process started (clock ticks since boot), which tells a process from a later one of the same id.
born() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  cut -d' ' -f20 <<<"$stat"
}

# stop_signal NAME: what makes it finish its work in order; Postgres closes its clients at INT.
stop_signal() { if [ "$1" = postgres ]; then echo INT; else echo TERM; fi; }

# patience NAME: seconds it may take to stop.
patience() {
  case $1 in
    postgres) echo 60 ;;
    *) echo 30 ;;
  esac
}

# launch NAME WHO COMMAND…: start it as WHO (self, or db for the databases' user, without our environment) with
# $place/NAME open as descriptor 9 for a database. Should this shell be killed, the kernel tells the child to stop.
launch() {
  local name=$1 who=$2 log=$place/logs/$1.log words=(setsid)
  shift 2
  if [ "$(stat -c %s "$log" 2>/dev/null || echo 0)" -gt 10000000 ]; then mv -f "$log" "$log.old"; fi
  log_from[$name]=$(($(stat -c %s "$log" 2>/dev/null || echo 0) + 1))
  [ "$who" = self ] || words+=("${clean_env[@]}")
  words+=(setpriv --pdeathsig "$(stop_signal "$name")")
  [ "$who" = self ] || words+=("${db_rights[@]}")
  (
    close_lock
    trap - INT QUIT # bash makes background commands deaf to these
    [ "$who" = self ] || exec 9<"$place/$name"
    cd / && exec "${words[@]}" -- "$@"
  ) </dev/null >>"$log" 2>&1 &
  pid_of[$name]=$!
  running+=("$name")
  printf '%s %s\n' "$!" "$(born "$!")" >"$place/run/$name.pid"
}

# tend FOLDER COMMAND…: run a long command there and wait for it; a signal to this shell is heard at once and ends the
# command with all that it started. It does not hold our lock. Not for a subshell, which is deaf while it waits.
tend() {
  local folder=$1 code=0
  shift
  (
    close_lock
    cd -- "$folder" || exit
    trap - INT QUIT # bash makes background commands deaf to these
    exec setsid setpriv --pdeathsig TERM -- "$@"
  ) &
  tended=$!
  at_exit end_tended
  wait "$tended" || code=$?
  tended=''
  return "$code"
}

end_tended() {
  [ -n "$tended" ] || return 0
  kill -s TERM -- "-$tended" 2>/dev/null && gone "-$tended" 10 || true
  tended=''
}

# alive NAME: does it still run?
alive() { kill -0 "${pid_of[$1]}" 2>/dev/null; }

# log_tail NAME: its last words of this run.
log_tail() {
  say "The last lines of $place/logs/$1.log:"
  tail -c "+${log_from[$1]:-1}" -- "$place/logs/$1.log" | tail -n 20 | sed 's/^/    /'
}

# died NAME [ADVICE…]: it ended by itself; show why and end.
died() {
  local name=$1 code=0
  shift
  log_tail "$name" >&2
  { wait "${pid_of[$name]}" || code=$?; } 2>/dev/null
  if [ "$code" -gt 128 ]; then die "$name was ended by signal $((code - 128)) ($(kill -l $((code - 128))))" "$@"; fi
  die "$name stopped by itself" "$@"
}

# gone PID SECONDS: wait until the process (-PID: every process of the group) has ended.
gone() {
  local tries=$(($2 * 20))
  while kill -0 -- "$1" 2>/dev/null; do
    [ $((tries--)) -gt 0 ] || return 1
    sleep 0.05
  done
}

# end_process NAME PID: ask it to stop, wait, and insist if need be.
end_process() {
  local name=$1 pid=$2
  kill -s "$(stop_signal "$name")" "$pid" 2>/dev/null || return 0
  gone "$pid" "$(patience "$name")" && return 0
  warn "$name did not stop in $(patience "$name") seconds; ending it hard"
  # Postgres ends its own children at QUIT; nothing committed is lost either way.
  if [ "$name" = postgres ]; then kill -s QUIT "$pid" && gone "$pid" 10 && return 0; fi
  kill -s KILL "$pid" 2>/dev/null || true
  gone "$pid" 10 || warn "$name (process $pid) cannot be ended"
}

# stop_all: everything that launch started, last first.
stop_all() {
  local i name
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    name=${running[i]}
    end_process "$name" "${pid_of[$name]}"
    rm -f -- "$place/run/$name.pid"
  done
  running=()
}

# stop_leftovers NAME…: processes of a run that was killed; called with the lock held, so nobody needs them.
stop_leftovers() {
  local name pid since
  for name in "$@"; do
    [ -f "$place/run/$name.pid" ] || continue
    read -r pid since <"$place/run/$name.pid" || true
    if [ -n "$since" ] && [ "$(born "$pid")" = "$since" ]; then
      note "stopping $name, left over from a run that was killed"
      end_process "$name" "$pid"
    fi
    rm -f -- "$place/run/$name.pid"
  done
}
