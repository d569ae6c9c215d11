#!/bin/sh
# From exec to the first answer with the example repository: start.sh [ROUNDS]
. "$(dirname "$0")/lib.sh"
[ -x "$SERVER" ] || make publish >&2
state=$OUT/start-state
for _ in $(seq "${1:-10}"); do
    rm -rf "$state"
    $LOAD ready 5400 example.org 20 >"$OUT/ready.txt" &
    ready=$!
    sleep 0.5
    began=$(date +%s.%N)
    "$SERVER" serve --example --state "$state" --listen 127.0.0.1:5400 --http 127.0.0.1:0 >"$OUT/start.log" 2>&1 &
    pid=$!
    wait $ready
    since "$(cat "$OUT/ready.txt")" "$began"; echo
    kill $pid; wait $pid || :
done | sort -n | awk '/^[0-9]/ { v[++n] = $1 } END { printf "first answer, median of %d: %s s (%s to %s)\n", n, v[int((n + 1) / 2)], v[1], v[n] }'
