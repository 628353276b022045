# What a session sets up in the node's shell, once. calha_t is its random token. The Bourne shell of Solaris 8 and later.
R=${CALHA_LAB_ROOT-}
PATH=$R/usr/bin:$R/usr/sbin:$R/sbin
LC_ALL=C
export PATH LC_ALL
# Nobody else may have made this directory, or what a command prints could be read and changed.
calha_c=$R/tmp/calha.$calha_t
umask 077
mkdir -m 0700 "$calha_c" || exit 1
umask 022
# Also when the line is dropped: then the shell reads the end of its input, or cannot write.
trap 'rm -rf "$calha_c"' 0
trap 'exit 1' 1 2 13 15
# What stands behind each output in an answer.
echo >"$calha_c/s"
echo "$calha_t" >>"$calha_c/s"

# calha_answer NUMBER STATUS: the whole answer through one cat, so that one write sends it.
calha_answer() {
  if echo "$calha_t $1 $2" >"$calha_c/h" && wc -c "$calha_c/o$1" "$calha_c/e$1" >>"$calha_c/h"; then
    cat "$calha_c/h" "$calha_c/o$1" "$calha_c/s" "$calha_c/e$1" "$calha_c/s"
  else
    echo "$calha_t $1 $2 lost"
  fi
}
