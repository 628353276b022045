# Schema and indexes on the directory server's host.
set -eu
R=$CALHA_LAB_ROOT
fails() { echo "failed: $*"; exit 1; }
knows() { "$R/usr/bin/ldapsearch" -h ldap -p 389 -b cn=schema -s base 'objectclass=*' attributeTypes 2>/dev/null | grep icsCalendar >/dev/null; }
knows || {
  "$R/usr/bin/perl" /opt/SUNWcomds/sbin/comm_dssetup.pl -i yes -R no -c /var/opt/mps/serverroot -d slapd-ldap -r o=internet \
    -u o=usergroup -s yes -D 'cn=Directory Manager' -j /var/opt/calha-files/pw -b yes -t 2 -m yes </dev/null >/dev/null || fails comm_dssetup
  knows || fails 'the directory does not know Calendar Server'
}
echo 'stage directory'
