# What the configurator has to leave on a node and on the shared disk, whatever it printed. Follows
# prepare.sh in the same shell. Names come from the parameters that are documented.
D=$R/cal
# The last assignment counts; a value stands in quotes or bare.
has_value() {
  [ "`nawk -F= -v name="$1" '/^[!#]/ { next } { key = $1; gsub(/[ \t]/, "", key) }
    key == name { value = substr($0, index($0, "=") + 1); gsub(/^[ \t"]+|["\t ]+$/, "", value) }
    END { print value }' "$C"`" = "$2" ]
}
# Absolute paths that are neither on the share nor below the install root.
strays() {
  nawk -F= '/^[!#]/ { next } { value = substr($0, index($0, "=") + 1); n = split(value, part, /[ \t,;:="]+/)
    for (i = 1; i <= n; i++) if (part[i] ~ /^\/[^\/]/ && part[i] !~ /^\/(cal|opt\/SUNWics5)(\/|$)/) print $1 "=" part[i] }' "$C"
}
# User 5001 has each of them, whatever its name.
owned() {
  ls -ldn "$D/config" "$D/csdb" "$D/store" "$D/logs" "$D/tmp" "$D/csdb/archive" "$D/csdb/hotbackup" "$C" 2>/dev/null |
    awk '$3 == 5001 { n++ } /^d/ { d++ } END { exit !(n == 8 && d == 7) }'
}
logged() {
  log=`sed -n 's/.*"\(.*Sun_Java_System_Calendar_Server_install[^"]*\)".*/\1/p' "$O" | tail -1`
  [ -n "$log" ] || return 0
  [ -f "$R$log" ] && if grep '^FAILED' "$R$log" >/dev/null; then false; else :; fi
}
# The device itself says what is mounted there: the table may be out of date.
shared() {
  case `"$R/usr/sbin/df" -k /cal` in
  *"
/dev/md/penguin/dsk/d400"*' /cal') ;;
  *) fails 'what is mounted on /cal is not d400' ;;
  esac
}
on_the_share() {
  shared
  if grep '	/cal/' "$R/etc/mnttab" >/dev/null; then fails 'something else is mounted below /cal'; fi
  has_value caldb.berkeleydb.homedir.path /cal/csdb || fails 'the database is not on the shared disk'
  has_value caldb.berkeleydb.archive.path /cal/csdb/archive || fails 'the archive is not on the shared disk'
  has_value caldb.berkeleydb.hotbackup.path /cal/csdb/hotbackup || fails 'the hot backup is not on the shared disk'
  has_value logfile.logdir /cal/logs || fails 'the logs are not on the shared disk'
  [ -z "`strays`" ] || fails "ics.conf names `strays`"
  if grep '^[^!#].*Node[12]' "$C"; then echo 'a name of a node is left in ics.conf' >&2; fi
  owned || fails 'not all seven directories belong to icsuser'
}
# The links of this node, and what starts the server when it boots.
on_this_node() {
  for name in config data; do
    case `ls -ld "$R/opt/SUNWics5/cal/$name" 2>/dev/null` in
    *"-> /cal" | *"-> /cal/"*) ;;
    *) fails "$name does not lead to the shared disk" ;;
    esac
  done
  case `"$R/usr/sbin/df" -k /opt/SUNWics5/cal/data` in
  *' /cal') ;;
  *) if mounted /cal; then fails 'data leads on to another file system'; fi ;;
  esac
  found=`find "$R/etc/rc0.d" "$R/etc/rc1.d" "$R/etc/rc2.d" "$R/etc/rc3.d" "$R/etc/rcS.d" -name 'S*' -exec fgrep -l /opt/SUNWics5/cal/ {} \; 2>/dev/null`
  [ -z "$found" ] || fails "$found starts the server at boot"
  [ ! -f "$R/usr/bin/svcprop" ] || {
    case `"$R/usr/bin/svcprop" -p start/exec '*' 2>/dev/null` in
    */opt/SUNWics5/cal/*) fails 'a service of SMF starts the server at boot' ;;
    esac
  }
}
# A resource is enabled, and no method of it has failed on any node.
no_failure() {
  for resource in LOG-HOST-RS CAL-HASP-RS CAL-SVR-RS; do
    [ "`rs ON_OFF_SWITCH -R "$resource"`" = ENABLED ] || fails "$resource is not enabled"
    for node in Node1 Node2; do
      case `rs RESOURCE_STATE_NODE -R "$resource" "$node"` in
      START_FAILED | STOP_FAILED) fails "$resource has failed on $node" ;;
      esac
    done
  done
}
# The monitor of each has nothing to say against it, and watches it.
is_watched() {
  for resource in LOG-HOST-RS CAL-HASP-RS CAL-SVR-RS; do
    case `rs STATUS_NODE -R "$resource" "$1"` in
    FAULTED* | Faulted* | DEGRADED* | Degraded*) fails "$resource is not well on $1" ;;
    esac
    [ "`rs MONITORED_SWITCH -R "$resource"`" = ENABLED ] || fails "nobody watches $resource"
  done
}
has_type_of() { case `rs TYPE -R "$1"` in "$2" | "$2":*) ;; *) return 1 ;; esac; }
# Where a run ends, all that it did is asked once more: what ran later may have undone it.
once_more() {
  for look in has_group has_user has_entry has_packages; do "$look" || fails "$look: not so any more"; done
  "$R/usr/bin/pkginfo" -q SUNWscics || fails 'the agent SUNWscics is not installed any more'
  [ -d "$R/cal" ] || fails 'no /cal any more'
}
has_description() { [ "`rs R_DESCRIPTION -R "$1"`" = "$2" ]; }
