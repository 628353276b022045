# The preparation of a node, and Calendar Server's packages on it, as a careful administrator would write it: the root is $CALHA_LAB_ROOT, $me the node
# that is meant. Everything is looked at before it is done and proved afterwards; a second run changes nothing and asks nothing twice.
set -eu
R=$CALHA_LAB_ROOT
B=$R/usr/cluster/bin
fails() { echo "failed: $*"; exit 1; }
# ensure WHAT LOOK ACT: does what is not so yet, and proves it.
ensure() { "$2" || { "$3" && "$2"; } || fails "$1"; }

# How it was before, kept.
K=$R/var/opt/before-ha
[ -d "$K" ] || mkdir -m 0700 "$K"
keep() {
  if [ -f "$K/$1" ]; then return; fi
  kept=$1
  shift
  { "$@" >"$K/$kept.new" && mv "$K/$kept.new" "$K/$kept"; } || fails "cannot keep $kept"
}
keep scrgadm "$B/scrgadm" -pvv
keep scstat "$B/scstat"
keep vfstab cat "$R/etc/vfstab"
complete=no
if [ -f "$K/complete" ]; then complete=yes; fi

# Prerequisites; of no interest any more once everything is done.
E='/dev/md/penguin/dsk/d400	/dev/md/penguin/rdsk/d400	/cal	ufs	2	no	logging'
listens() { awk '($1 == "*.80" || $1 == "192.0.2.10.80") && $NF == "LISTEN" { found = 1 } END { exit !found }'; }
if [ "$complete" = no ]; then
  case `id` in 'uid=0('*) ;; *) fails 'not the superuser' ;; esac
  case `uname -sr` in 'SunOS 5.'*) ;; *) fails 'no Solaris' ;; esac
  [ "`"$B/scha_cluster_get" -O NODENAME_LOCAL`" = "$me" ] || fails "this is not $me"
  [ "`"$B/scha_cluster_get" -O ALL_NODENAMES | tr '\n' ' '`" = 'Node1 Node2 ' ] || fails 'the cluster has other members'
  case `"$B/scinstall" -p` in 3.*) ;; *) fails 'no release of Sun Cluster that this was tried with' ;; esac
  "$B/scstat" -q | awk '/votes needed/ { needed = $4 } /votes present/ { present = $4 } END { exit !(needed > 0 && present >= needed) }' || fails 'no quorum'
  "$B/scstat" -D | grep 'servers: *penguin *Node[12] *Node[12]' >/dev/null || fails 'no device group penguin of both nodes'
  "$B/scstat" -i | grep "$me .*Online" >/dev/null || fails 'no group of adapters is online'
  if "$R/usr/sbin/ping" cal-host 1 >/dev/null 2>&1; then
    case `"$B/scha_cluster_get" -O ALL_RESOURCEGROUPS` in *CAL-RG*) ;; *) fails 'cal-host answers already' ;; esac
  fi
  case `"$R/usr/bin/getent" hosts cal-host` in '192.0.2.10	'*) ;; *) fails 'cal-host has another address' ;; esac
  for entry in 'group icsgroup' 'group 5001' 'passwd icsuser' 'passwd 5001'; do
    found=`"$R/usr/bin/getent" $entry || :`
    case $found in '' | icsgroup:*:5001:* | icsuser:*:5001:5001:*) ;; *) fails "$found is in the way" ;; esac
  done
  "$R/usr/bin/pkginfo" -q SUNWscics || fails 'the agent SUNWscics is not installed'
  D=/dev/md/penguin
  case `ls -lL "$R$D/dsk/d400" "$R$D/rdsk/d400"` in
  b*"
c"*) ;;
  *) fails 'd400 is no device' ;;
  esac
  [ "`"$R/usr/sbin/fstyp" $D/rdsk/d400`" = ufs ] || fails 'no ufs on d400'
  if grep '	/cal	' "$R/etc/mnttab" | grep -v "^$D/dsk/d400	" >/dev/null; then fails 'something else is mounted on /cal'; fi
  # A run that ended early may have left the service up.
  if [ ! -f "$K/configurator" ] && "$R/usr/bin/netstat" -an | listens; then fails 'port 80 is taken'; fi
fi

# Group and user, with the same numbers everywhere.
has_group() { grep '^icsgroup:[^:]*:5001:' "$R/etc/group" >/dev/null; }
add_group() { "$R/usr/sbin/groupadd" -g 5001 icsgroup; }
ensure 'no group icsgroup' has_group add_group
has_user() { grep '^icsuser:[^:]*:5001:5001:' "$R/etc/passwd" >/dev/null; }
add_user() { "$R/usr/sbin/useradd" -u 5001 -g icsgroup -d / icsuser; }
ensure 'no user icsuser' has_user add_user

# The mount point and its entry, put in place in one step.
[ -d "$R/cal" ] || mkdir -m 0755 "$R/cal"
F=$R/etc/vfstab
has_entry() { [ "`egrep '	/cal	|^/dev/md/penguin/dsk/d400	' "$F"`" = "$E" ]; }
add_entry() {
  if grep '	/cal	' "$F" >/dev/null; then fails 'another entry for /cal'; fi
  cp -p "$F" "$F.new" && echo "$E" >>"$F.new" && mv -f "$F.new" "$F"
}
ensure 'the entry for /cal' has_entry add_entry

# Packages.
has_packages() { "$R/usr/bin/pkginfo" -q SUNWics5; }
add_packages() { "$R/cdrom/cdrom0/Solaris_sparc/installer" -nodisplay -noconsole -state /var/tmp/calha-installer.state </dev/null >/dev/null; }
ensure 'SUNWics5 is not installed' has_packages add_packages
for entry in csapi html lib sbin/csconfigurator.sh share tools; do
  [ -d "$R/opt/SUNWics5/cal/$entry" ] || [ -f "$R/opt/SUNWics5/cal/$entry" ] || fails "no $entry"
done
echo 'stage prepared'

# For what follows in the same shell.
rg() { "$B/scha_resourcegroup_get" -O "$@" 2>/dev/null; }
rs() { "$B/scha_resource_get" -O "$@" 2>/dev/null; }
mounted() { grep "	$1	" "$R/etc/mnttab" >/dev/null; }
# All sections of the configurator passed, and none failed.
O=$K/configurator
passed() { if grep '^FAILED' "$O" >/dev/null 2>&1; then false; else grep '^All Tasks Passed' "$O" >/dev/null 2>&1; fi; }
C=$R/cal/config/ics.conf
block() {
  cat <<'BLOCK'
! BEGIN HA
local.server.ha.enabled="yes"
local.server.ha.agent="SUNWscics"
service.http.listenaddr="192.0.2.10"
service.listenaddr="192.0.2.10"
local.hostname="cal-host"
local.servername="cal-host"
service.ens.host="cal-host"
service.http.calendarhostname="cal-host.example.com"
local.autorestart="yes"
! END HA
BLOCK
}
# As a whole, so that a changed line is found.
has_block() { [ "`sed -n '/^! BEGIN HA$/,/^! END HA$/p' "$C"`" = "`block`" ]; }
