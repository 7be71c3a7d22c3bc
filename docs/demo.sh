#!/bin/sh
# `make demo`: the two main commands on one small scenario, in a folder of its own.
set -eu
python=$1
case $python in /*) ;; *) python=$PWD/$python ;; esac
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
PYTHONPATH=$root${PYTHONPATH:+:$PYTHONPATH}
export PYTHONPATH

cat > counter.cl <<'END'
scenario "Two threads, one counter, no lock"

processor cpu {
  cores 2
  scheduler round_robin(quantum: 2)
}

shared count = 0

thread alice { repeat 2 { count += 1 } }
thread bob { repeat 2 { count += 1 } }

expect possible count == 2
expect outcomes count == {2, 3, 4}
expect race on count
END

show() {
    printf '\n$ conclang %s\n' "$*"
    status=0
    "$python" -m conclang "$@" || status=$?
    [ "$status" -le 1 ] || exit "$status"
}

printf '$ cat counter.cl\n'
cat counter.cl
show run counter.cl
show check counter.cl
show explain lost update
