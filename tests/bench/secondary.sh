#!/bin/sh
# dns-secondary beside NSD as another secondary of the same primary: secondary.sh [PART...]
#   whole   AXFR of set C in: CPU time, seconds to the first answer, memory for each owner (ROUNDS=3)
#   change  from a change's entry in the journal of dns-primary-git to the first answer with it (COUNT=20)
#   many    1,000 zones changed in one push: until the last of them is answered
#   one     IXFR of one changed record in set C: CPU time on both sides beyond what they use at rest (ROUNDS=5), of servers
#           that run for a while: a small zone was changed before (WARM=60 times; 0 shows what the first changes cost)
# SET=A takes the small set.
. "$(dirname "$0")/lib.sh"
SECONDARY=$(realpath -m "${SECONDARY:-$(dirname "$SERVER")/dns-secondary}")
KEY=load._update.hosts.test
SECRET=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
SET=${SET:-C}
ZONE=$(zone_of "$SET")
OWNERS=$([ "$SET" = C ] && echo 1180000 || echo 100000)
{ [ -x "$SERVER" ] && [ -x "$SECONDARY" ]; } || make publish >&2
trap 'for s in primary secondary nsd; do stop $s; done' EXIT

launch() { name=$1; shift; "$@" >"$OUT/$name.log" 2>&1 & echo $! >"$OUT/$name.pid"; } # NAME COMMAND...
fresh() { for s in "$@"; do rm -rf "${OUT:?}/$s"; mkdir -p "$OUT/$s"; done; }
now() { date +%s.%N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# NSD's processes change their titles and their parents with every reload: those in our network namespace are ours.
pids() { # NAME
    if [ "$1" = nsd ]; then
        for p in $(pgrep -f "^nsd"); do [ "$(readlink /proc/"$p"/ns/net)" = "$(readlink /proc/self/ns/net)" ] && echo "$p"; done
    else
        family "$(cat "$OUT/$1.pid")"
    fi
}
cpu() { $LOAD cpu $(pids "$1"); }
octets() { # NAME: proportional set size, all processes together
    for p in $(pids "$1"); do awk '/^Pss:/ { print $2 }' /proc/"$p"/smaps_rollup; done | awk '{ sum += $1 } END { printf "%.0f", sum * 1024 }'
}

# primary REPOSITORY OPTION...: dns-primary-git at port 5600, HTTP at 5680
primary() {
    repository=$1; shift
    echo 'address 127.0.0.1 may transfer every zone' >"$OUT/primary/policy"
    echo "$KEY:hmac-sha256:$SECRET" >"$OUT/primary/keys"
    launch primary "$SERVER" serve --policy "$OUT/primary/policy" --keys "$OUT/primary/keys" --state "$OUT/primary/state" --repository "$repository" \
        --listen 127.0.0.1:5600 --http 127.0.0.1:5680 --rate-limit 0 "$@"
}

# begin FILE NAME: a repository with one zone
begin() {
    git init -q --bare -b main "$OUT/primary/zones.git"
    git init -q -b main "$OUT/primary/tree"
    cp "$1" "$OUT/primary/tree/$2"
    commit begin
    git -C "$OUT/primary/tree" push -q "$OUT/primary/zones.git" main
}
commit() { git -C "$OUT/primary/tree" add . && git -C "$OUT/primary/tree" -c user.name=bench -c user.email=bench@example.org commit -qm "$1"; }
push() { git -C "$OUT/primary/tree" push -q http://127.0.0.1:5680/zones.git main 2>"$OUT/push.txt" || { cat "$OUT/push.txt" >&2; exit 1; }; }

secondary() { # OPTION...: dns-secondary at port 5601, in memory
    launch secondary env -C "$OUT/secondary" "$SECONDARY" serve --primary 127.0.0.1:5600 --listen 127.0.0.1:5601 --http 127.0.0.1:5681 --rate-limit 0 ${SECONDARY_OPTIONS:-} "$@" # such as --state DIR
}

nsd_secondary() { # ZONE...: NSD at port 5602
    cat >"$OUT/nsd/nsd.conf" <<CONF
server:
  ip-address: 127.0.0.1@5602
  username: ""
  chroot: ""
  zonesdir: "$OUT/nsd"
  database: ""
  pidfile: "$OUT/nsd/nsd.run"
  xfrdfile: "$OUT/nsd/xfrd"
  xfrdir: "$OUT/nsd"
  zonelistfile: "$OUT/nsd/zones"
  logfile: "$OUT/nsd/log"
  server-count: 1
  rrl-ratelimit: 0
remote-control:
  control-enable: no
CONF
    for zone in "$@"; do
        printf 'zone:\n  name: %s\n  request-xfr: 127.0.0.1@5600 NOKEY\n  allow-notify: 127.0.0.1 NOKEY\n' "$zone" >>"$OUT/nsd/nsd.conf"
    done
    launch nsd nsd -d -c "$OUT/nsd/nsd.conf"
}

# whole_of NAME PORT COMMAND...: one transfer of set C into a server that begins
whole_of() {
    name=$1; port=$2; shift 2
    fresh "$name"
    began=$(now)
    "$@"
    answered=$($LOAD ready "$port" "$ZONE" 300)
    sleep 3 # what comes after the first answer is part of it
    used=$(cpu "$name")
    sleep "${SETTLE:-12}" # dns-secondary gives back what the transfer left behind
    held=$(octets "$name")
    echo "$name: cpu=$used s, first answer after $(since "$answered" "$began") s, memory $((held / 1048576)) MB, $((held / OWNERS)) octets an owner"
    stop "$name"
}

whole() {
    sets "$SET"
    fresh primary
    begin "$OUT/$SET.zone" "$ZONE.zone"
    primary "$OUT/primary/zones.git"
    $LOAD ready 5600 "$ZONE" 300 >/dev/null
    echo "AXFR of set $SET in, from dns-primary-git:"
    for round in $(seq "${ROUNDS:-3}"); do
        whole_of secondary 5601 secondary --zone "$ZONE"
        whole_of nsd 5602 nsd_secondary "$ZONE"
    done
    stop primary
}

change() {
    $LOAD hosts "$OUT/hosts.zone" 1000
    fresh primary secondary nsd
    begin "$OUT/hosts.zone" hosts.test
    primary "$OUT/primary/zones.git" --notify 127.0.0.1:5601 --notify 127.0.0.1:5602
    $LOAD ready 5600 hosts.test 60 >/dev/null
    secondary --zone hosts.test
    nsd_secondary hosts.test
    $LOAD ready 5601 hosts.test 60 >/dev/null
    $LOAD ready 5602 hosts.test 60 >/dev/null
    $LOAD lag 5600 5601 3 >/dev/null # what is compiled the first time is not measured
    echo "one change: dns-secondary: $($LOAD lag 5600 5601 "${COUNT:-20}")"
    echo "one change: nsd:           $($LOAD lag 5600 5602 "${COUNT:-20}")"
    for s in secondary nsd primary; do stop $s; done
}

many() {
    fresh primary secondary nsd
    git init -q --bare -b main "$OUT/primary/zones.git"
    git init -q -b main "$OUT/primary/tree"
    seq -f 'zone%04.0f.test' 1000 >"$OUT/zones.txt"
    write_zones 1
    commit begin
    git -C "$OUT/primary/tree" push -q "$OUT/primary/zones.git" main
    primary "$OUT/primary/zones.git" --notify 127.0.0.1:5601 --notify 127.0.0.1:5602 --catalog catalog.test
    $LOAD serials 5600 "$OUT/zones.txt" 1 60 >/dev/null
    secondary --catalog catalog.test
    nsd_secondary $(cat "$OUT/zones.txt")
    $LOAD serials 5601 "$OUT/zones.txt" 1 60 >/dev/null
    $LOAD serials 5602 "$OUT/zones.txt" 1 60 >/dev/null
    for serial in $(seq 2 $((${ROUNDS:-3} + 1))); do
        write_zones "$serial"
        commit "serial $serial"
        for port in 5600 5601 5602; do $LOAD serials $port "$OUT/zones.txt" "$serial" 60 >"$OUT/serials-$port.txt" & done
        push
        wait_for_serials
        at=$(cat "$OUT/serials-5600.txt")
        echo "1,000 zones in one push: all on dns-secondary $(since "$(cat "$OUT/serials-5601.txt")" "$at") s after the primary, on nsd $(since "$(cat "$OUT/serials-5602.txt")" "$at") s"
    done
    for s in secondary nsd primary; do stop $s; done
}
write_zones() { # SERIAL
    while read -r zone; do
        printf '$TTL 3600\n@ SOA ns hostmaster %s 7200 900 1209600 300\n@ NS ns\nns A 127.0.0.1\nwww A 192.0.2.%s\n' "$1" "$1" >"$OUT/primary/tree/$zone"
    done <"$OUT/zones.txt"
}
wait_for_serials() {
    for port in 5600 5601 5602; do
        for _ in $(seq 700); do [ -s "$OUT/serials-$port.txt" ] && break; sleep 0.1; done
        [ -s "$OUT/serials-$port.txt" ] || { echo "port $port has not all zones" >&2; exit 1; }
    done
}

# Nobody is notified: the refresh is asked for here, so that it alone is measured.
one() {
    sets "$SET"
    fresh primary secondary nsd
    begin "$OUT/$SET.zone" "$ZONE.zone"
    $LOAD hosts "$OUT/primary/tree/hosts.test" 1000
    commit 'a small zone'
    git -C "$OUT/primary/tree" push -q "$OUT/primary/zones.git" main
    primary "$OUT/primary/zones.git"
    $LOAD ready 5600 "$ZONE" 300 >/dev/null
    secondary --zone "$ZONE" --zone hosts.test
    nsd_secondary "$ZONE" hosts.test
    for port in 5601 5602; do
        $LOAD ready $port "$ZONE" 300 >/dev/null
        $LOAD ready $port hosts.test 60 >/dev/null
    done
    warm
    for round in $(seq "${ROUNDS:-5}"); do
        sed -i "9s/192\.0\.2\.[0-9]*/192.0.2.$((100 + round))/" "$OUT/primary/tree/$ZONE.zone" # mail
        commit "change $round"
        push
        sleep 5
        refresh secondary 5601
        refresh nsd 5602
    done
    for s in secondary nsd primary; do stop $s; done
}
warm() {
    for number in $(seq "${WARM:-60}"); do
        printf 'server 127.0.0.1 5600\nzone hosts.test\nupdate add warm%s.hosts.test 60 A 192.0.2.1\nsend\n' "$number" | nsupdate -y "hmac-sha256:$KEY:$SECRET"
        for port in 5601 5602; do $LOAD notify $port hosts.test >/dev/null; done
        sleep 0.5
    done
    git -C "$OUT/primary/tree" pull -q --ff-only http://127.0.0.1:5680/zones.git main
    sleep 5
}
refresh() { # NAME PORT
    serial=$(dig +short -p 5600 @127.0.0.1 "$ZONE" SOA | cut -d' ' -f3)
    sleep 2
    rest_there=$(cpu primary); rest_here=$(cpu "$1"); rested=$(now)
    sleep 4
    there=$(cpu primary); here=$(cpu "$1"); began=$(now)
    $LOAD notify "$2" "$ZONE" >/dev/null
    for _ in $(seq 300); do [ "$(dig +short +tries=1 -p "$2" @127.0.0.1 "$ZONE" SOA | cut -d' ' -f3)" = "$serial" ] && break; sleep 0.1; done
    sleep 1
    here_after=$(cpu "$1"); there_after=$(cpu primary); ended=$(now)
    echo "IXFR of one record in set $SET: $1 cpu=$(beyond "$rest_here" "$here" "$here_after") ms, its primary cpu=$(beyond "$rest_there" "$there" "$there_after") ms"
}
beyond() { # CPU-BEFORE-REST CPU-BEFORE CPU-AFTER: milliseconds more than the time would have cost at rest
    echo "$1 $2 $3 $rested $began $ended" | awk '{ printf "%.1f", 1000 * ($3 - $2 - ($2 - $1) * ($6 - $5) / ($5 - $4)) }'
}

for part in ${*:-whole change many one}; do "$part"; done
