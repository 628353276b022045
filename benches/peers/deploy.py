"""The same job as benches/floor for pyinfra. What depends on the moment of doing is asked by the shell on the node: pyinfra asks for its facts before
anything is done, and keeps the order only of what every host has, which is why every host has everything and leaves it out when it comes to it. The
simulated node's root directory is host.data.root."""

from pyinfra import host
from pyinfra.operations import files, server

name, root = host.name, host.data.root
keep, bin_ = f"{root}/var/opt/before-ha", f"{root}/usr/cluster/bin"
state = f"{bin_}/scha_resourcegroup_get -O RG_STATE_NODE -G CAL-RG"
todo = f"test -f {keep}/complete ||"

nodes = ("Node1", "Node2")
if name in nodes:
    files.directory(path=keep, mode="700")
    server.shell(commands=[
        f"test -f {keep}/scrgadm || {bin_}/scrgadm -pvv >{keep}/scrgadm",
        f"test -f {keep}/scstat || {bin_}/scstat >{keep}/scstat",
        f"test -f {keep}/vfstab || cp -p {root}/etc/vfstab {keep}/vfstab",
    ])
    checks = [
        "id | grep '^uid=0'",
        "uname -sr | grep '^SunOS 5'",
        f"{bin_}/scha_cluster_get -O ALL_NODENAMES | grep {name}",
        f"{bin_}/scinstall -p | grep '^3'",
        f"{bin_}/scstat -q | awk '/votes needed/ {{ n = $4 }} /votes present/ {{ p = $4 }} END {{ exit !(n > 0 && p >= n) }}'",
        f"{bin_}/scstat -D | grep 'servers: *penguin *Node[12] *Node[12]'",
        f"{bin_}/scstat -i | grep '{name} .*Online'",
        f"{root}/usr/bin/getent hosts cal-host | grep '^192.0.2.10\t'",
        f"test \"`{bin_}/scha_cluster_get -O NODENAME_LOCAL`\" = {name}",
        *[f"case `{root}/usr/bin/getent {entry}` in '' | icsgroup:*:5001:* | icsuser:*:5001:5001:*) ;; *) false ;; esac"
          for entry in ("group icsgroup", "group 5001", "passwd icsuser", "passwd 5001")],
        f"if {root}/usr/sbin/ping cal-host 1; then false; fi",
        f"ls -lL {root}/dev/md/penguin/dsk/d400 | grep '^b'",
        f"ls -lL {root}/dev/md/penguin/rdsk/d400 | grep '^c'",
        f"if grep '\t/cal\t' {root}/etc/mnttab | grep -v '^/dev/md/penguin/dsk/d400\t'; then false; fi",
        f"if {root}/usr/bin/netstat -an | grep '^\\*\\.80 .*LISTEN'; then false; fi",
        f"{root}/usr/bin/pkginfo -q SUNWscics",
        f"{root}/usr/sbin/fstyp /dev/md/penguin/rdsk/d400 | grep ufs",
    ]
    server.shell(commands=[f"{todo} {check}" for check in checks])
    server.shell(commands=[
        f"grep '^icsgroup:[^:]*:5001:' {root}/etc/group || {root}/usr/sbin/groupadd -g 5001 icsgroup",
        f"grep '^icsuser:[^:]*:5001:5001:' {root}/etc/passwd || {root}/usr/sbin/useradd -u 5001 -g icsgroup -d / icsuser",
        f"test -d {root}/cal || mkdir -m 0755 {root}/cal",
    ])
    # files.line does not find a line with tabs again.
    entry = "/dev/md/penguin/dsk/d400\t/dev/md/penguin/rdsk/d400\t/cal\tufs\t2\tno\tlogging"
    server.shell(commands=[f"fgrep -x '{entry}' {root}/etc/vfstab || echo '{entry}' >>{root}/etc/vfstab"])
    server.shell(commands=[
        f"{root}/usr/bin/pkginfo -q SUNWics5 || {root}/cdrom/cdrom0/Solaris_sparc/installer -nodisplay -noconsole -state /var/tmp/calha-installer.state",
        f"cd {root}/opt/SUNWics5/cal && ls -d csapi html lib sbin share tools",
    ])

