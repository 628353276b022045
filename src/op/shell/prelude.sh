# What every operation needs, in the Bourne shell of Solaris 8 and later: no $( ), no test -e, no !, no local.
# R is the root of a simulated node; a real node has none. D is where calha keeps its record of this node.
R=${CALHA_LAB_ROOT-}
D=$R$CALHA_RECORD
PATH=$R/usr/bin:$R/usr/sbin:$R/sbin
LC_ALL=C
export PATH LC_ALL
umask 022
set -f
calha_ifs=$IFS
calha_nl='
'
# Set by a printed script only: where its result goes, whether it only looks, and the step that it is at.
calha_result=
calha_check=
calha_step=
# Set by calha itself only: the operation that it has seen just now not to be done, and the line of the run that holds the lock.
calha_seen=
calha_by=

calha_say() { echo "calha: $calha_op: $*"; }

# Ends this operation (and a printed script with it): 1 failed, 3 needs an answer. calha's own session only notes it, and does none of those behind it.
calha_stop() { exit $1; }
calha_halted=

# An intent that is not whole is none: nothing begins before it is. That of an earlier attempt stands until it is replaced as a whole.
calha_write_intent() {
  # Braces with a redirection: a shell that ends when it cannot redirect makes them a shell of their own, and the others need none.
  if test -f "$D/$calha_op.intent"; then
    { calha_intent; } >"$D/$calha_op.new" && test -s "$D/$calha_op.new" && mv -f "$D/$calha_op.new" "$D/$calha_op.intent"
    return $?
  fi
  # Not every shell says that its echo could not write.
  { calha_intent; } >"$D/$calha_op.intent" && test -s "$D/$calha_op.intent" && return 0
  calha_drop "$D/$calha_op.intent"
  return 1
}
# Without its intent on the node nothing is begun.
calha_unwritten() {
  calha_op=$1
  calha_drop "$D/$calha_op.new"
  calha_say "failed: 1 ${found:-cannot write the record in $D}"
  calha_stop 1
}

# Mount points of the shared file systems that an operation works on: it begins only while they are mounted here. calha_lies is set where what it looks at
# lies there too: without them nothing can be said of it.
calha_share=
calha_lies=
# Says that they are; else share is one that is not. The table of mounts may be out of date, so df(1M), which asks the directory itself, has to agree.
calha_shared() {
  for share in $calha_share; do
    calha_mounted "$share" || return 1
    found_on=`df -k "$share" 2>/dev/null`
    case $found_on in
    *" $share") ;;
    *) return 1 ;;
    esac
  done
  return 0
}
# Ends an operation that would work underneath a mount point.
calha_there() {
  if calha_shared; then return 0; fi
  calha_say "not mounted: $share (nothing was begun)"
  calha_note failed
  calha_stop 3
  return 1
}

# A process only for what the shell itself cannot tell: it sees everything that is there but a socket or a door that nobody may use.
calha_exists() {
  test -f "$1" || test -d "$1" || test -h "$1" || test -r "$1" || test -w "$1" || test -c "$1" || test -b "$1" || test -p "$1"
}

# Sets above to the directory that a path is in, the root is empty, and last to its name there.
calha_above() {
  IFS=/
  set x $1
  IFS=$calha_ifs
  shift
  above=
  while test $# -gt 1; do
    if test -n "$1"; then above=$above/$1; fi
    shift
  done
  last=$1
}

