#!/bin/sh
# Queries over UDP on one core: udp.sh [SET] [ROUNDS] [SERVER...]: interleaved, so that a noisy machine hits all alike.
. "$(dirname "$0")/lib.sh"
set=${1:-A}; rounds=${2:-6}; [ $# -ge 2 ] && shift 2 || shift $#
servers=${*:-riad nsd knot}
sets "$set"
trap 'for s in $servers; do stop $s; done' EXIT
port=5400
for s in $servers; do start "$s" "$set" $port; eval "port_$s=$port"; port=$((port + 1)); done
: >"$OUT/udp-$set.tsv"
for round in $(seq "$rounds"); do
    for s in $servers; do
        result=$(taskset -c "$CLIENT_CORE" $LOAD udp --port "$(eval echo \$port_$s)" --queries "$OUT/$set.queries" --seconds 3 --warm 0.5 $(processes "$s"))
        printf '%s\t%s\t%s\n' "$round" "$s" "$result" | tee -a "$OUT/udp-$set.tsv"
    done
done
echo "medians, set $set (Debian's NSD is built without recvmmsg):"
for s in $servers; do
    for figure in qps cpu_us p50_us p99_us; do
        grep -P "\t$s\t" "$OUT/udp-$set.tsv" | grep -o " *$figure=[0-9.]*" | cut -d= -f2 | sort -n | awk -v f="$figure" '{ v[NR] = $1 } END { printf "%s=%s ", f, v[int((NR + 1) / 2)] }'
    done
    echo " $s"
done
for s in $servers; do echo "$s: $(memory "$s")"; done