knows = f"{root}/usr/bin/ldapsearch -h ldap -p 389 -b cn=schema -s base 'objectclass=*' attributeTypes | grep icsCalendar"
server.shell(_if=lambda: host.name == "ldap", commands=[
    f"{knows} || {root}/usr/bin/perl /opt/SUNWcomds/sbin/comm_dssetup.pl -i yes -R no -c /var/opt/mps/serverroot -d slapd-ldap "
    "-r o=internet -u o=usergroup -s yes -D 'cn=Directory Manager' -j /var/opt/calha-files/pw -b yes -t 2 -m yes",
    knows,
])
resource = f"{bin_}/scha_resource_get -O"
types = ("SUNW.HAStoragePlus", "SUNW.scics")
server.shell(_if=lambda: host.name == "Node1", commands=[f"{bin_}/scha_cluster_get -O ALL_RESOURCETYPES | egrep '^{t}(:|$)' || {bin_}/scrgadm -a -t {t}" for t in types])
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"{bin_}/scha_resourcegroup_get -O NODELIST -G CAL-RG || {bin_}/scrgadm -a -g CAL-RG -h Node1,Node2",
    f"{bin_}/scha_resourcegroup_get -O NODELIST -G CAL-RG | grep Node2",
])
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"{resource} GROUP -R LOG-HOST-RS || {bin_}/scrgadm -a -L -g CAL-RG -l cal-host -j LOG-HOST-RS "
    "-y 'R_description=LogicalHostname resource for LOG-HOST-RS'",
    f"{resource} EXTENSION -R LOG-HOST-RS -G CAL-RG HostnameList | grep cal-host",
])
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"test \"`{state} Node1`\" != UNMANAGED || {bin_}/scswitch -Z -g CAL-RG",
    f"{todo} test \"`{state} Node1`\" = ONLINE || {bin_}/scswitch -z -g CAL-RG -h Node1",
])
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"{resource} GROUP -R CAL-HASP-RS || {bin_}/scrgadm -a -j CAL-HASP-RS -g CAL-RG -t SUNW.HAStoragePlus "
    "-x FilesystemMountPoints=/cal -x AffinityOn=True -y 'R_description=Failover data service resource for SUNW.HAStoragePlus'",
    f"{resource} EXTENSION -R CAL-HASP-RS -G CAL-RG FilesystemMountPoints | grep /cal",
    f"test \"`{resource} ON_OFF_SWITCH -R CAL-HASP-RS`\" = ENABLED || {bin_}/scswitch -e -j CAL-HASP-RS",
])
configure = f"{root}/opt/SUNWics5/cal/sbin/csconfigurator.sh -nodisplay -noconsole -novalidate -state"
passed = f"grep '^All Tasks Passed' {keep}/configurator && if grep '^FAILED' {keep}/configurator; then false; fi"
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"{todo} grep '\t/cal\t' {root}/etc/mnttab",
    f"{todo} {{ {passed}; }} || {configure} /var/tmp/calha-configurator.state >{keep}/configurator",
    f"{todo} {{ {passed}; }}",
    f"{todo} test -d {root}/cal/.state || mkdir -m 0700 {root}/cal/.state",
    f"{todo} cp -p {root}/var/tmp/calha-configurator.state {root}/cal/.state/configurator.state",
    f"{todo} {bin_}/scswitch -z -g CAL-RG -h Node2",
    f"{todo} {state} Node2 | grep ONLINE",
])
block = "\n".join([
    '! BEGIN HA', 'local.server.ha.enabled="yes"', 'local.server.ha.agent="SUNWscics"', 'service.http.listenaddr="192.0.2.10"',
    'service.listenaddr="192.0.2.10"', 'local.hostname="cal-host"', 'local.servername="cal-host"', 'service.ens.host="cal-host"',
    'service.http.calendarhostname="cal-host.example.com"', 'local.autorestart="yes"', '! END HA',
])
conf = f"{root}/cal/config/ics.conf"
server.shell(_if=lambda: host.name == "Node2", commands=[
    f"{todo} grep '\t/cal\t' {root}/etc/mnttab",
    f"{todo} test -h {root}/opt/SUNWics5/cal/config || ln -s /cal/config {root}/opt/SUNWics5/cal/config",
    f"{todo} {{ {passed}; }} || {configure} /cal/.state/configurator.state >{keep}/configurator",
    f"{todo} {{ {passed}; }}",
    f"{todo} test -f {conf}.before-ha || cp -p {conf} {conf}.before-ha",
    f"{todo} grep '^! BEGIN HA' {conf} || echo '{block}' >>{conf}",
])
server.shell(_if=lambda: host.name == "Node2", commands=[
    f"{resource} GROUP -R CAL-SVR-RS || {bin_}/scrgadm -a -j CAL-SVR-RS -g CAL-RG -t SUNW.scics -x ICS_serverroot=/opt/SUNWics5/cal "
    "-y Resource_dependencies=CAL-HASP-RS,LOG-HOST-RS",
    f"{resource} EXTENSION -R CAL-SVR-RS -G CAL-RG ICS_serverroot | grep /opt/SUNWics5/cal",
    f"{resource} RESOURCE_DEPENDENCIES -R CAL-SVR-RS -G CAL-RG | grep LOG-HOST-RS",
    f"test \"`{resource} ON_OFF_SWITCH -R CAL-SVR-RS`\" = ENABLED || {bin_}/scswitch -e -j CAL-SVR-RS",
    f"{todo} rm -rf {root}/cal/.state",
])
server.shell(_if=lambda: host.name == "Node1", commands=[
    f"{todo} {bin_}/scswitch -z -g CAL-RG -h Node1",
    f"{state} Node1 | grep ONLINE",
    *[f"{resource} RESOURCE_STATE_NODE -R {r} Node1 | grep ONLINE" for r in ("LOG-HOST-RS", "CAL-HASP-RS", "CAL-SVR-RS")],
    f"{root}/usr/bin/netstat -an | grep '192.0.2.10.80 .*LISTEN'",
])
server.shell(_if=lambda: host.name in nodes, commands=[f"test -f {keep}/complete || : >{keep}/complete"])

