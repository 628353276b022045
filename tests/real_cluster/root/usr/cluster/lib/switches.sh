# What scswitch asks of Pacemaker, and when it has been done.

# A resource that runs somewhere and is not on its way; in a group that is offline the switch alone
# is wanted.
is_up() { # is_up RESOURCE
  group_rests && return 0
  echo "$states" | awk -v name="$1" '
    $1 == "resource" && $3 == name && $5 == "-" && $7 != "-" && $8 == "false" { up = 1 }
    END { exit !up }'
}

is_down() { # is_down RESOURCE
  echo "$states" | awk -v name="$1" '
    $1 == "resource" && $3 == name && $7 == "-" && $5 == "-" { down = 1 }
    END { exit !down }'
}

all_up() { # all_up GROUP
  for each in $(enabled_members "$1"); do is_up "$each" || return 1; done
}

all_down() { # all_down GROUP
  for each in $(members "$1"); do is_down "$each" || return 1; done
}

all_on() { # all_on GROUP NODE: it fails where the node dies meanwhile
  a_member "$2"
  for each in $(enabled_members "$1"); do
    echo "$states" | grep -q "^resource $1 $each yes - false $2 false\$" || return 1
  done
}

enabled_members() { # enabled_members GROUP
  echo "$states" | awk -v group="$1" '$1 == "resource" && $2 == group && $4 == "yes" { print $3 }'
}

group_rests() { cib "//rsc_location[@id='$group-offline']"; }

set_role() { # set_role RESOURCE ROLE: on the member alone, never on its group
  group_of "$1"
  change --modify --allow-create --scope=resources --xml-text "<group id=\"$group\">
    <primitive id=\"$1\"><meta_attributes id=\"$1-meta_attributes\">
    $(nvpair "$1-meta_attributes" target-role "$2")</meta_attributes></primitive></group>"
}

# A group stays offline by a constraint that no node satisfies.
take_offline() { # take_offline GROUP
  if test -z "$(members "$1")"; then return; fi
  change --modify --allow-create --scope=constraints --xml-text \
    "<rsc_location id=\"$1-offline\" rsc=\"$1\">
    <rule id=\"$1-offline-rule\" score=\"-INFINITY\">
    <expression id=\"$1-offline-everywhere\" attribute=\"#uname\" operation=\"defined\"/>
    </rule></rsc_location>"
  await all_down "$1"
}

let_online() { # let_online GROUP
  if cib "//rsc_location[@id='$1-offline']"; then
    change --delete --xpath "//rsc_location[@id='$1-offline']"
  fi
}

# What failed before is tried again.
clean() { # clean RESOURCES
  for each in "$@"; do
    if echo "$states" | grep -q "^failure $each "; then
      crm_resource --cleanup --resource "$each" >/dev/null 2>&1
    fi
  done
}

# A preference that ends by itself: a node that loses its power in between leaves none behind.
switch_to() { # switch_to GROUP NODE
  let_online "$1"
  states
  if ! all_on "$1" "$2"; then
    crm_resource --resource "$1" --move --node "$2" --lifetime PT60S >/dev/null 2>&1
    await all_on "$1" "$2"
  fi
  crm_resource --resource "$1" --clear >/dev/null 2>&1
  # The group stays where it is, as it does without a preference.
  await all_on "$1" "$2"
}
