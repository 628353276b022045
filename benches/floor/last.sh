# The first node again: back it goes, and the service is proved. Follows first.sh in the same shell.
[ "$complete" = yes ] || moves_to Node1
here=Node1
online_on Node1 || here=Node2
online_on "$here" || fails 'CAL-RG is online nowhere'
for resource in LOG-HOST-RS CAL-HASP-RS CAL-SVR-RS; do
  [ "`rs RESOURCE_STATE_NODE -R "$resource" "$here"`" = ONLINE ] || fails "$resource is not online"
done
if [ "$here" = Node1 ]; then
  "$R/usr/bin/netstat" -an -f inet -P tcp | grep '192.0.2.10.80 .*LISTEN' >/dev/null || fails 'nothing listens on 192.0.2.10 port 80'
fi
: >"$K/complete"
echo 'stage last'
