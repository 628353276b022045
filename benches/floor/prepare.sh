# The preparation of a node, and Calendar Server's packages on it, as a careful administrator would write it: root is $CALHA_LAB_ROOT, everything is
# looked at before it is done and proved afterwards, and a second run changes nothing.
set -eu
R=$CALHA_LAB_ROOT
B=$R/usr/cluster/bin
fails() { echo "failed: $*"; exit 1; }

# How it was before, kept.
K=$R/var/opt/before-ha
[ -d "$K" ] || mkdir -m 0700 "$K"
[ -f "$K/scrgadm" ] || "$B/scrgadm" -pvv >"$K/scrgadm"
[ -f "$K/scstat" ] || "$B/scstat" >"$K/scstat"
[ -f "$K/vfstab" ] || cp -p "$R/etc/vfstab" "$K/vfstab"

# Prerequisites; of no interest any more once everything is done.
complete=no
if [ -f "$K/complete" ]; then complete=yes; fi
if [ "$complete" = no ]; then
  case `id` in uid=0*) ;; *) fails 'not the superuser' ;; esac
  case `uname -sr` in 'SunOS 5.'*) ;; *) fails 'no Solaris' ;; esac
  here=`"$B/scha_cluster_get" -O NODENAME_LOCAL`
  members=`"$B/scha_cluster_get" -O ALL_NODENAMES`
  for node in "$here" Node1 Node2; do
    case $members in *"$node"*) ;; *) fails "$node is no member of the cluster" ;; esac
  done
  case `"$B/scinstall" -p` in 3.*) ;; *) fails 'no release of Sun Cluster that this was tried with' ;; esac
  "$B/scstat" -q | grep 'Quorum votes present' >/dev/null || fails 'no quorum'
  "$B/scstat" -D | grep penguin >/dev/null || fails 'no device group penguin'
  "$B/scstat" -i | grep Online >/dev/null || fails 'no group of adapters is online'
  case `"$R/usr/bin/getent" hosts cal-host` in 192.0.2.10*) ;; *) fails 'cal-host has another address' ;; esac
  for entry in group:icsgroup group:5001 passwd:icsuser passwd:5001; do
    found=`"$R/usr/bin/getent" "${entry%%:*}" "${entry##*:}" || :`
    case $found in '' | icsgroup:*:5001:* | icsuser:*:5001:5001:*) ;; *) fails "$found is in the way" ;; esac
  done
  "$R/usr/bin/pkginfo" -q SUNWscics || fails 'the agent SUNWscics is not installed'
  [ "`"$R/usr/sbin/fstyp" /dev/md/penguin/rdsk/d400`" = ufs ] || fails 'no ufs on d400'
  if "$R/usr/bin/netstat" -an | grep '192.0.2.10.80 .*LISTEN' >/dev/null; then fails 'port 80 is taken'; fi
fi

# Group and user, with the same numbers everywhere.
grep '^icsgroup:[^:]*:5001:' "$R/etc/group" >/dev/null || "$R/usr/sbin/groupadd" -g 5001 icsgroup
grep '^icsgroup:[^:]*:5001:' "$R/etc/group" >/dev/null || fails 'no group icsgroup'
grep '^icsuser:[^:]*:5001:5001:' "$R/etc/passwd" >/dev/null || "$R/usr/sbin/useradd" -u 5001 -g icsgroup -d / icsuser
grep '^icsuser:[^:]*:5001:5001:' "$R/etc/passwd" >/dev/null || fails 'no user icsuser'

# The mount point and its entry, put in place in one step.
[ -d "$R/cal" ] || mkdir -m 0755 "$R/cal"
F=$R/etc/vfstab
E='/dev/md/penguin/dsk/d400	/dev/md/penguin/rdsk/d400	/cal	ufs	2	no	logging'
if awk '$3 == "/cal" { found = 1 } END { exit !found }' "$F"; then
  fgrep -x "$E" "$F" >/dev/null || fails 'another entry for /cal'
else
  cp -p "$F" "$F.new"
  echo "$E" >>"$F.new"
  mv -f "$F.new" "$F"
fi

# Packages.
"$R/usr/bin/pkginfo" -q SUNWics5 ||
  "$R/cdrom/cdrom0/Solaris_sparc/installer" -nodisplay -noconsole -state /var/tmp/calha-installer.state </dev/null >/dev/null
"$R/usr/bin/pkginfo" -q SUNWics5 || fails 'SUNWics5 is not installed'
for entry in csapi html lib sbin share tools; do
  [ -d "$R/opt/SUNWics5/cal/$entry" ] || fails "no $entry"
done
echo 'stage prepared'
