#!/bin/sh
# Stand-in for csconfigurator.sh, silent: it writes ics.conf and the seven directories wherever the
# state file says, whether or not anything is mounted there, and reports each task.
base=$(cd "$(dirname "$0")/.." && pwd)
state=
while test $# -gt 0; do
  if test "$1" = -state; then state=$2; fi
  shift
done
test -r "$state" || exit 1
value() { sed -n "s/^$1 = //p" "$state"; }

config=$(value dir.config)
database=$(value dir.database)
owner=$(value user):$(value group)
directories="$config $database $(value dir.store) $(value dir.logs) $(value dir.tmp) \
$(value dir.archive) $(value dir.hotbackup)"

verdicts=
failed=
task() {
  echo "Running $*"
  "$@"
  status=$?
  word=PASSED
  if test $status != 0; then word=FAILED failed=yes; fi
  verdicts="$verdicts$word: $* : status = $status
"
}
write_ics_conf() {
  cat >"$config/ics.conf" <<X
local.hostname = "$(uname -n)"
service.http.port = "$(value port)"
caldb.berkeleydb.homedir.path = "$database"
caldb.berkeleydb.archive.path = "$(value dir.archive)"
caldb.berkeleydb.hotbackup.path = "$(value dir.hotbackup)"
logfile.logdir = "$(value dir.logs)"
X
}

echo 'Starting Task Sequence'
task /bin/rm -f "$base/config" "$base/data"
# shellcheck disable=SC2086
task /bin/mkdir -p $directories
task write_ics_conf
task /bin/ln -s "$config" "$base/config"
task /bin/ln -s "$(dirname "$database")" "$base/data"
# shellcheck disable=SC2086
task /bin/chown -R "$owner" $directories
echo 'Sequence Completed'
echo

mkdir -p /var/sadm/install/logs
log=/var/sadm/install/logs/Sun_Java_System_Calendar_Server_install.B$(date +%m%d%H%M)
printf '%s' "$verdicts" | tee "$log"
if test -n "$failed"; then
  printf 'Some Tasks Failed. Please check install log\n%s for further details.\n' "$log"
  exit 1
fi
printf 'All Tasks Passed. Please check install log\n%s for further details.\n' "$log"
