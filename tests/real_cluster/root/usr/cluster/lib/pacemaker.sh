# Sun Cluster's words for what Pacemaker says, and the reverse. Every program of Sun's here reads it.
#
# What Pacemaker has no place for is kept in a property set "sun" of its configuration: registered
# types, node lists of groups, what was said of a resource. It is replicated as everything is.
PATH=/usr/sbin:/usr/bin LC_ALL=C
export PATH LC_ALL

# How long a command waits for what it has asked of the cluster, in looks of about a quarter second.
LOOKS=480

fail() { # fail STATUS TEXT
  echo "$(basename "$0"): $2" >&2
  exit "$1"
}

# cib XPATH: sets found; false when there is no such thing. No answer is not "no".
cib() {
  found=$(cibadmin --query --xpath "$1" 2>/dev/null)
  case $? in
  0) return 0 ;;
  105) return 1 ;;
  *) fail 5 'the node is not in the cluster' ;;
  esac
}

# change ACTION ...: changes the configuration, or says why not. Pacemaker takes a change on either
# side of a cut, and forgets what the side took that is fenced then. Sun Cluster takes none until
# it is clear who is a member: so nothing is said to be done before that.
change() {
  said=$(cibadmin "$@" 2>&1) || fail 1 "the cluster refuses: $(echo "$said" | head -n 1)"
  look=0
  until membership_is_clear; do
    look=$((look + 1))
    test $look -lt $LOOKS || fail 5 'nobody can say who is a member'
    sleep 0.2
  done
}

# Whether Pacemaker has seen what Corosync has, and everybody who is missing has been fenced.
membership_is_clear() {
  votes=$(corosync-quorumtool -s 2>/dev/null | sed -n 's/^Total votes: *//p')
  crm_mon --one-shot --output-as=xml 2>/dev/null | awk -v votes="$votes" '
    /<node .*online="true"/ { online++ }
    /<node .*unclean="true"/ { unclean++ }
    END { exit !(online == votes && !unclean) }'
}

kept() { # kept NAME: sets found to the value; a program asks the cluster for all of them once
  if test -z "${all_kept:-}"; then
    cib "//cluster_property_set[@id='sun']" || return 1
    all_kept=$found
  fi
  found=$(echo "$all_kept" | sed -n "s/.*<nvpair.* name=\"$1\" value=\"\([^\"]*\)\".*/\1/p")
  test -n "$found"
}

keep() { # keep NAME VALUE
  change --modify --allow-create --scope=crm_config --xml-text \
    "<cluster_property_set id=\"sun\">$(nvpair sun "$1" "$2")</cluster_property_set>"
  all_kept=
}

forget() { # forget NAME
  if kept "$1"; then change --delete --xpath "//nvpair[@id='sun-$1']"; fi
  all_kept=
}

names_kept() { # names_kept PREFIX: prints them
  cib "//cluster_property_set[@id='sun']/nvpair[starts-with(@name,'$1')]" || return 0
  echo "$found" | sed -n "s/.*<nvpair.* name=\"$1\([^\"]*\)\".*/\1/p"
}

nvpair() { # nvpair SET NAME VALUE: ids as other tools make them, so that they find them
  echo "<nvpair id=\"$1-$2\" name=\"$2\" value=\"$3\"/>"
}

a_group() { kept "group.$1" || fail 12 "$1: no such resource group"; }

# a_resource NAME: sets found to its group, as it stands in the configuration.
a_resource() { cib "//group[primitive[@id='$1']]" || fail 14 "$1: no such resource"; }

group_of() { # group_of RESOURCE: sets group
  a_resource "$1"
  group=$(echo "$found" | sed -n 's/.*<group id="\([^"]*\)".*/\1/p' | head -n 1)
}

# states: sets it to the lines of states.awk.
states() {
  said=$(crm_mon --one-shot --inactive --output-as=xml 2>/dev/null) ||
    fail 5 'the node is not in the cluster'
  states=$(echo "$said" | awk -f /usr/cluster/lib/states.awk)
}

members() { # members GROUP: prints them in order
  echo "$states" | awk -v group="$1" '$1 == "resource" && $2 == group { print $3 }'
}

a_node() { # a_node NAME
  echo "$states" | grep -q "^node $1 " || fail 11 "$1: no such node"
}

a_member() { # a_member NODE
  echo "$states" | grep -q "^node $1 true" || fail 11 "$1: the node is not in the cluster"
}

# resource_state NAME NODE: one word, from states.
resource_state() {
  echo "$states" | awk -v name="$1" -v node="$2" '
    $1 == "node" && $2 == node && $3 == "true" { online = 1 }
    $1 == "resource" && $3 == name {
      here = index("," $7 ",", "," node ","); anywhere = $7 != "-"
      enabled = $4 == "yes"; pending = $5; blocked = $6 == "true"; ill = $8 == "true"
    }
    $1 == "failure" && $2 == name && $3 == node { failed[$4] = 1 }
    END {
      if (!online) print "OFFLINE"
      else if (here && (blocked || failed["stop"])) print "STOP_FAILED"
      else if (here && pending == "Starting") print "STARTING"
      else if (here && pending == "Stopping") print "STOPPING"
      else if (here && ill && failed["start"]) print "STARTING"
      else if (here) print "ONLINE"
      else if (pending == "Starting" && !anywhere) print "OFFLINE"
      else if (enabled && !anywhere && failed["start"]) print "START_FAILED"
      else print "OFFLINE"
    }'
}

# group_state NAME NODE: one word, from states. A group of which no resource is up is offline.
group_state() {
  if kept "unmanaged.$1"; then
    echo UNMANAGED
    return
  fi
  words=
  for member in $(members "$1"); do
    words="$words $(resource_state "$member" "$2")"
    if echo "$states" | grep -q "^resource $1 $member no "; then words="$words/off"; fi
  done
  case $words in
  *STOP_FAILED*) echo ERROR_STOP_FAILED ;;
  *STOPPING*) echo PENDING_OFFLINE ;;
  *STARTING*) echo PENDING_ONLINE ;;
  *" ONLINE"*)
    case "$words " in
    *START_FAILED*) echo ONLINE_FAULTED ;;
    *"OFFLINE "*) echo PENDING_ONLINE ;;
    *) echo ONLINE ;;
    esac
    ;;
  *) echo OFFLINE ;;
  esac
}

failures() { # failures GROUP: what failed of its resources
  echo "$states" | awk -v group="$1" '
    $1 == "resource" && $2 == group { own[$3] = 1 }
    $1 == "failure" && $2 in own { print $4 " of " $2 " on " $3 }'
}

# await WHAT NAMES: looks until it is so. It fails as soon as the cluster has given up, which it
# has when several looks in a row show the same failure and nothing on its way.
await() {
  resting=0 before=
  look=0
  while test $look -lt $LOOKS; do
    look=$((look + 1))
    states
    if "$@"; then return 0; fi
    if echo "$states" | grep -q "^resource $group [^ ]* [^ ]* [^ ]* true "; then
      fail 1 'a resource cannot be stopped'
    fi
    if test "$states" = "$before" && test -n "$(failures "$group")"; then
      resting=$((resting + 1))
      test $resting -lt 8 || fail 1 "failed: $(failures "$group" | head -n 1)"
    else
      resting=0
    fi
    before=$states
    sleep 0.2
  done
  fail 1 'the cluster has not done it in time'
}
