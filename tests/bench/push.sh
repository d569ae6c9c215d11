#!/bin/sh
# A push that changes one record of set C, while 50,000 queries a second are answered: push.sh [PUSHES]
. "$(dirname "$0")/lib.sh"
sets C
trap 'stop riad' EXIT
name=riad; set=C; port=5400; zone=c.test; home=$OUT/riad; http=5480
rm -rf "$home" "$OUT/riad-work"; mkdir -p "$home"
[ -x "$SERVER" ] || make publish >&2
git init -q --bare -b main "$home/zones.git"
git init -q -b main "$OUT/riad-work"; cd "$OUT/riad-work"
cp "$OUT/C.zone" c.test.zone
git config user.name bench; git config user.email bench@example.org
git add . && git commit -qm 'set C' && git push -q "$home/zones.git" main
cd - >/dev/null
began=$(date +%s.%N)
"$SERVER" serve --state "$home/state" --repository "$home/zones.git" \
    --listen 127.0.0.1:$port --http 127.0.0.1:$http --rate-limit 1000000 ${SERVE_OPTIONS:-} >"$OUT/riad.log" 2>&1 &
echo $! >"$OUT/riad.pid"
echo "first answer after $(since "$($LOAD ready $port c.test 120)" "$began") s; $(memory riad)"
sleep 5 # what loading left behind is given back: the push is to be measured alone
echo "5 s later: $(memory riad)"
cd "$OUT/riad-work"; git remote add origin "http://127.0.0.1:$http/zones.git" 2>/dev/null || :
for push in $(seq "${1:-3}"); do
    sed -i "9s/192\.0\.2\.[0-9]*/192.0.2.$((100 + push))/" c.test.zone # mail.c.test
    git commit -qam "change $push"
    (cd - >/dev/null; $LOAD udp --port $port --queries "$OUT/C.queries" --rate 50000 --window 256 --warm 0.5 --seconds "${SECONDS_OF_LOAD:-12}" >"$OUT/push-load.txt") &
    load=$!
    sleep 1
    # The client's search for a delta is not what is measured: it yields to the others.
    GIT_TRACE_CURL=$OUT/push-trace.txt nice -n 19 git push origin main 2>"$OUT/push.txt"
    ended=$(date +%s.%N)
    sent=$(date +%s.%N -d "$(grep -a '=> Send data' "$OUT/push-trace.txt" | tail -1 | cut -d' ' -f1)")
    rm "$OUT/push-trace.txt"
    wait $load
    served=$(dig +short -p $port @127.0.0.1 mail.c.test A)
    echo "push $push: served and told $(since "$ended" "$sent") s after the last octet ($served); $(grep -o 'remote: c.test.*' "$OUT/push.txt" | tr '\n' ' ')"
    echo "  meanwhile $(cat "$OUT/push-load.txt")"
    echo "  $(cd - >/dev/null; memory riad)"
done
cd - >/dev/null
sleep 5
echo "5 s after: $(memory riad)"
curl -s "http://127.0.0.1:$http/metrics" | grep -E '^riad_push.*(sum|count)' || :
