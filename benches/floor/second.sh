# The second node: its configuration, the parameters of high availability, and the service. Follows prepare.sh in the same shell.
L=$R/opt/SUNWics5/cal/config
linked() { case `ls -ld "$L" 2>/dev/null` in *'-> /cal/config') ;; *) false ;; esac; }
link() { ln -s /cal/config "$L"; }
ensure 'config leads elsewhere' linked link
if [ "$complete" = no ]; then
  mounted /cal || fails '/cal is not mounted'
  passed || {
    if [ "`rs ON_OFF_SWITCH -R CAL-SVR-RS`" = ENABLED ]; then fails 'CAL-SVR-RS is enabled'; fi
    "$R/opt/SUNWics5/cal/sbin/csconfigurator.sh" -nodisplay -noconsole -novalidate -state /cal/.state/configurator.state </dev/null >"$O" || :
  }
fi
passed || fails 'the configurator on Node2'
logged || fails 'the log of the configurator on Node2'
if mounted /cal; then on_the_share; fi
on_this_node
if [ "$complete" = no ]; then [ -f "$C.before-ha" ] || cp -p "$C" "$C.before-ha"; fi
add_block() {
  if grep '^! BEGIN HA' "$C" >/dev/null; then fails 'the block in ics.conf was changed'; fi
  cp -p "$C" "$C.new" && block >>"$C.new" && mv -f "$C.new" "$C"
}
# It can be seen where the shared disk is.
if mounted /cal; then ensure 'no block in ics.conf' has_block add_block; fi
has_service() {
  [ "`rs GROUP -R CAL-SVR-RS`" = CAL-RG ] || return 1
  has_type_of CAL-SVR-RS SUNW.scics || return 1
  case `rs EXTENSION -R CAL-SVR-RS -G CAL-RG ICS_serverroot` in */opt/SUNWics5/cal) ;; *) return 1 ;; esac
  case `rs RESOURCE_DEPENDENCIES -R CAL-SVR-RS -G CAL-RG | sort | tr '\n' ' '` in 'CAL-HASP-RS LOG-HOST-RS ') ;; *) return 1 ;; esac
}
add_service() {
  "$B/scrgadm" -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal -y Resource_dependencies=CAL-HASP-RS,LOG-HOST-RS
}
ensure 'no CAL-SVR-RS as it should be' has_service add_service
service_is_on() {
  [ "`rs ON_OFF_SWITCH -R CAL-SVR-RS`" = ENABLED ] || return 1
  case `rs RESOURCE_STATE_NODE -R CAL-SVR-RS Node1`:`rs RESOURCE_STATE_NODE -R CAL-SVR-RS Node2` in
  ONLINE:* | *:ONLINE) ;;
  *) return 1 ;;
  esac
}
switch_service_on() { "$B/scswitch" -e -j CAL-SVR-RS; }
ensure 'CAL-SVR-RS is not enabled' service_is_on switch_service_on
if [ "$complete" = no ]; then
  [ "`rs RESOURCE_STATE_NODE -R CAL-SVR-RS Node2`" = ONLINE ] || fails 'CAL-SVR-RS is not online on Node2'
  rm -rf "$R/cal/.state"
fi
echo 'stage second'
