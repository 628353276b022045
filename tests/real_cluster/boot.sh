#!/bin/bash
# The first process of a node, in namespaces of its own: it makes the node's root, waits for its
# network card, and runs Corosync and Pacemaker. Its end is the power failure of the node.
#
# usage: boot.sh RACK NODE ADDRESS
set -u
rack=$1 node=$2 address=$3
root=$rack/$node/root

device() { # device NAME TYPE MAJOR MINOR
  mkdir -p "$root/dev/${1%/*}"
  mknod -m 666 "$root/dev/$1" "$2" "$3" "$4"
}

make_devices() {
  mount -t tmpfs -o mode=755,size=1m dev "$root/dev"
  mkdir "$root/dev/shm" "$root/dev/pts"
  mount -t tmpfs -o mode=1777,size=256m shm "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  device ./null c 1 3
  device ./zero c 1 5
  device ./random c 1 8
  device ./urandom c 1 9
  device ./tty c 5 0
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  for stream in stdin:0 stdout:1 stderr:2; do
    ln -s "/proc/self/fd/${stream#*:}" "$root/dev/${stream%:*}"
  done

  # The shared disks, and no other disk of the machine.
  while read -r group volume major minor; do
    device "md/$group/dsk/$volume" b "$major" "$minor"
    # Linux has no raw disks. fstyp, which alone asks them, looks at the block device instead.
    device "md/$group/rdsk/$volume" c 1 3
  done <"$rack/disks/list"
}

make_root() {
  mount --make-rprivate / && mount --bind "$root" "$root" || return 1
  for directory in usr etc var; do
    layers=lowerdir=/$directory,upperdir=$rack/$node/over/$directory
    mount -t overlay overlay -o "$layers,workdir=$rack/$node/work/$directory" \
      "$root/$directory" || return 1
  done
  make_devices || return 1

  mount -t tmpfs -o mode=755,size=64m run "$root/run"
  mkdir -p "$root/run/lock" "$root/run/resource-agents"
  mount -t tmpfs -o mode=1777,size=64m tmp "$root/tmp"
  mount -t proc proc "$root/proc" && mount -t sysfs -o ro sysfs "$root/sys" || return 1
  mount --bind "$rack/power" "$root/rack" || return 1
  # A node that panics must not take the machine along.
  if test -e "$root/proc/sysrq-trigger"; then
    mount --bind "$root/dev/null" "$root/proc/sysrq-trigger"
  fi

  cd "$root" && pivot_root . was && cd / && umount -l /was
}

make_root || exit 1
export HOSTNAME=$node PATH=/usr/sbin:/usr/bin LC_ALL=C
hostname "$node"
# What who(1) -b tells: with seconds, because a node is up again within one minute.
date '+%b %e %H:%M:%S' >/run/booted

ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip address add "$address/24" broadcast + dev eth0
ip link set eth0 up

corosync -f >/var/log/corosync.out 2>&1 &
corosync=$!
until corosync-cfgtool -s >/dev/null 2>&1; do
  kill -0 $corosync 2>/dev/null || exit 1
  sleep 0.05
done

export PCMK_logfile=/var/log/pacemaker/pacemaker.log PCMK_logfacility=none
pacemakerd -f >/var/log/pacemaker.out 2>&1 &
pacemaker=$!
# Either one's end is the node's, as with a node that leaves its cluster and panics.
wait -n $corosync $pacemaker
exit 1
