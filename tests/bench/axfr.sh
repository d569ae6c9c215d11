#!/bin/sh
# A whole zone sent over TCP: axfr.sh [SET] [ROUNDS] [SERVER...]: CPU time of the server for each transfer, interleaved.
. "$(dirname "$0")/lib.sh"
set=${1:-C}; rounds=${2:-5}; [ $# -ge 2 ] && shift 2 || shift $#
servers=${*:-riad nsd knot}
sets "$set"
trap 'for s in $servers; do stop $s; done' EXIT
port=5400
for s in $servers; do start "$s" "$set" $port; eval "port_$s=$port"; port=$((port + 1)); done
: >"$OUT/axfr-$set.tsv"
cpu() { $LOAD cpu $(family "$(cat "$OUT/$1.pid")"); }
for round in $(seq "$rounds"); do
    for s in $servers; do
        before=$(cpu "$s")
        result=$(taskset -c "$CLIENT_CORE" $LOAD axfr "$(eval echo \$port_$s)" "$(zone_of "$set")")
        printf '%s\t%s\tcpu=%s %s\n' "$round" "$s" "$(since "$(cpu "$s")" "$before")" "$result" | tee -a "$OUT/axfr-$set.tsv"
    done
done
echo "medians of CPU seconds of the server for one transfer, set $set:"
for s in $servers; do
    grep -P "\t$s\t" "$OUT/axfr-$set.tsv" | grep -o 'cpu=[0-9.]*' | cut -d= -f2 | sort -n | awk -v s="$s" '{ v[NR] = $1 } END { printf "%s: %s\n", s, v[int((NR + 1) / 2)] }'
done
for s in $servers; do echo "$s: $(memory "$s")"; done
