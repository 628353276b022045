# The second node: its configuration, the parameters of high availability, and the service. Follows prepare.sh in the same shell.
rs() { "$B/scha_resource_get" -O "$@" 2>/dev/null; }
has() { case `rs "$1" -R "$2" -G CAL-RG $3` in *"$4"*) ;; *) fails "$1 $3 of $2 is not $4" ;; esac; }
mounted() { grep "	$1	" "$R/etc/mnttab" >/dev/null; }
if [ "$complete" = no ]; then
  mounted /cal || fails '/cal is not mounted'
  L=$R/opt/SUNWics5/cal/config
  [ -h "$L" ] || ln -s /cal/config "$L"
  O=$K/configurator
  grep '^All Tasks Passed' "$O" >/dev/null 2>&1 ||
    "$R/opt/SUNWics5/cal/sbin/csconfigurator.sh" -nodisplay -noconsole -novalidate -state /cal/.state/configurator.state </dev/null >"$O"
  if grep '^FAILED' "$O" >/dev/null; then fails 'configurator'; fi
  case `ls -ld "$L"` in *'-> /cal/config') ;; *) fails 'config leads elsewhere' ;; esac
  F=$R/cal/config/ics.conf
  [ -f "$F.before-ha" ] || cp -p "$F" "$F.before-ha"
  if grep '^! BEGIN HA' "$F" >/dev/null; then :; else
    cp -p "$F" "$F.new"
    cat >>"$F.new" <<'BLOCK'
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
    mv -f "$F.new" "$F"
  fi
  grep '^! END HA' "$F" >/dev/null || fails 'no block in ics.conf'
fi
rs GROUP -R CAL-SVR-RS >/dev/null || "$B/scrgadm" -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal \
  -y Resource_dependencies=CAL-HASP-RS,LOG-HOST-RS
[ "`rs GROUP -R CAL-SVR-RS`" = CAL-RG ] || fails 'no CAL-SVR-RS in CAL-RG'
has EXTENSION CAL-SVR-RS ICS_serverroot /opt/SUNWics5/cal
has RESOURCE_DEPENDENCIES CAL-SVR-RS '' CAL-HASP-RS
has RESOURCE_DEPENDENCIES CAL-SVR-RS '' LOG-HOST-RS
[ "`rs ON_OFF_SWITCH -R CAL-SVR-RS`" = ENABLED ] || "$B/scswitch" -e -j CAL-SVR-RS
[ "`rs ON_OFF_SWITCH -R CAL-SVR-RS`" = ENABLED ] || fails 'CAL-SVR-RS is not enabled'
if [ "$complete" = no ]; then
  rm -rf "$R/cal/.state"
  : >"$K/complete"
fi
echo 'stage second'
