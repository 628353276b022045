#!/bin/sh
# Makes the disk of a node: directories over which /usr, /etc and /var are laid, an own root, and
# the cluster's files. What a node writes stays here and survives its power failures.
#
# usage: furnish.sh RACK NODE ROOT (ROOT: what every node has besides the machine's own programs)
set -eu
rack=$1 node=$2 root=$3
disk=$rack/$node

mkdir -p "$disk/work/usr" "$disk/work/etc" "$disk/work/var"
mkdir -p "$disk/over/usr" "$disk/over/etc/corosync" "$disk/over/var/lib/pacemaker/cib"
for directory in usr etc var opt home srv mnt run tmp dev proc sys cal rack was; do
  mkdir -p "$disk/root/$directory"
done
# A real node has no /cal before somebody makes it.
rmdir "$disk/root/cal"
mkdir -m 700 "$disk/root/root"
# /bin, /lib and the like, which are links today.
for entry in /*; do
  if test -h "$entry"; then cp -a "$entry" "$disk/root/"; fi
done

# The directories that are laid over the machine's keep the machine's owners and modes.
for directory in /usr /etc /var /var/lib /var/lib/pacemaker /var/lib/pacemaker/cib; do
  chown --reference="$directory" "$disk/over$directory"
  chmod --reference="$directory" "$disk/over$directory"
done
for directory in usr etc var; do
  cp -R --no-preserve=ownership "$root/$directory/." "$disk/over/$directory/"
done
cp -R --no-preserve=ownership "$root/cdrom" "$disk/root/"
# The machine's own program keeps a name of its own behind the one that answers as Solaris does.
cp -L /usr/bin/uname "$disk/over/usr/bin/uname.linux"

cp "$rack/hosts" "$disk/over/etc/hosts"
cp "$rack/corosync.conf" "$disk/over/etc/corosync/"
cp "$rack/cib.xml" "$disk/over/var/lib/pacemaker/cib/"
chown hacluster:haclient "$disk/over/var/lib/pacemaker/cib/cib.xml"
chmod 600 "$disk/over/var/lib/pacemaker/cib/cib.xml"
# Without a name server nobody waits for one.
: >"$disk/over/etc/resolv.conf"
: >"$disk/over/etc/vfstab"
echo "$node" >"$disk/over/etc/hostname"
ln -s /proc/self/mounts "$disk/over/etc/mnttab"
