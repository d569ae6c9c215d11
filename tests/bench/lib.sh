# Shared by the scripts here: name servers started on loopback with one zone, pinned to one core, ended by their process ids.
# Everything is written below out/bench. Needs nsd, knot, bind9 and dnsperf of Debian; the sets are made on the first run.
# As root each script runs in a network namespace of its own, so that nothing else is on its loopback.
set -eu
if [ "$(id -u)" = 0 ] && [ -z "${APART:-}" ]; then
    export APART=1
    exec unshare -n sh -c 'ip link set lo up && exec "$0" "$@"' "$0" "$@"
fi
cd "$(dirname "$0")/../.."
OUT=$PWD/out/bench
SERVER=${SERVER:-out/bin/dns-primary-git}
LOAD=${LOAD:-dotnet tests/bench/Riad.Load/bin/Release/net10.0/Riad.Load.dll}
SERVER_CORE=${SERVER_CORE:-0}
CLIENT_CORE=${CLIENT_CORE:-1}
mkdir -p "$OUT"
[ -f tests/bench/Riad.Load/bin/Release/net10.0/Riad.Load.dll ] || dotnet build tests/bench/Riad.Load -c Release -v quiet

sets() { # SET...
    for set in "$@"; do
        [ -f "$OUT/$set.queries" ] || { echo "making set $set ..." >&2; $LOAD sets "$OUT" "$set"; }
    done
}

zone_of() { echo "$1" | tr 'AC' 'ac' | sed 's/$/.test/'; }

since() { echo "$1 $2" | awk '{ printf "%.3f", $1 - $2 }'; } # END BEGIN

pinned() { began=$(date +%s.%N); taskset -c "$SERVER_CORE" "$@" >"$OUT/$name.log" 2>&1 & echo $! >"$OUT/$name.pid"; }

# start NAME SET PORT: starts the peer NAME serving SET and waits for its first answer
start() {
    name=$1; set=$2; port=$3; zone=$(zone_of "$set"); home=$OUT/$name
    rm -rf "$home"; mkdir -p "$home"
    "start_$name"
    took=$(since "$($LOAD ready "$port" "$zone" 120)" "$began")
    echo "$name: first answer after $took s" >&2
}

stop() { # NAME
    [ -f "$OUT/$1.pid" ] || return 0
    pid=$(cat "$OUT/$1.pid"); all=$(family "$pid")
    kill "$pid" 2>/dev/null || :
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    for p in $all; do kill -9 "$p" 2>/dev/null || :; done
    rm -f "$OUT/$1.pid"
}

family() { # PID: the process and all below it
    echo "$1"
    for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do family "$child"; done
}

processes() { family "$(cat "$OUT/$1.pid")" | sed 's/^/--process /' | tr '\n' ' '; }

memory() { # NAME: proportional set size of all its processes, and the largest peak, in MB
    for p in $(family "$(cat "$OUT/$1.pid")"); do
        awk '/^Pss:/ { pss = $2 } END { print "pss", pss }' /proc/"$p"/smaps_rollup
        awk '/^VmHWM/ { print "peak", $2 }' /proc/"$p"/status
    done | awk '$1 == "pss" { pss += $2 } $1 == "peak" && $2 > peak { peak = $2 } END { printf "pss=%d MB peak=%d MB\n", pss / 1024, peak / 1024 }'
}

start_nsd() {
    cat >"$home/nsd.conf" <<CONF
server:
  ip-address: 127.0.0.1@$port
  username: ""
  chroot: ""
  zonesdir: "$OUT"
  database: ""
  pidfile: "$home/nsd.run"
  xfrdfile: "$home/xfrd"
  zonelistfile: "$home/zones"
  logfile: "$home/log"
  server-count: 1
  rrl-ratelimit: 0
  tcp-count: 250
remote-control:
  control-enable: no
zone:
  name: $zone
  zonefile: $set.zone
  provide-xfr: 127.0.0.1 NOKEY
CONF
    pinned nsd -d -c "$home/nsd.conf"
}

start_knot() {
    cat >"$home/knot.conf" <<CONF
server:
    listen: 127.0.0.1@$port
    rundir: $home
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
    tcp-max-clients: 1000
database:
    storage: $home
log:
  - target: stderr
    any: warning
acl:
  - id: transfer
    address: 127.0.0.1
    action: transfer
zone:
  - domain: $zone
    acl: transfer
    storage: $OUT
    file: $set.zone
    zonefile-sync: -1
    zonefile-load: whole
    journal-content: none
CONF
    pinned knotd -c "$home/knot.conf"
}

start_bind() {
    cat >"$home/named.conf" <<CONF
options {
    directory "$home"; pid-file none; session-keyfile "$home/session.key";
    listen-on port $port { 127.0.0.1; }; listen-on-v6 { none; };
    recursion no; minimal-responses yes; notify no; tcp-clients 1000;
};
controls { };
zone "$zone" { type primary; file "$OUT/$set.zone"; };
CONF
    pinned named -g -n 1 -c "$home/named.conf"
}

# Rate limiting is on with a limit that is not reached, as an operator would leave it on.
start_riad() {
    [ -x "$SERVER" ] || make publish >&2
    git init -q --bare -b main "$home/zones.git"
    work=$OUT/riad-work; rm -rf "$work"; git init -q -b main "$work"
    cp "$OUT/$set.zone" "$work/$zone.zone"
    git -C "$work" add . && git -C "$work" -c user.name=bench -c user.email=bench@example.org commit -qm "set $set"
    git -C "$work" push -q "$home/zones.git" main
    echo 'address 127.0.0.1 may transfer every zone' >"$home/policy"
    pinned "$SERVER" serve --policy "$home/policy" --state "$home/state" --repository "$home/zones.git" \
        --listen "127.0.0.1:$port" --http 127.0.0.1:0 --threads 1 --rate-limit 1000000
}
