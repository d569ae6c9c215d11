#!/bin/sh
# Signed dynamic updates by eight clients, each a commit, beside BIND's journal: update.sh [NAMES...]
# riad has everything in the zone's file, riad-dynamic takes new records in hosts.test.dynamic.
. "$(dirname "$0")/lib.sh"
trap 'stop bind; stop riad; stop riad-dynamic' EXIT
CLIENTS=${CLIENTS:-8}
LENGTH=${LENGTH:-5}
KEY=load._update.hosts.test
SECRET=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
[ -x "$SERVER" ] || make publish >&2

launch() { "$@" >"$OUT/$name.log" 2>&1 & echo $! >"$OUT/$name.pid"; } # COMMAND...: not pinned, since the disk is what is waited for

launch_bind() {
    cp "$OUT/hosts.zone" "$home/hosts.zone"
    cat >"$home/named.conf" <<CONF
options {
    directory "$home"; pid-file none; session-keyfile "$home/session.key";
    listen-on port $port { 127.0.0.1; }; listen-on-v6 { none; };
    recursion no; minimal-responses yes; notify no;
};
controls { };
key "$KEY" { algorithm hmac-sha256; secret "$SECRET"; };
zone "hosts.test" { type primary; file "$home/hosts.zone"; update-policy { grant $KEY zonesub ANY; }; };
CONF
    launch named -g -c "$home/named.conf"
}

launch_riad() {
    git init -q --bare -b main "$home/zones.git"
    work=$home/work; git init -q -b main "$work"
    cp "$OUT/hosts.zone" "$work/hosts.test"
    if [ "$name" = riad-dynamic ]; then
        echo '$INCLUDE hosts.test.dynamic' >>"$work/hosts.test"
        echo '; made by updates' >"$work/hosts.test.dynamic"
    fi
    git -C "$work" add . && git -C "$work" -c user.name=bench -c user.email=bench@example.org commit -qm hosts
    git -C "$work" push -q "$home/zones.git" main
    echo "$KEY:hmac-sha256:$SECRET" >"$home/keys"
    launch "$SERVER" serve --state "$home/state" --repository "$home/zones.git" --keys "$home/keys" --listen "127.0.0.1:$port" --http 127.0.0.1:0 --threads 1
}

for names in ${*:-1000 10000 100000}; do
    $LOAD hosts "$OUT/hosts.zone" "$names"
    port=5500
    for name in bind riad riad-dynamic; do
        port=$((port + 1)); home=$OUT/$name
        rm -rf "$home"; mkdir -p "$home"
        "launch_$(echo $name | sed 's/-.*//')"
        $LOAD ready $port hosts.test 120 >/dev/null
        $LOAD updates $port "$CLIENTS" 1 >/dev/null
        before=$($LOAD cpu $(family "$(cat "$OUT/$name.pid")"))
        result=$($LOAD updates $port "$CLIENTS" "$LENGTH")
        after=$($LOAD cpu $(family "$(cat "$OUT/$name.pid")"))
        echo "$names names, $CLIENTS clients, $name: $result, $(since "$after" "$before") s of CPU time"
        stop $name
    done
done
