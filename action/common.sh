# shellcheck shell=bash
# What the steps of the action have in common.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pgbound=${PGBOUND:-$root/pgbound}
# where plan leaves what comment and the artifact take
out=${RUNNER_TEMP:?}/pgbound

# tell LEVEL WORDS: a message that GitHub shows at the top of the run
tell() {
  echo "::$1 title=pgbound::$2"
}

# Runs pgbound. What it prints holds names from AWS: GitHub must not take any line for a command.
run_pgbound() {
  local end code=0
  end=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$end"
  # tee begins and ends by itself: the file has to be there before, and is whole after the wait
  : >"$out/stderr"
  { "$pgbound" "$@" 2>&3 || code=$?; } 3> >(tee "$out/stderr" >&2)
  wait $! 2>/dev/null || true
  echo "::$end::"
  return "$code"
}
