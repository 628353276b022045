# The first node: resources, and the configuration on the shared disk. Follows prepare.sh in the same shell.
rg() { "$B/scha_resourcegroup_get" -O "$@" 2>/dev/null; }
rs() { "$B/scha_resource_get" -O "$@" 2>/dev/null; }
mounted() { grep "	$1	" "$R/etc/mnttab" >/dev/null; }
online_on() { [ "`rg RG_STATE_NODE -G CAL-RG "$1"`" = ONLINE ]; }
# Waits until the group is online on a node.
stands_on() {
  n=60
  until online_on "$1"; do
    [ "$n" -gt 0 ] || fails "CAL-RG is not online on $1"
    n=`expr "$n" - 1`
    sleep 1
  done
}
moves_to() {
  online_on "$1" || "$B/scswitch" -z -g CAL-RG -h "$1"
  stands_on "$1"
}
# A property of a resource is as it was asked for.
has() { case `rs "$1" -R "$2" -G CAL-RG $3` in *"$4"*) ;; *) fails "$1 $3 of $2 is not $4" ;; esac; }
# Once the installation is complete, where the group stands is the cluster's affair.
for type in SUNW.HAStoragePlus SUNW.scics; do
  "$B/scha_resourcetype_get" -O RT_VERSION -T "$type" >/dev/null 2>&1 || "$B/scrgadm" -a -t "$type"
  "$B/scha_resourcetype_get" -O RT_VERSION -T "$type" >/dev/null || fails "$type is not registered"
done
rg NODELIST -G CAL-RG >/dev/null || "$B/scrgadm" -a -g CAL-RG -h Node1,Node2
[ "`rg NODELIST -G CAL-RG | tr '\n' ' '`" = 'Node1 Node2 ' ] || fails 'CAL-RG has other nodes'
rs GROUP -R LOG-HOST-RS >/dev/null || "$B/scrgadm" -a -L -g CAL-RG -l cal-host -j LOG-HOST-RS -y 'R_description=LogicalHostname resource for LOG-HOST-RS'
[ "`rs GROUP -R LOG-HOST-RS`" = CAL-RG ] || fails 'no LOG-HOST-RS in CAL-RG'
has EXTENSION LOG-HOST-RS HostnameList cal-host
if [ "`rg RG_STATE_NODE -G CAL-RG Node1`" = UNMANAGED ]; then "$B/scswitch" -Z -g CAL-RG; fi
[ "$complete" = yes ] || moves_to Node1
rs GROUP -R CAL-HASP-RS >/dev/null || "$B/scrgadm" -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal \
  -x AffinityOn=True -y 'R_description=Failover data service resource for SUNW.HAStoragePlus'
[ "`rs GROUP -R CAL-HASP-RS`" = CAL-RG ] || fails 'no CAL-HASP-RS in CAL-RG'
has EXTENSION CAL-HASP-RS FilesystemMountPoints /cal
[ "`rs ON_OFF_SWITCH -R CAL-HASP-RS`" = ENABLED ] || "$B/scswitch" -e -j CAL-HASP-RS
[ "`rs ON_OFF_SWITCH -R CAL-HASP-RS`" = ENABLED ] || fails 'CAL-HASP-RS is not enabled'
if [ "$complete" = no ]; then
  mounted /cal || fails '/cal is not mounted'
  O=$K/configurator
  grep '^All Tasks Passed' "$O" >/dev/null 2>&1 ||
    "$R/opt/SUNWics5/cal/sbin/csconfigurator.sh" -nodisplay -noconsole -novalidate -state /var/tmp/calha-configurator.state </dev/null >"$O"
  if grep '^FAILED' "$O" >/dev/null; then fails 'configurator'; fi
  [ -d "$R/cal/.state" ] || mkdir -m 0700 "$R/cal/.state"
  cmp -s "$R/var/tmp/calha-configurator.state" "$R/cal/.state/configurator.state" 2>/dev/null ||
    cp -p "$R/var/tmp/calha-configurator.state" "$R/cal/.state/configurator.state"
  moves_to Node2
fi
echo 'stage first'
