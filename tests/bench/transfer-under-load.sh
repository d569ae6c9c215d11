#!/bin/sh
# Set C is sent whole (AXFR) while 50,000 queries a second are answered: transfer-under-load.sh [TRANSFERS] [AT_ONCE]
. "$(dirname "$0")/lib.sh"
sets C
transfers=${1:-3}; at_once=${2:-1}; port=5400
trap 'stop riad' EXIT
name=riad; set=C; zone=c.test; home=$OUT/riad
rm -rf "$home"; mkdir -p "$home"
SERVER_CORE=${SERVER_CORES:-0,1} start_riad
echo "first answer after $(since "$($LOAD ready $port c.test 120)" "$began") s; $(memory riad)"
sleep 5 # what loading left behind is given back
echo "5 s later: $(memory riad)"
before=$(memory riad | sed 's/pss=\([0-9]*\).*/\1/')

# The largest proportional set size of the server while the others work; the peak that the kernel keeps is that of the start.
watch_memory() {
    most=0
    while [ -f "$OUT/watch" ]; do
        now=$(memory riad | sed 's/pss=\([0-9]*\).*/\1/')
        [ "$now" -le "$most" ] || most=$now
        echo "$most" >"$OUT/most"
        sleep 0.1
    done
}

load() { $LOAD udp --port $port --queries "$OUT/C.queries" --rate 50000 --window 256 --warm 0.5 --seconds "$1"; }

echo "no transfer: $(load 4)"
for round in $(seq "$transfers"); do
    : >"$OUT/watch"; watch_memory & watching=$!
    load 6 >"$OUT/transfer-load.txt" & loading=$!
    sleep 1
    fetching=
    for one in $(seq "$at_once"); do
        $LOAD axfr $port c.test >"$OUT/transfer-$one.txt" & fetching="$fetching $!"
    done
    wait $fetching
    wait $loading
    rm "$OUT/watch"; wait $watching
    echo "transfer $round: $(cat "$OUT/transfer-1.txt")"
    echo "  meanwhile $(cat "$OUT/transfer-load.txt")"
    echo "  memory $(cat "$OUT/most") MB at most, $(($(cat "$OUT/most") - before)) MB more than before the first"
done
