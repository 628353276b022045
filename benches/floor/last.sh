# The first node again: back it goes, and the service is proved. Follows first.sh in the same shell.
[ "$complete" = yes ] || {
  moves_to Node1
  mounted /cal || fails '/cal is not mounted'
  if online_on Node2; then fails 'CAL-RG is online on both nodes'; fi
  for resource in LOG-HOST-RS CAL-HASP-RS CAL-SVR-RS; do
    [ "`rs RESOURCE_STATE_NODE -R "$resource" Node1`" = ONLINE ] || fails "$resource is not online"
  done
  "$R/usr/bin/netstat" -an | listens || fails 'nothing listens on 192.0.2.10 port 80'
  : >"$K/complete"
}
# It can be seen where the shared disk is.
if mounted /cal; then
  has_block || fails 'no block in ics.conf'
  on_the_share
fi
logged || fails 'the log of the configurator on Node1'
on_this_node
no_failure
if online_on Node1; then
  is_watched Node1
  mounted /cal || fails '/cal is not mounted'
  "$R/usr/bin/netstat" -an | listens || fails 'nothing listens on 192.0.2.10 port 80'
fi
if [ "$complete" = no ]; then
  once_more
  for type in SUNW.HAStoragePlus SUNW.scics; do has_type || fails "$type is not registered any more"; done
  for look in has_rg has_host has_storage storage_is_on; do "$look" || fails "$look: not so any more"; done
fi
echo 'stage last'
