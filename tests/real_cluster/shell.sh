#!/bin/sh
# A shell on a node, or a command there: THIS-FILE NODE [WORDS]. Without power it ends with 255, at
# once or, as the line to a machine that is dead, after the seconds that RACK.hangs holds.
if ! read -r pid 2>/dev/null <"${0%.shell}.$1.pid" && test -z "${pid:-}"; then
  if read -r hangs 2>/dev/null <"${0%.shell}.hangs"; then sleep "$hangs"; fi
  exit 255
fi
shift
if test $# = 0; then set -- /bin/sh; fi
exec nsenter --target="$pid" --mount --net --pid --uts --ipc --root --wd -- \
  /usr/bin/env -i PATH=/usr/sbin:/usr/bin HOME=/root LOGNAME=root LC_ALL=C "$@"