# Says that nothing is at a path if the shell can tell without a process: a directory above it can be read and has no such entry. What is there and
# cannot be looked at is not missing.
calha_missing() {
  entry=$1
  while test -n "$entry"; do
    if calha_exists "$R$entry"; then return 1; fi
    calha_above "$entry"
    if test -d "$R$above/." && test -r "$R$above/." && test -x "$R$above/."; then
      set +f
      set x "$R$above"/* "$R$above"/.*
      set -f
      # A directory that could not be listed is not an empty one.
      case $#:$2:$3 in "3:$R$above/*:$R$above/.*") return 1 ;; esac
      for listed in "$@"; do
        if test "x$listed" = "x$R$entry"; then return 1; fi
      done
      echo 'No such file or directory'
      return 0
    fi
    entry=$above
  done
  return 1
}

# Sets target to where the link "$1" leads; listed is what ls(1) says of it. A process only where the shell cannot take that apart.
calha_target() {
  IFS='>'
  set x "$1" $listed
  IFS=$calha_ifs
  case $#:$4 in
  4:*'  '* | 4:*' ' | 4:*'	'* | 4:*"$calha_nl"*) ;;
  4:' '*)
    case $listed in
    *'>') ;;
    *)
      set x $4
      shift
      target="$*"
      return 0
      ;;
    esac
    ;;
  esac
  target=`ls -ldn "$2" | sed 's/^[^>]*-> //'`
}

# Sets p to R and the path with every link followed inside R, and linked to the directories that these links are in; one operation has one answer.
calha_resolve() {
  if test "x$1" = "x$resolved"; then
    p=$real
    return 0
  fi
  resolving=$1 todo=$1 hops=0 p=$R linked=
  while test -n "$todo"; do
    IFS=/
    set x $todo
    IFS=$calha_ifs
    shift
    todo=
    while test $# -gt 0; do
      part=$1
      shift
      case $part in
      '' | .) continue ;;
      ..)
        if test "x$p" = "x$R"; then :; else p=`expr "x$p" : 'x\(.*\)/'`; fi
        continue
        ;;
      esac
      target=
      if test -h "$p/$part"; then
        listed=`ls -ldn "$p/$part"`
        # What ls(1) says decides.
        case $listed in l*) calha_target "$p/$part" ;; esac
      fi
      if test -n "$target"; then
        hops=`expr $hops + 1`
        if test $hops -gt 32; then return 1; fi
        linked=$linked$calha_nl${p:-/}
        case $target in /*) p=$R ;; esac
        todo=$target
        while test $# -gt 0; do
          todo=$todo/$1
          shift
        done
      else
        p=$p/$part
      fi
    done
  done
  if test "x$p" = x; then p=/; fi
  resolved=$resolving real=$p
  return 0
}

# calha_entry PATH: sets type (missing, file, directory, link, other), perm, uid, gid, links; target for a link.
calha_entry() {
  type=missing perm= uid= gid= links= target= at=$1
  if calha_exists "$at"; then :; else return 0; fi
  listed=`ls -ldn "$at" 2>/dev/null`
  set x $listed
  if test $# -lt 6; then return 0; fi
  perm=$2 links=$3 uid=$4 gid=$5
  case $perm in
  -*) type=file ;;
  d*) type=directory ;;
  l*)
    type=link
    calha_target "$at"
    ;;
  *) type=other ;;
  esac
}

# calha_type PATH: sets type only, as calha_entry does; a process only for a link, of which ls(1) decides what it is.
calha_type() {
  perm= uid= gid= at=$1
  if test -h "$at"; then
    calha_entry "$at"
  elif test -f "$at"; then
    type=file
  elif test -d "$at"; then
    type=directory
  elif calha_exists "$at"; then
    type=other
  else
    type=missing
  fi
}

# Asks a command, once for one look (or almost: the last three are kept): calha_look begins anew. Sets got and code.
calha_ask() {
  case "x$*" in
  "$asked1") got=$got1 code=$code1 ;;
  "$asked2") got=$got2 code=$code2 ;;
  "$asked3") got=$got3 code=$code3 ;;
  *)
    got=`"$@" 2>/dev/null`
    code=$?
    asked3=$asked2 got3=$got2 code3=$code2
    asked2=$asked1 got2=$got1 code2=$code1
    asked1="x$*" got1=$got code1=$code
    ;;
  esac
}
calha_look() {
  is= asked1= asked2= asked3=
  calha_reality
}

# Checks: true or false.
calha_prints() {
  want=$1
  shift
  calha_ask "$@"
  if test $code -eq 0; then test "x$got" = "x$want"; else false; fi
}
calha_says() {
  want=$1
  shift
  calha_ask "$@"
  case $got in
  *"$want"*) ;;
  *) return 1 ;;
  esac
}
# calha_line LINE COMMAND: one of the lines that the command prints is exactly this.
calha_line() {
  want=$1
  shift
  calha_ask "$@"
  if test $code -eq 0; then :; else return 1; fi
  case $calha_nl$got$calha_nl in
  *"$calha_nl$want$calha_nl"*) ;;
  *) return 1 ;;
  esac
}
# calha_versions LEAST NAME COMMAND: so many of the lines are the name, alone or with a version.
calha_versions() {
  least=$1 want=$2
  shift
  shift
  calha_ask "$@"
  if test $code -eq 0; then :; else return 1; fi
  IFS=$calha_nl
  set x $got
  IFS=$calha_ifs
  shift
  for line in "$@"; do
    case $line in
    "$want" | "$want":*)
      if test "$least" -le 1; then return 0; fi
      least=`expr $least - 1`
      ;;
    esac
  done
  return 1
}
# calha_starts TEXT COMMAND: what the command prints begins so, whatever its status.
calha_starts() {
  want=$1
  shift
  calha_ask "$@"
  case $got in
  "$want"*) ;;
  *) return 1 ;;
  esac
}
# calha_words WORDS COMMAND: one of the lines has all these words, with blanks around them.
calha_words() {
  want=$1
  shift
  calha_ask "$@"
  if test $code -eq 0; then :; else return 1; fi
  IFS=$calha_nl
  set x $got
  IFS=$calha_ifs
  shift
  for line in "$@"; do
    set x $line
    shift
    line=" $* " lacks=
    for word in $want; do
      case $line in
      *" $word "*) ;;
      *) lacks=$word ;;
      esac
    done
    if test -z "$lacks"; then return 0; fi
  done
  return 1
}
# calha_other LINES COMMAND: one of the lines that it prints is none of these.
calha_other() {
  want=$1
  shift
  calha_ask "$@"
  if test $code -eq 0; then :; else return 1; fi
  IFS=$calha_nl
  set x $got
  IFS=$calha_ifs
  shift
  for line in "$@"; do
    case $calha_nl$want$calha_nl in
    *"$calha_nl$line$calha_nl"*) ;;
    *) return 0 ;;
    esac
  done
  return 1
}
# calha_about among|other WORDS ASKED COMMAND: for one of the lines that the command prints, the first word that ASKED prints of it, which calls it $each, is
# one of these, or none of them.
calha_about() {
  among=$1 words=$2 asking=$3
  shift
  shift
  shift
  calha_ask "$@"
  if test $code -eq 0; then listed=$got; else listed=; fi
  told=
  for each in $listed; do
    eval "calha_ask $asking"
    if test $code -eq 0; then :; else got=; fi
    set x $got
    word="${2:-in no state}" is_known=other
    case " $words " in *" $word "*) is_known=among ;; esac
    if test $is_known = "$among"; then told="$told$calha_nl$each is $word"; fi
  done
  got=$told
  test -n "$told"
}
# calha_leads TARGET PATH: a symbolic link stands there, and leads exactly to the target.
calha_leads() {
  want=$1
  calha_entry "$2"
  got="$type $target"
  test "x$type:$target" = "xlink:$want"
}
calha_succeeds() {
  calha_ask "$@"
  test $code -eq 0
}
# calha_as_told STATUS COMMAND: it ends with exactly this status.
calha_as_told() {
  want=$1
  shift
  calha_ask "$@"
  test $code -eq "$want"
}
# calha_begins TEXT FILE: a line of the file begins so.
calha_begins() {
  if test -f "$2"; then :; else return 1; fi
  want=$1
  case $2 in
  "$D"/*.rc)
    # calha's own, a line with a number: the shell reads it as it is.
    ended=
    read ended <"$2"
    case $ended in "$want"*) return 0 ;; esac
    return 1
    ;;
  esac
  calha_ask cat "$2"
  case $calha_nl$got in
  *"$calha_nl$want"*) ;;
  *) return 1 ;;
  esac
}
# calha_ends TEXT FILE: a line of the file ends so.
calha_ends() {
  want=$1
  calha_ask cat "$2"
  case $got$calha_nl in
  *"$want$calha_nl"*) ;;
  *) return 1 ;;
  esac
}
# calha_holds TEXT FILE: it stands there somewhere.
calha_holds() { calha_says "$1" cat "$2"; }
# calha_sets NAME VALUE FILE: the last parameter of this name has this value, with or without quotes and a slash at its end.
calha_sets() {
  if test -f "$3" && test -r "$3"; then :; else return 1; fi
  want="BEGIN { head = 1; wanted = \"$1\" }$calha_named"
  got=`awk "$want" <"$3"`
  test "x$got" = "x$2"
}
# Prints which absolute paths the parameters of a file name that lie in a region, as `name = path`. Before the file: + and - for its directories, * for
# parameters that do not count, s for what parts words, a dot. With a name in wanted instead: the value that this parameter has in the end.
calha_named='
head == 0 && $0 == "." { head = 1; next }
head == 0 {
  mark = substr($0, 1, 1)
  rest = substr($0, 3)
  if (mark == "+") { ins = ins + 1; within[ins] = rest }
  if (mark == "-") { outs = outs + 1; outside[outs] = rest }
  if (mark == "*") besides[rest] = 1
  if (mark == "s") parts = " \t,;:=\"" rest
  next
}
open == 1 {
  rest = $0
  at = index(rest, "\"")
  if (at > 0) open = 0
  if (at > 0 && quoted == 1) rest = substr(rest, 1, at - 1)
  value[name] = value[name] " " rest
  next
}
{
  at = index($0, "=")
  if (at < 2) next
  word = substr($0, 1, at - 1)
  rest = substr($0, at + 1)
  while (substr(word, length(word), 1) == " " || substr(word, length(word), 1) == "\t") word = substr(word, 1, length(word) - 1)
  plain = word
  at = index(plain, "[")
  while (at > 0) { plain = substr(plain, 1, at - 1) substr(plain, at + 1); at = index(plain, "[") }
  at = index(plain, "]")
  while (at > 0) { plain = substr(plain, 1, at - 1) substr(plain, at + 1); at = index(plain, "]") }
  if (word !~ /^[a-z]/ || plain ~ /[^A-Za-z0-9._-]/) next
  name = word
  at = index(rest, "\"")
  if (at > 0) {
    before = substr(rest, 1, at - 1)
    behind = substr(rest, at + 1)
    quoted = 1
    if (before ~ /[^ \t]/) quoted = 0
    at = index(behind, "\"")
    if (at == 0) open = 1
    if (quoted == 1) rest = behind
    if (quoted == 1 && at > 0) rest = substr(behind, 1, at - 1)
  }
  lines = lines + 1
  order[lines] = name
  last[name] = lines
  value[name] = rest
}
END {
  said = ""
  if (wanted != "") {
    lines = 0
    said = value[wanted]
    while (said ~ /^[ \t]/) said = substr(said, 2)
    while (said ~ /[ \t]$/) said = substr(said, 1, length(said) - 1)
    if (length(said) > 1 && substr(said, length(said), 1) == "/") said = substr(said, 1, length(said) - 1)
  }
  for (i = 1; i <= lines; i++) {
    name = order[i]
    if (last[name] != i || besides[name] == 1) continue
    text = value[name] " "
    word = ""
    before = ""
    for (c = 1; c <= length(text); c++) {
      one = substr(text, c, 1)
      if (index(parts, one) == 0) { word = word one; continue }
      path = word
      word = ""
      url = 0
      if (before == ":" && substr(path, 1, 2) == "//") url = 1
      before = one
      if (length(path) < 2 || substr(path, 1, 1) != "/" || url == 1) continue
      bare = path
      while (substr(bare, length(bare), 1) == "/") bare = substr(bare, 1, length(bare) - 1)
      bare = bare "/"
      odd = index(bare, "//") + index(bare, "/./") + index(bare, "/../")
      best = 0
      is = 0
      for (k = 1; k <= outs; k++) {
        root = outside[k]
        if (length(root) > best && (root == "/" || (odd == 0 && index(bare, root "/") == 1))) best = length(root)
      }
      for (k = 1; k <= ins; k++) {
        root = within[k]
        if (length(root) > best && (root == "/" || (odd == 0 && index(bare, root "/") == 1))) { best = length(root); is = 1 }
      }
      if (is == 1 && said != "") said = said ", "
      if (is == 1) said = said name " = " path
    }
  }
  print said
}
'
# calha_names REGION FILE: a parameter of the file names a path there.
calha_names() {
  if test -f "$2" && test -r "$2"; then :; else return 1; fi
  got=`(echo "$1" && cat "$2") | awk "$calha_named"`
  test -n "$got"
}
# Prints the flaws of a table of file systems for an entry, each with its lines, and that it has looked. In Rust: Flaw. The entry comes first, then the table,
# then a line that says that the table was read to its end; a carriage return is an exclamation mark.
calha_flaw_lines='
{ tail = $0 }
NR > 1 && length($0) > 2048 { long = long ", line " (NR - 1) }
NF > 0 {
  n = NF; ended = 0; all = ""; word = $NF
  if (NR > 1 && substr(word, length(word), 1) == "!") {
    ended = 1
    word = substr(word, 1, length(word) - 1)
    if (word == "") n = n - 1
  }
  for (i = 1; i <= n; i++) {
    field = $i
    if (i == NF) field = word
    all = all " " field
    at[i] = field
    if (substr(field, 1, 1) == "/") {
      at[i] = ""
      m = split(field, part, "/")
      for (j = 1; j <= m; j++) if (part[j] != "" && part[j] != ".") at[i] = at[i] "/" part[j]
    }
  }
}
NR == 1 { ours = all; block = at[1]; raw = at[2]; point = at[3] }
NR > 1 && NF > 0 && n > 0 && $1 !~ /^#/ {
  where = ", line " (NR - 1)
  if (ended == 1) returns = returns where
  if (all == ours) {
    same = same + 1
    if (same > 1) twice = twice where
    next
  }
  about = 0; used = 0; mixed = 0
  for (i = 1; i <= n; i++) {
    if (at[i] == point) about = 1
    if (at[i] != "-" && (at[i] == block || at[i] == raw)) {
      about = 1
      if (i <= 2) used = 1
    }
  }
  if (n != 7) {
    if (about == 1) fields = fields where
    next
  }
  if (at[1] == block) mixed = mixed + 1
  if (at[2] == raw) mixed = mixed + 1
  if (at[3] == point) other = other where
  if (at[3] != point && used == 1) device = device where
  if (mixed == 1 && at[1] != "-" && at[2] != "-") apart = apart where
}
END {
  if (tail != "calha: end of file") print "unreadable"
  if (long != "") print "not-text" long
  if (long == "") {
    if (returns != "") print "carriage-return" returns
    if (other != "") print "other-entry" other
    if (device != "") print "device-in-use" device
    if (apart != "") print "raw-device" apart
    if (fields != "") print "fields" fields
    if (twice != "") print "duplicate" twice
  }
  print "looked"
}
'
# calha_flaws ENTRY PATH. A program that takes a NUL byte for the end of a line is asked nothing about such a table.
calha_flaws() {
  resolved=
  if calha_resolve "$2" && test -f "$p" && test -r "$p"; then :; else
    echo unreadable
    echo looked
    return
  fi
  calha_entry "$p"
  if test "$links" -gt 1; then echo hard-link; fi
  tr -d '\000' <"$p" | cmp -s - "$p"
  if test $? -eq 1; then
    echo not-text
    echo looked
    return
  fi
  (echo "$1" && cat "$p" && echo && echo "$calha_end") | tr '!\013\014\015' '\002\002\002!' | awk "$calha_flaw_lines"
}
# calha_flawed FLAW ENTRY PATH: the table there has this flaw for the entry.
calha_flawed() {
  want=$1
  calha_ask calha_flaws "$2" "$3"
  case $got in
  *looked) ;;
  # An awk(1) that cannot carry a line ends without a word.
  *) got=not-text ;;
  esac
  flaws=$got got= is_so=1
  IFS=$calha_nl
  for line in $flaws; do
    case $line in
    "$want") is_so=0 ;;
    "$want, "*) is_so=0 got=`expr "x$line" : 'x[a-z-]*, \(.*\)'` ;;
    esac
  done
  IFS=$calha_ifs
  return $is_so
}
# calha_leads_into REGION DIRECTORY PATH: a symbolic link stands there, and leads into the region; the directory is the one that it is in.
calha_leads_into() {
  calha_entry "$3"
  got="$type $target"
  if test "x$type" = xlink; then :; else return 1; fi
  case $target in
  /*) ;;
  *) target=$2/$target ;;
  esac
  into=`(echo "$1" && echo "x = $target") | awk "$calha_named"`
  test -n "$into"
}
# calha_owned TYPE UID PATH: what stands there, no link, is of this type and belongs to this user.
calha_owned() {
  calha_entry "$3"
  got="$type of $uid:$gid"
  test "x$type:$uid" = "x$1:$2"
}
# A loop whose input is redirected is a shell of its own in some shells.
calha_mounted() {
  mounted=1
  if test -r "$R/etc/mnttab"; then :; else return 1; fi
  exec 3<"$R/etc/mnttab"
  while read device at rest <&3; do
    if test "x$at" = "x$1"; then
      mounted=0
      break
    fi
  done
  exec 3<&-
  return $mounted
}
# No line of a file that is edited: it stands behind what was read to its end.
calha_end='calha: end of file'
# Prints a file for fgrep(1) and sed(1), which do not see a last line that has no newline.
calha_whole() { cat "$1" && echo && echo "$calha_end"; }
# Sets have to how many lines of a file are exactly this one; false when nobody can say.
calha_count() {
  have=`calha_whole "$2" 2>/dev/null | fgrep -c -x "$1$calha_nl$calha_end" 2>/dev/null`
  case $have in
  '' | *[!0-9]* | 0) return 1 ;;
  1) have=0 ;;
  2) have=1 ;;
  *) have=`expr $have - 1` ;;
  esac
}
# What cannot be looked at is neither there nor gone.
calha_unread() { is=differs found='it cannot be looked at'; }
# Sets sum to the sum and the length that cksum(1) tells of a file: Solaris has TABs between them, others a blank.
calha_sum() {
  set x `cksum <"$1"`
  sum="$2 $3"
}
# calha_mkdir MODE OWNER PATH: root's group is other (1) on some nodes, and a directory with set-group-id passes that on.
calha_mkdir() {
  mkdir -m "$1" "$3" || return 1
  case $1 in
  [2367]???) ;;
  *) if test -g "$3"; then chmod g-s "$3" || return 1; fi ;;
  esac
  chown "$2" "$3"
}
# Costs a process only where there is something.
calha_drop() {
  if test -f "$1" || test -h "$1"; then rm -f "$1"
  elif test -d "$1"; then rmdir "$1"; fi
}
# Sets calha_up to since when the node has been up, in one line. One shell sees no reboot, and asks when somebody wants to know.
calha_up=
calha_boot() {
  if test -n "$calha_up"; then return 0; fi
  set x `who -b 2>/dev/null`
  shift
  calha_up=$*
  # A zone may have no record of its boot.
  if test -z "$calha_up"; then calha_up=unknown; fi
}
# Sets began to when a process was started, as ps(1) says it: the time, after a day the date.
calha_started() {
  set x `ps -o stime= -p "$1" 2>/dev/null`
  shift
  began=$*
}
# calha_born PID: notes a process that has just begun, and of which boot it is. No command begins before that stands.
calha_born() {
  calha_boot
  { echo "$1 $calha_up"; } 2>/dev/null >"$D/$calha_op.pid"
  test -s "$D/$calha_op.pid"
}
# calha_born_at PID: when it was started, in a second line, while it is at work already: the boot is of no interest then.
calha_born_at() {
  if test -s "$D/$calha_op.rc"; then return 0; fi
  calha_started "$1"
  if test -n "$began"; then { echo "$1 unknown $began"; } 2>/dev/null >>"$D/$calha_op.pid"; fi
  return 0
}
# Sets pid and boot to what was noted last. A line that was not written whole says nothing.
calha_noted() {
  read pid boot <"$D/$calha_op.pid"
  set x `tail -1 "$D/$calha_op.pid"`
  if test "x$2 $3" = "x$pid unknown" && test $# -gt 3; then
    shift
    shift
    boot=$*
  fi
}
# Says whether the process that was noted as "$pid $boot" is at work: not one that was given its number later.
calha_at_work() {
  kill -0 "$pid" 2>/dev/null || return 1
  case $boot in
  'unknown '*)
    calha_started "$pid"
    set x $boot
    case $began in
    # Where ps(1) says nothing, kill(1) does.
    '' | "$3") return 0 ;;
    *:*) return 1 ;;
    esac
    # The process is older than a day, and was noted on the day on which it was started.
    set x `ls -l "$D/$calha_op.pid"`
    case $began in *$7*$8) return 0 ;; esac
    return 1
    ;;
  esac
  calha_boot
  test "x$boot" = "x$calha_up"
}

# Prints a regular file; what is in the way is said on standard output, since each text on standard error costs a process of its own.
calha_show_file() {
  resolved=
  if calha_resolve "$1"; then :; else
    echo 'more than 32 symbolic links in a row'
    return 1
  fi
  if test -f "$p"; then
    cat "$p"
  elif calha_exists "$p"; then
    echo 'not a regular file'
    return 1
  else
    echo 'No such file or directory'
    return 1
  fi
}

# Names in directories of somebody else: while root works under one, nobody else can put another thing there.

# calha_roots PERM UID GID, as ls(1) says it: a directory of root's, in which nobody else can do that. Sets common where everybody may write there.
calha_roots() {
  common=
  case $2:$1 in
  "$first":d???????w*)
    # In a directory with the sticky bit what is root's stays.
    case $1 in d????????[tT]*)
      common=yes
      return 0
      ;;
    esac
    ;;
  "$first":d????w*)
    # Groups root and sys are of the system.
    case $3 in 0 | 3) return 0 ;; esac
    ;;
  "$first":d*) return 0 ;;
  esac
  return 1
}
# Says whether that holds of a directory: it and those above it are root's, and nobody else can write there. Otherwise loose is the deepest of which it does
# not hold, empty where nobody can say, and common says that everybody may write there. What was seen once holds for the session.
calha_sure=$calha_nl
calha_closed() {
  sought=$1 up=$1
  case $calha_sure in *"$calha_nl$sought$calha_nl"*) return 0 ;; esac
  set x "$1/."
  shift
  until test "x$up" = "x$R" || test -z "$up"; do
    calha_above "$up"
    up=$above
    set x "$up/." "$@"
    shift
  done
  loose= first= common= steps= many=$#
  seen=`ls -ldn "$@" 2>/dev/null`
  IFS=$calha_nl
  set x $seen
  IFS=$calha_ifs
  shift
  if test $# -eq $many; then :; else return 1; fi
  for line in "$@"; do
    set x $line
    if test -z "$first"; then first=$4; fi
    if calha_roots "$2" "$4" "$5"; then steps="$steps x"; else
      loose=yes steps= held_perm=$2 held_owner=$4 held_group=$5
    fi
  done
  if test -n "$common"; then
    loose=$sought
    return 1
  fi
  if test -z "$loose"; then
    calha_sure=$calha_sure$sought$calha_nl
    return 0
  fi
  loose=$sought
  for line in $steps; do
    calha_above "$loose"
    loose=$above
  done
  return 1
}
# The links of a path that was resolved are root's, too: they are in such directories.
calha_straight() {
  IFS=$calha_nl
  set x $linked
  IFS=$calha_ifs
  shift
  for link in "$@"; do
    if calha_closed "$link"; then :; else
      found="a symbolic link in $link leads there, and root alone must be able to write in that directory"
      return 1
    fi
  done
}
# calha_enter PATH: what stands under a name in the directory of this path stays what it is until calha_leave; p is the path then, and n one for what is
# prepared. A directory that is not root's becomes root's for as long. Root works in a private directory in it meanwhile, and names are relative: whatever
# becomes of the directories above, nothing else is reached. Only there the name of its owner is kept, so no other directory is ever given away.
calha_in=
calha_enter() {
  calha_above "$1"
  in=${above:-/} name=$last
  p=$above/$last n=$above/$last.calha
  if test -d "$in/.calha-held"; then calha_give_back "$in"; fi
  if calha_closed "$in"; then return 0; fi
  if test -n "$common"; then
    found="everybody can put files into $loose, so nothing is done there"
    return 1
  fi
  if test -z "$loose"; then
    found="$in cannot be looked at: `ls -ldn "$in/." 2>&1 >/dev/null`"
    return 1
  fi
  rest=$name up=$in
  until test "x$up" = "x$loose"; do
    calha_above "$up"
    rest=$last/$rest up=$above
  done
  held_bits=
  case $held_perm in d????w*) held_bits=g ;; esac
  case $held_perm in d???????w*) held_bits=${held_bits}o ;; esac
  outside=
  if test -d "$loose" && cd "$loose"; then
    # Where this is nobody can lie about any more.
    set x `ls -ldn . 2>/dev/null`
    outside=$2:$4:$5
  fi
  if test "x$outside" = "x$held_perm:$held_owner:$held_group"; then :; else
    calha_outdone
    return 1
  fi
  if why=`mkdir -m 0700 ./.calha-held 2>&1`; then :; else
    if calha_exists ./.calha-held; then
      found="$loose/.calha-held is there already; if somebody else made it, remove it"
    else
      found="cannot make $loose/.calha-held: $why"
    fi
    cd "$R/"
    return 1
  fi
  if test -d ./.calha-held && cd ./.calha-held; then calha_within; else private=; fi
  if test "x$private:$outside" = "xyes:$held_perm:$held_owner:$held_group"; then :; else
    calha_outdone
    rmdir "$loose/.calha-held" 2>/dev/null
    return 1
  fi
  calha_in=$loose
  why=`({ echo "$held_owner ${held_bits:-none}"; } >./whose; { echo "$loose"; } >"$D/held") 2>&1`
  if test -s ./whose && test -s "$D/held" && why=`chown "$first" .. 2>&1`; then :; else
    calha_leave
    found="cannot keep $loose for root meanwhile${why:+: $why}"
    return 1
  fi
  if test -n "$held_bits"; then chmod "$held_bits-w" ..; fi
  p=../$rest n=./new
  # Seen before, when somebody else could still change it.
  up=$rest
  until
    calha_above "/$up"
    test -z "$above"
  do
    up=$above
    if test -h "..$up"; then
      calha_leave
      found="$loose$up is a symbolic link, and is not followed"
      return 1
    fi
    set x `ls -ldn "..$up/." 2>/dev/null`
    if calha_roots "$2" "$4" "$5"; then :; else
      calha_leave
      calha_outdone
      return 1
    fi
  done
}
calha_outdone() {
  cd "$R/"
  found="$loose was changed by someone else just now"
}
# Sets private to yes where the shell is in a directory that root made for itself, and outside to what the directory around it is: names cannot lie about that.
calha_within() {
  private= outside=
  set x `ls -ldn . .. "$R/." 2>/dev/null`
  if test $# -ge 28; then :; else return 0; fi
  mine=$4
  case $2 in drwx--[-S]---*) private=yes ;; esac
  shift 9
  outside=$2:$4:$5
  shift 9
  first=$4
  if test "x$mine" = "x$first"; then :; else private=; fi
}
# Gives the directory back to its owner, from the private directory in it.
calha_leave() {
  if test -z "$calha_in"; then return 0; fi
  resolved=
  if test -n "$held_bits"; then chmod "$held_bits+w" ..; fi
  if chown "$held_owner" ..; then
    rm -f ./whose ./new "$D/held"
    cd "$R/"
    rmdir "$calha_in/.calha-held"
  else
    cd "$R/"
  fi
  calha_in=
}
# The same for one that a shell which was killed has kept: calha_give_back DIRECTORY.
calha_give_back() {
  if test -d "$1/.calha-held" && cd "$1/.calha-held"; then :; else return 0; fi
  calha_within
  held_owner= held_bits=
  if test -n "$private" && test -s ./whose; then read held_owner held_bits <./whose; fi
  case $held_bits in none) held_bits= ;; esac
  case $private:$outside:$held_owner in
  yes:*:"$first":*:[0-9]*)
    calha_in=$1
    calha_drop ./new
    calha_leave
    ;;
  *)
    # It was killed before it had changed anything, or the directory is not root's.
    if test -n "$private"; then rm -f ./whose "$D/held"; fi
    cd "$R/"
    rmdir "$1/.calha-held" 2>/dev/null
    ;;
  esac
}
# Gives back what the record names.
calha_free() {
  if test -f "$D/held"; then :; else return 0; fi
  read kept <"$D/held"
  calha_give_back "$kept"
}
# The file or directory that is made or removed: its directory with every link followed. calha_beside PATH
calha_beside() {
  calha_above "$1"
  beside=$last
  resolved=
  if calha_resolve "${above:-/}"; then :; else
    found="more than 32 symbolic links in a row lead to $1"
    return 1
  fi
  calha_straight && calha_enter "$p/$beside"
}
# Sets from to what is copied: calha_from PATH, by calha_beside. In the same directory it stays what it is, too.
calha_from() {
  from=$R$1
  if test -z "$calha_in"; then return 0; fi
  calha_above "$1"
  of=$last kept=$p
  resolved=
  calha_resolve "${above:-/}"
  above=$p p=$kept
  case $above in "$calha_in") ;; *) return 0 ;; esac
  from=../$of
  calha_entry "$from"
  if test "$type:$links" = file:1; then return 0; fi
  found="$1 is a $type with $links links"
  return 1
}
# What was prepared takes its place: a directory or a link that stands there would be gone through.
calha_place() {
  if test -d "$p" || test -h "$p"; then
    found="$p is there since just now"
    return 1
  fi
  mv -f "$n" "$p"
}

# Pre-image of a file that will be edited, readable by the superuser only. The edit is not there, so an earlier pre-image is of no use.
calha_keep_file() {
  calha_resolve "$1"
  if calha_straight && calha_enter "$p"; then :; else return 1; fi
  resolved=$1 real=$p
  calha_entry "$p"
  if test "$type:$links" = file:1; then :; else
    found="$1 is a $type with $links links"
    return 1
  fi
  # One that is torn has no edit behind it that it could be taken for.
  calha_drop "$D/$calha_op.after"
  umask 077
  cat "$p" >"$D/$calha_op.before"
  kept=$?
  umask 022
  return $kept
}

# An edit: a copy beside the real file (keeps owner, mode, ACL), changed, compared, put in place in one step.
calha_edit_begin() {
  calha_drop "$n"
  if calha_exists "$n"; then
    found="$n is in the way"
    return 1
  fi
  cp -p "$p" "$n"
}
# Gives the last line of the copy its newline; opened says that it had none.
calha_last_line() {
  opened=
  last=`tail -1 "$n" && echo x`
  case $last in
  x | *"${calha_nl}x") ;;
  *x)
    opened=yes
    echo >>"$n" || return 1
    ;;
  *) return 1 ;;
  esac
}
# calha_without COMMAND ARGUMENTS: what the command leaves of the lines.
calha_without() {
  calha_last_line && cat "$n" >"$D/$calha_op.new" || return 1
  "$@" "$D/$calha_op.new" >"$n"
  kept=$?
  rm -f "$D/$calha_op.new"
  return $kept
}
# Takes the end of the last line of the copy away.
calha_reopen() {
  test -s "$n" || return 0
  set x `wc -c <"$n"`
  size=`expr $2 - 1`
  if test "$size" = 0; then
    : >"$n"
    return $?
  fi
  dd if="$n" of="$D/$calha_op.new" bs=$size count=1 2>/dev/null && cat "$D/$calha_op.new" >"$n" || return 1
  rm -f "$D/$calha_op.new"
}
# What each line is to an entry of ours: the same, whatever the blanks; something else at the same place; or related to it. In Rust: Likeness. Before the lines
# come how many entries calha_wanted prints, which of them is meant, and they.
calha_alike='{
  is = ""; x = ""; s = ""
  for (i = 1; i <= NF; i++) {
    s = s " " $i; y[i] = $i
    if (substr($i, 1, 1) == "/") {
      y[i] = ""
      m = split($i, part, "/")
      for (j = 1; j <= m; j++) if (part[j] != "" && part[j] != ".") y[i] = y[i] "/" part[j]
    }
  }
  if (substr($3, 1, 1) == "/") x = y[3]
}
NR == 1 { first = $1 + 1; which = $2 + 1 }
NR > 1 && NR == which { k = NF; all = s; at = x; a = y[1]; b = y[2]; word = $2 }
NR > first && NF > 0 && $1 !~ /^#/ {
  if (k == 7) {
    for (i = 1; i <= NF; i++) if ($i != "-" && (y[i] == a || y[i] == b)) is = "related"
    if (x != "" && x == at) is = "place"
    if (s == all) is = "same"
  }
  if (k == 2) {
    if (substr($NF, 1, length(word)) == word && substr($NF, length(word) + 1, 2000) ~ /^[^!-~]*$/) is = "related"
    if (s == all && $0 ~ /^[^ 	]+	+[^ 	]+[ 	]*$/) is = "same"
  }
  if (k != 7 && k != 2 && s == all) is = "same"
}
'
calha_same='is == "same" { print }'
calha_count_them='is == "same" { c++ } is == "place" { d++ } is == "related" { e++ } END { print c + 0, d + 0, e + 0 }'
calha_counts() { (echo "$calha_entries $1" && calha_wanted) | awk "$calha_alike$calha_count_them" - "$2"; }
# Every line of the copy goes that means the same as the entry of this number.
calha_without_entry() {
  calha_last_line || return 1
  same=`(echo "$calha_entries $1" && calha_wanted) | awk "$calha_alike$calha_same" - "$n"`
  # An empty pattern is every empty line.
  test -n "$same" || return 0
  calha_without fgrep -v -x "$same"
  # 1: nothing is left. More: it could not be read, or not be written.
  test $? -le 1
}
# calha_without_block BEGIN END LAST OPEN: the first two are patterns, LAST is the line that END finds. OPEN says that the line before the block had no end.
calha_without_block() {
  calha_last_line || return 1
  end=`tail -1 "$n"`
  calha_count "$4" "$n" || return 1
  was_open=$have
  calha_without sed -e "/^$1\$/,/^$2\$/d" -e "/^$4\$/d" || return 1
  if test "x$end" = "x$3" && test "$was_open" -gt 0; then calha_reopen; fi
}
# calha_untouched STEM: the file is exactly what that edit left, and its pre-image is here.
calha_untouched() {
  if test -f "$D/$1.before" && test -f "$D/$1.after"; then :; else return 1; fi
  crc= length=
  read crc length <"$D/$1.after"
  calha_sum "$p"
  test -n "$length" && test "x$sum" = "x$crc $length"
}
calha_edit_end() {
  cmp -s "$p" "$D/$calha_op.before"
  case $? in
  0) ;;
  1)
    rm -f "$n"
    found="$p was changed by someone else just now"
    return 1
    ;;
  *)
    rm -f "$n"
    found="$p cannot be compared with what was read"
    return 1
    ;;
  esac
  # A sum that was not written whole is no file's.
  cksum <"$n" >"$D/$calha_op.after" && calha_place
}

# The command, asked in the same breath whether its file systems are mounted: without them it does not start, and leaves no status.
calha_start() {
  if calha_shared; then :; else
    echo "$share is not mounted here: it was not started"
    exit 1
  fi
  calha_command
  echo $? >"$D/$calha_op.rc"
}
# Runs calha_command so that no lost line and no signal can stop it half way: output, pid and status stay on the node.
calha_run() {
  calha_drop "$D/$calha_op.rc"
  calha_drop "$D/$calha_op.pid"
  (
    trap '' 1 2 3 15
    # A file whose line is not there yet is empty.
    until test -s "$D/$calha_op.pid"; do kill -0 $$ 2>/dev/null || exit 1; done
    calha_start
  ) >"$D/$calha_op.out" 2>&1 </dev/null &
  child=$!
  if calha_born "$child"; then :; else
    # What nobody could wait for later does not begin.
    kill -9 $child
    wait $child
    found="cannot write the record in $D"
    return 1
  fi
  calha_born_at "$child"
  wait $child
  status=
  if test -s "$D/$calha_op.rc"; then read status <"$D/$calha_op.rc"; fi
  return ${status:-1}
}
# Adds a state to what stands, and to what is odd where it is neither up nor down: calha_state WHERE COMMAND.
calha_state() {
  where=$1
  shift
  calha_ask "$@"
  stand="$stand, ${got:-no state} $where"
  case $got in
  '' | ONLINE | OFFLINE | UNMANAGED | ONLINE_NOT_MONITORED) ;;
  *) states="$states, $got $where" ;;
  esac
}
# Looks until the state has settled, for at most so many seconds. Sets seen_last to what it saw last, and since when; waited, what and stand say for how long, for
# what, and how its group stood. A printed script says that it waits: nobody else does.
calha_settle() {
  left=$1 most=$1 waited=$1 were=none
  while :; do
    calha_look
    if test "x$is" = xpresent; then return 0; fi
    states= stand=
    calha_states
    if test "x$states" != "x$were"; then were=$states since=`date '+%H:%M:%S'`; fi
    seen_last=
    if test -n "$states"; then
      seen_last=`expr "x$states" : 'x, \(.*\)'`
      seen_last="$seen_last since $since"
    fi
    if calha_never; then return 1; fi
    if test "$left" -le 0; then return 1; fi
    if test -n "$calha_result" && test "$left" -eq "$most"; then
      calha_say "waits up to $left seconds for what this was to bring about: $what${seen_last:+ ($seen_last)}"
    fi
    sleep 1
    left=`expr $left - 1`
  done
}

# A command of an earlier attempt may still be running: nothing is decided before it has ended.
# calha_await [SECONDS [COMMAND]]: false when it has not ended by then.
calha_await() {
  left=$1 what=$2
  if test -f "$D/$calha_op.pid"; then :; else return 0; fi
  if test -s "$D/$calha_op.rc"; then return 0; fi
  calha_noted
  told=
  while calha_at_work; do
    if test -s "$D/$calha_op.rc"; then return 0; fi
    if test -z "$told"; then
      told=yes
      set x `ls -l "$D/$calha_op.pid"`
      waits="process $pid, at work since $7 $8 $9: ${what:-see ps -fp $pid}"
      if test -n "$calha_result"; then calha_say "waits for $waits"; fi
    fi
    if test "x$left" = x0; then return 1; fi
    sleep 1
    if test -n "$left"; then left=`expr $left - 1`; fi
  done
  return 0
}

# What the guards of a script ask: what was asked before them may have changed.
calha_anew() { asked1= asked2= asked3= calha_wrong= calha_unsure=; }
# Says that nothing has begun here of which an intent has such a name, and that this script has not come to its end before.
calha_fresh() {
  if test -n "$calha_ended"; then return 1; fi
  set +f
  set x "$D"/$1.intent
  set -f
  test ! -f "$2"
}
# calha_tell CODE WHAT HINT COMMAND: says it; the last line that the command prints is what was found, or with = TEXT in its place what the check got, the
# lines with this text.
calha_tell() {
  says=$2 hint=$3
  shift
  shift
  shift
  shown=
  if test "x$1" = "x="; then
    want=$2
    IFS=$calha_nl
    for line in $got; do
      case $line in
      *"$want"*) ;;
      *) if test -n "$want"; then continue; fi ;;
      esac
      if test -z "$shown"; then shown=": $line"; else shown="$shown, $line"; fi
    done
    IFS=$calha_ifs
  elif test $# -gt 0; then
    calha_ask "$@"
    IFS=$calha_nl
    for line in $got; do shown=": $line"; done
    IFS=$calha_ifs
  fi
  calha_say "$says$shown; $hint"
}
# The same of a state in which a later operation must fail, or destroy what is somebody else's: nothing is begun in it, but for somebody who has accepted its code.
calha_guard() {
  calha_tell "$@"
  if calha_accepts "$1"; then return 0; fi
  calha_wrong=yes
}
# The same of what somebody who knows has to judge.
calha_doubt() {
  calha_tell "$@"
  if calha_accepts "$1"; then return 0; fi
  calha_unsure=yes
}
calha_accepts() {
  want=$1
  if test -z "$want"; then return 1; fi
  case " ${CALHA_ACCEPT-} " in
  *" $want "*)
    calha_say "accepted: $want"
    return 0
    ;;
  esac
  return 1
}
# The guards of a step whose operation is about to be done; a printed script has them.
calha_due() { :; }
# Ends the script where a guard has said something; one that only looks goes on.
calha_refuse() {
  if test -z "$calha_wrong$calha_unsure"; then return 0; fi
  if test -z "$calha_check"; then calha_stop 3; fi
  calha_differs=yes
}

# A script that only looks proves what it has brought about in an earlier run.
calha_provable() { test -z "$calha_check" || test -n "$calha_ended"; }
# calha_prove WHAT: it is so, unless a guard has said something. What nobody can judge is not proved, and has not failed.
calha_prove() {
  if test -z "$calha_wrong$calha_unsure"; then
    calha_say "proved: $1"
    return 0
  fi
  if test -n "$calha_wrong"; then
    calha_say "failed: not as it has to be: $1"
    if test -z "$calha_check"; then calha_stop 1; fi
  else
    calha_say "not proved: $1"
    if test -z "$calha_check"; then calha_stop 3; fi
  fi
  calha_differs=yes
}

# A printed script begins: calha_begin NODE NUMBER SETTINGS CODE GIVEN. CODE is what the script before it has printed, empty for the first.
calha_begin() {
  calha_op=script-$2
  here=`"$R/usr/cluster/bin/scha_cluster_get" -O NODENAME_LOCAL 2>/dev/null`
  if test "x$here" = x; then here=`uname -n`; fi
  if test "x$here" = "x$1"; then :; else
    calha_say "this is $here; run it on $1"
    calha_stop 3
  fi
  case `id` in
  'uid=0('*) ;;
  *)
    calha_say 'run it as root'
    calha_stop 3
    ;;
  esac
  calha_script=$2 calha_ended= calha_open=' ' calha_differs=
  if grep '^end 0$' "$D/script-$2.result" >/dev/null 2>&1; then calha_ended=yes; fi
  if test -n "${CALHA_CHECK-}"; then calha_check=yes; fi
  calha_guards
  calha_refuse
  if test -n "$calha_check"; then
    if calha_came "$2" "$4" "$5"; then calha_early=; else calha_early="script $before has not ended, or its code was not given"; fi
    return 0
  fi
  if calha_came "$2" "$4" "$5"; then :; else
    calha_say "out of turn: run script $before first; its last line is the command that runs this one"
    calha_stop 3
  fi
  found=
  if calha_record; then :; else calha_unwritten "$calha_op"; fi
  calha_free
  calha_result=$D/$calha_op.result
  (echo 'calha-result 1' && echo "settings $3" && echo "script $2" && echo "node $1") >>"$calha_result" || calha_unwritten "$calha_op"
}
# In turn: the script before it ended on this node, or its code was brought from the node on which it did; or this one began before.
calha_came() {
  before=`expr $1 - 1`
  if test "x$2" = x || test "x$2" = "x$3" || test -f "$D/script-$1.result"; then return 0; fi
  grep '^end 0$' "$D/script-$before.result" >/dev/null 2>&1
}
# What the next operation looks at may be changed by these before it, and by what scripts before this one do, if OTHERS is "yes": calha_after OTHERS STEM ...
# While they are not done, a script that only looks has seen nothing odd.
calha_after() {
  calha_later=
  if test -z "$calha_check"; then return 0; fi
  if test "x$1" = xyes; then calha_later=$calha_early; fi
  for stem in "$@"; do
    case $calha_open in *" $stem "*) calha_later="after $stem" ;; esac
  done
}
# Where something stands is of no interest any more: this script has come to its end before, or the installation is complete, which this file says.
calha_over() { test -n "$calha_ended" || { test -n "$1" && test -f "$R$1"; }; }
# All that needs a position has been done by an earlier run of this script.
calha_served() {
  for stem in "$@"; do
    noted=$D/script-$calha_script.result
    grep "^op $stem done\$" "$noted" >/dev/null 2>&1 || grep "^op $stem already\$" "$noted" >/dev/null 2>&1 || return 1
  done
}
# One of these has begun, so what it was copied for has been copied.
calha_begun() {
  for stem in "$@"; do
    if test -f "$D/$stem.intent"; then return 0; fi
  done
  return 1
}
calha_needless() {
  calha_op=$calha_step
  calha_say "$1"
}
# What became of an operation, for calha import-results.
calha_note() {
  if test -n "$calha_result"; then echo "op $calha_op $1" >>"$calha_result"; fi
}
# The shared file system must be mounted here: never is anything written underneath it. calha_holding MOUNT STEM ...
calha_holding() {
  if calha_mounted "$1"; then return 0; fi
  calha_op=$calha_step
  if test -n "$calha_check"; then
    calha_say "comes later: $1 is not mounted here"
    shift
    calha_open="$calha_open$* "
    return 1
  fi
  calha_say "$1 is not mounted here; run this script where it is"
  calha_stop 3
}
calha_elsewhere() { if calha_mounted "$1"; then false; fi; }
# calha_finish NUMBER CODE NEXT: NEXT is the name of the next script, empty after the last.
calha_finish() {
  calha_op=script-$1
  if test -n "$calha_check"; then
    calha_say 'looked only; nothing was changed'
    if test -n "$calha_differs"; then calha_stop 3; fi
    return 0
  fi
  echo 'end 0' >>"$calha_result" || calha_unwritten "$calha_op"
  calha_say "done; its result is $calha_result"
  if test -n "$3"; then calha_say "next: sh $3 $2"; fi
}

# One operation in a script that only looks.
calha_look_only() {
  calha_look
  if test "x$is" = xpresent; then
    calha_say already
    return 0
  fi
  calha_open="$calha_open$calha_op "
  if test "x$is" = xabsent; then
    calha_say 'would be done'
    calha_due
  elif test -n "$calha_later"; then
    calha_say "comes later: $calha_later"
  else
    calha_say "differs: $found"
    calha_differs=yes
  fi
}

# One operation: look, write the intent, act, look again. calha_do STEM [SECONDS COMMAND]: a command, and how long an earlier attempt may still be at work.
calha_do() {
  if test -n "$calha_halted"; then return 0; fi
  calha_op=$1 resolved= calha_removed=
  found= seen_last= waited= n=
  if test -n "$calha_check"; then
    calha_look_only
    return 0
  fi
  if calha_await "$2" "$3"; then :; else
    calha_say "failed: 1 it is still at work ($waits). Run this again when it has ended; if that is another program: rm $D/$calha_op.pid"
    calha_note failed
    calha_stop 1
    return 0
  fi
  if calha_locked; then :; else
    calha_say "locked: ${holder:-nobody}"
    calha_stop 1
    return 0
  fi
  if test -n "$calha_lies"; then calha_there || return 0; fi
  calha_clean
  # What was seen before an earlier attempt ended is of no interest.
  if test "x$calha_seen" = "x$calha_op" && test ! -f "$D/$calha_op.pid"; then is=absent; else calha_look; fi
  case $is in
  present)
    calha_say already
    # What an earlier run of the script began is ours; what was there before is not.
    if test -f "$D/$calha_op.intent"; then calha_note 'done'; else calha_note already; fi
    return 0
    ;;
  absent)
    calha_there || return 0
    calha_due
    ;;
  *)
    calha_say "differs: $found"
    calha_note differs
    calha_stop 3
    return 0
    ;;
  esac
  if calha_keep && calha_write_intent; then :; else
    calha_leave
    calha_unwritten "$calha_op"
    return 0
  fi
  is=
  calha_effect
  status=$?
  # What was prepared beside the real file and did not get there is of no use to anybody.
  if test -n "$n"; then calha_drop "$n"; fi
  calha_leave
  # Whoever waited for it has seen it already.
  if test "x$is" = xpresent; then :; else calha_look; fi
  if test "x$is" = xpresent; then
    calha_say done
    calha_note 'done'
    return 0
  fi
  case $seen_last:$found in
  : | *:) found=$seen_last ;;
  :*) ;;
  *) found="$seen_last; $found" ;;
  esac
  # A wait that nothing odd has ended says for what it was, and what stood.
  if test -z "$found" && test -n "$waited"; then
    after=
    if test "$waited" -gt 0; then after=" after $waited seconds"; fi
    found="this has not come about$after: $what"
    if test -n "$stand"; then found="$found ("`expr "x$stand" : 'x, \(.*\)'`")"; fi
  fi
  calha_say "failed: $status $found"
  calha_note failed
  if test -f "$D/$calha_op.out"; then tail -20 "$D/$calha_op.out"; fi
  calha_stop 1
}

# Makes the record directory: others may pass through those above it and must not look into it.
calha_record() {
  if test -d "$D"; then return 0; fi
  calha_above "$D"
  # Not with -p and -m at once: there is a moment then in which others can look into it.
  test -d "$above" || mkdir -p "$above" || return 1
  # Another calha may make it at the same moment.
  mkdir -m 0700 "$D" 2>/dev/null || test -d "$D"
}

# Takes the lock for calha_by, whose line calha_line prints. 3: another's; prints that one's line, nothing for one that was killed before it had written it.
calha_take() {
  # Once more when it was given back just now; then it cannot be made.
  for try in 1 2 3; do
    if why=`mkdir -m 0700 "$D/lock" 2>&1`; then
      umask 077
      { calha_line; } >"$D/lock/holder"
      # Not every shell says that its echo could not write.
      calha_holder
      if test "x$holder" = "x$calha_by"; then
        # Whoever finds the record later, and has no journal of it, wants to know from where it is.
        { calha_line; } >"$D/by"
        calha_free
        return 0
      fi
      # What could not be written is nothing, or a beginning. Anything else is the line of a run that came between, since this one took so long.
      held=x$holder
      case x$calha_by in
      "$held"*)
        rm -f "$D/lock/holder"
        rmdir "$D/lock"
        return 1
        ;;
      esac
      echo "$holder"
      return 3
    fi
    # It may be given back at this moment, and a shell may end when it cannot read a file.
    holder=`cat "$D/lock/holder" 2>/dev/null`
    if test "x$holder" = "x$calha_by"; then return 0; fi
    if test -d "$D/lock"; then
      if test -f "$D/lock/holder"; then cat "$D/lock/holder"; fi
      return 3
    fi
  done
  # In the system's own words: a full disk is seen to otherwise than a file system that is read only.
  echo "cannot make $D/lock: $why" >&2
  return 1
}

# Gives back the lock of calha_by; that of another run stays.
calha_release() {
  calha_holder
  if test "x$holder" = "x$calha_by"; then rm -rf "$D/lock"; fi
}

# Sets holder to the line of the run that holds the lock; empty when nobody does.
calha_holder() {
  holder=
  if test -f "$D/lock/holder"; then
    # read(1) takes a backslash for something else.
    case $calha_by in
    *\\*) holder=`cat "$D/lock/holder"` ;;
    *) read holder <"$D/lock/holder" ;;
    esac
  fi
}

# Whether the lock is still that of the run whose request this is. The shell of a run that was killed goes on with what it was sent, and meanwhile another
# run may have taken the lock over: no operation begins behind its back.
calha_locked() {
  if test -z "$calha_by"; then return 0; fi
  calha_holder
  test "x$holder" = "x$calha_by"
}

# Removes the record, and what it leaves empty above it up to calha's own directory.
calha_forget() {
  rm -rf "$D" || return 1
  above=$D own=$R/var/opt/calha
  while :; do
    calha_above "$above"
    case $above in
    "$own" | "$own/"*) ;;
    *) return 0 ;;
    esac
    if test -d "$above"; then rmdir "$above" 2>/dev/null || return 0; fi
  done
}
