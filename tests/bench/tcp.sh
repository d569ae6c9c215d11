#!/bin/sh
# Queries over TCP, ten outstanding on each connection: tcp.sh [SET] [ROUNDS] [SERVER...]; the load is dnsperf's.
. "$(dirname "$0")/lib.sh"
set=${1:-A}; rounds=${2:-3}; [ $# -ge 2 ] && shift 2 || shift $#
servers=${*:-riad nsd knot bind}
sets "$set"
trap 'for s in $servers; do stop $s; done' EXIT
port=5400
for s in $servers; do start "$s" "$set" $port; eval "port_$s=$port"; port=$((port + 1)); done
: >"$OUT/tcp-$set.tsv"
cpu() { $LOAD cpu $(family "$(cat "$OUT/$1.pid")"); }
for round in $(seq "$rounds"); do
    for s in $servers; do
        for connections in 10 100; do
            before=$(cpu "$s")
            taskset -c "$CLIENT_CORE" dnsperf -m tcp -s 127.0.0.1 -p "$(eval echo \$port_$s)" -d "$OUT/$set.queries.txt" \
                -c $connections -q $((connections * 10)) -l "${SECONDS_EACH:-3}" >"$OUT/dnsperf.txt" 2>&1
            after=$(cpu "$s")
            awk -v a="$before" -v b="$after" -v s="$s" -v c=$connections '/completed:/ { n = $3 } /lost:/ { l = $3 } /per second/ { q = $4 }
                END { printf "%s\tc=%s\tqps=%.0f lost=%s cpu_us=%.3f\n", s, c, q, l, (b - a) * 1e6 / n }' "$OUT/dnsperf.txt" | tee -a "$OUT/tcp-$set.tsv"
        done
    done
done
echo "medians of CPU time per query over TCP, set $set:"
for s in $servers; do
    for connections in 10 100; do
        grep -P "^$s\tc=$connections\t" "$OUT/tcp-$set.tsv" | grep -o 'cpu_us=[0-9.]*' | cut -d= -f2 | sort -n |
            awk -v s="$s" -v c=$connections '{ v[NR] = $1 } END { printf "%s, %s connections: %s us\n", s, c, v[int((NR + 1) / 2)] }'
    done
done
