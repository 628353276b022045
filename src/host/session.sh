# What a session sets up in the node's shell, once. calha_t names it. The Bourne shell of Solaris 8 and later.
R=${CALHA_LAB_ROOT-}
PATH=$R/usr/bin:$R/usr/sbin:$R/sbin
LC_ALL=C
export PATH LC_ALL
# Nobody else may have made this directory, or what a command prints could be read and changed.
calha_c=$R/tmp/calha.$calha_t
umask 077
mkdir -m 0700 "$calha_c" || exit 1
{ echo $$; } >"$calha_c/pid"
umask 022
# Those of shells that were killed. What is root's alone in /tmp nobody else has put there or can replace: only that is looked into. Some are enough.
calha_some=
for calha_old in "$R"/tmp/calha.*; do
  case $calha_old in "$calha_c") continue ;; esac
  if test -d "$calha_old" && test -f "$calha_old/pid"; then :; else continue; fi
  set x `ls -ldn "$calha_old"`
  calha_some=x$calha_some calha_pid=
  case $calha_some in xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) break ;; esac
  # Its own shell may remove it at this moment, and a shell may end when it cannot read a file.
  case $4:$2 in 0:drwx------*) calha_pid=`cat "$calha_old/pid" 2>/dev/null` ;; esac
  if test -z "$calha_pid" || kill -0 "$calha_pid" 2>/dev/null; then continue; fi
  rm -rf "$calha_old"
done
# Also when the line is dropped: then the shell reads the end of its input, or cannot write.
trap 'rm -rf "$calha_c"' 0
trap 'exit 1' 1 2 13 15

# Ends a request with a status.
calha_status() { return $1; }

# calha_part MARK STATUS: ends what one of several questions printed.
calha_part() {
  echo "
$1 $2"
}

# Notes what ls(1) says of several paths: one process for all of them.
calha_list=
calha_list_of() { calha_list=`ls -ldn "$@" 2>/dev/null`; }

# Prints what ls(1) says of a path, as it was noted; of one that was not, or may be read otherwise, it is asked.
calha_listed() {
  want=$1
  IFS=$calha_nl
  set x $calha_list
  IFS=$calha_ifs
  shift
  for line in "$@"; do
    case $line in
    *\\*) continue ;;
    *" $want" | *" $want -> "*) ;;
    *) continue ;;
    esac
    set x $line
    if test $# -gt 9; then shift 9; fi
    if test "x$1" = "x$want"; then
      echo "$line"
      return 0
    fi
  done
  ls -ldn "$want" 2>&1
}

# calha_answer NUMBER STATUS MARK: completes the file that holds the head and standard output, so that one write sends it all.
# The mark comes with the call: the command that ran before could not know it.
calha_answer() {
  # Through cat(1): not every shell says that its echo could not write, and nobody may wait for a mark that is not there.
  if {
    echo
    echo "$3"
    if test -s "$calha_c/e$1"; then cat "$calha_c/e$1"; fi
    echo
    echo "$3 $2"
  } | cat >>"$calha_c/o$1" && cat "$calha_c/o$1"; then :; else
    echo
    echo "$3"
    echo
    echo "$3 $2 lost"
  fi
}

# The same behind what was printed straight to the line: one write where nothing was complained of.
calha_ended() {
  if test -s "$calha_c/e"; then
    echo "
$2"
    cat "$calha_c/e"
    echo "
$2 $1"
  elif test -f "$calha_c/e"; then
    echo "
$2

$2 $1"
  else
    # Somebody has emptied /tmp, or the node is not what it was.
    echo "
$2

$2 $1 lost"
  fi
}
