#!/bin/sh
# The first process of a rack: one network, one mount and one process namespace around all nodes.
# It ends when its standard input does, and the kernel ends everything in the rack with it: nodes,
# mounts, addresses, and the loop devices that only the rack holds.
#
# usage: rack.sh DIRECTORY (in the rack a file system of its own; outside it stays empty)
set -eu
mount -t tmpfs -o mode=755,size=1g rack "$1"
mkdir "$1/disks" "$1/power"
: >"$1/disks/list"
mkfifo "$1/power/requests"

# The switch that all nodes are plugged into. Clients are on it too.
ip link set lo up
ip link add switch type bridge forward_delay 0
ip address add 192.0.2.1/24 dev switch
ip link set switch up

echo ready
exec cat >/dev/null
