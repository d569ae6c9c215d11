#!/bin/sh
# Time, CPU time and memory from start to the first answer: load.sh [SET] [ROUNDS] [SERVER...]
. "$(dirname "$0")/lib.sh"
set=${1:-C}; rounds=${2:-3}; [ $# -ge 2 ] && shift 2 || shift $#
servers=${*:-riad nsd knot bind}
sets "$set"
trap 'for s in $servers; do stop $s; done' EXIT
: >"$OUT/load-$set.tsv"
for round in $(seq "$rounds"); do
    for s in $servers; do
        start "$s" "$set" 5400
        spent=$($LOAD cpu $(family "$(cat "$OUT/$s.pid")"))
        sleep 2
        printf '%s\tfirst_answer=%s s cpu=%s s %s\n' "$s" "$took" "$spent" "$(memory "$s")" | tee -a "$OUT/load-$set.tsv"
        stop "$s"
    done
done
