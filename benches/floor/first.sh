# The first node: resources, and the configuration on the shared disk. Follows prepare.sh in the same shell.
online_on() { [ "`rg RG_STATE_NODE -G CAL-RG "$1"`" = ONLINE ]; }
# Brings the group to a node and waits until it is there.
moves_to() {
  online_on "$1" && return
  "$B/scswitch" -z -g CAL-RG -h "$1" || fails "cannot move CAL-RG to $1"
  n=60
  until online_on "$1"; do
    [ "$n" -gt 0 ] || fails "CAL-RG is not online on $1"
    n=`expr "$n" - 1`
    sleep 1
  done
}
# Where the group stands is the cluster's affair once the installation is complete, and nobody has to be waited for.
if [ "$complete" = yes ]; then echo 'stage first'; fi

has_type() { "$B/scha_cluster_get" -O ALL_RESOURCETYPES 2>/dev/null | egrep "^$type(:|\$)" >/dev/null; }
add_type() { "$B/scrgadm" -a -t "$type"; }
for type in SUNW.HAStoragePlus SUNW.scics; do ensure "$type is not registered" has_type add_type; done
has_rg() {
  nodes=`rg NODELIST -G CAL-RG | tr '\n' ' '`
  case $nodes in 'Node1 Node2 ') ;; '') return 1 ;; *) fails 'CAL-RG has other nodes' ;; esac
}
add_rg() { "$B/scrgadm" -a -g CAL-RG -h Node1,Node2; }
ensure 'no CAL-RG' has_rg add_rg
# A resource in the group, with its properties.
has_host() {
  [ "`rs GROUP -R LOG-HOST-RS`" = CAL-RG ] || return 1
  case `rs EXTENSION -R LOG-HOST-RS -G CAL-RG HostnameList` in *cal-host*) ;; *) return 1 ;; esac
  has_type_of LOG-HOST-RS SUNW.LogicalHostname || return 1
  has_description LOG-HOST-RS 'LogicalHostname resource for LOG-HOST-RS'
}
add_host() { "$B/scrgadm" -a -L -g CAL-RG -l cal-host -j LOG-HOST-RS -y 'R_description=LogicalHostname resource for LOG-HOST-RS'; }
ensure 'no LOG-HOST-RS as it should be' has_host add_host
if [ "$complete" = no ]; then
  case `rg RG_STATE_NODE -G CAL-RG Node1`:`rg RG_STATE_NODE -G CAL-RG Node2` in
  *ERROR* | *PENDING*) fails 'CAL-RG is in trouble or on its way' ;;
  UNMANAGED:*) "$B/scswitch" -Z -g CAL-RG || fails 'cannot manage CAL-RG' ;;
  esac
  moves_to Node1
fi
has_storage() {
  [ "`rs GROUP -R CAL-HASP-RS`" = CAL-RG ] || return 1
  case `rs EXTENSION -R CAL-HASP-RS -G CAL-RG FilesystemMountPoints` in */cal) ;; *) return 1 ;; esac
  case `rs EXTENSION -R CAL-HASP-RS -G CAL-RG AffinityOn` in *[Ff][Aa][Ll][Ss][Ee]*) return 1 ;; esac
  has_type_of CAL-HASP-RS SUNW.HAStoragePlus || return 1
  has_description CAL-HASP-RS 'Failover data service resource for SUNW.HAStoragePlus'
}
add_storage() {
  "$B/scrgadm" -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus -x FilesystemMountPoints=/cal -x AffinityOn=True \
    -y 'R_description=Failover data service resource for SUNW.HAStoragePlus'
}
ensure 'no CAL-HASP-RS as it should be' has_storage add_storage
# Enabled, and up where its group is.
is_on() {
  [ "`rs ON_OFF_SWITCH -R "$1"`" = ENABLED ] || return 1
  case `rs RESOURCE_STATE_NODE -R "$1" Node1`:`rs RESOURCE_STATE_NODE -R "$1" Node2` in
  ONLINE:* | *:ONLINE) ;;
  *) return 1 ;;
  esac
}
storage_is_on() { is_on CAL-HASP-RS; }
switch_storage_on() { "$B/scswitch" -e -j CAL-HASP-RS; }
ensure 'CAL-HASP-RS is not enabled' storage_is_on switch_storage_on
if [ "$complete" = no ]; then
  mounted /cal || fails '/cal is not mounted'
  S=$R/var/tmp/calha-configurator.state
  [ -f "$S" ] || fails 'no file of answers for the configurator'
  # A live service and somebody else's configuration must not be written over.
  passed || {
    if [ "`rs ON_OFF_SWITCH -R CAL-SVR-RS`" = ENABLED ]; then fails 'CAL-SVR-RS is enabled'; fi
    if [ -f "$C" ]; then fails '/cal/config/ics.conf is there already'; fi
    "$R/opt/SUNWics5/cal/sbin/csconfigurator.sh" -nodisplay -noconsole -novalidate -state /var/tmp/calha-configurator.state </dev/null >"$O" || :
    passed || fails 'the configurator on Node1'
  }
  logged || fails 'the log of the configurator on Node1'
  on_the_share
  [ -d "$R/cal/.state" ] || mkdir -m 0700 "$R/cal/.state"
  T=$R/cal/.state/configurator.state
  cmp -s "$S" "$T" 2>/dev/null || { cp "$S" "$T" && chmod 600 "$T" && cmp -s "$S" "$T"; } || fails 'the file of answers for the second node'
  moves_to Node2
  echo 'stage first'
else
  passed || fails 'the configurator on Node1'
fi