# What the configurator has to leave, whatever it printed.
base = f"{root}/opt/SUNWics5/cal"
shared = f"if grep '\t/cal\t' {root}/etc/mnttab; then"
paths = {"caldb.berkeleydb.homedir.path": "/cal/csdb", "caldb.berkeleydb.archive.path": "/cal/csdb/archive",
         "caldb.berkeleydb.hotbackup.path": "/cal/csdb/hotbackup", "logfile.logdir": "/cal/logs"}
server.shell(_if=lambda: host.name in nodes, commands=[
    *[f"{shared} grep '^{name} *= *\"*{path}\"*$' {conf}; fi" for name, path in paths.items()],
    f"{shared} if egrep -v '^[!#]' {conf} | egrep '[\"=: ]/[a-z]' | egrep -v '[\"=: ]/(cal|opt/SUNWics5)(/|\"|$)'; then false; fi; fi",
    *[f"{shared} ls -ldn {root}/cal/{name} | grep ' 5001 '; fi"
      for name in ("config", "csdb", "store", "logs", "tmp", "csdb/archive", "csdb/hotbackup", "config/ics.conf")],
    *[f"ls -ld {base}/{name} | fgrep '> /cal'" for name in ("config", "data")],
    f"test -z \"`find {root}/etc/rc0.d {root}/etc/rc1.d {root}/etc/rc2.d {root}/etc/rc3.d {root}/etc/rcS.d -name 'S*' -exec fgrep -l /opt/SUNWics5/cal/ {{}} ';'`\"",
    *[f"{resource} RESOURCE_STATE_NODE -R {r} {name} | egrep -v 'START_FAILED|STOP_FAILED'" for r in ("LOG-HOST-RS", "CAL-HASP-RS", "CAL-SVR-RS")],
])
