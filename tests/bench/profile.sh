#!/bin/bash
# Renews appliances/usual.mibc, which says what is compiled before it is shipped: what runs from the start to usual operation.
# Both published programs are run with everything compiled as it is run, and write down what that is. A machine of its own
# is run too where there is an image in out/images. Needs git, dig, nsupdate, curl, openssl.   profile.sh
set -eu
cd "$(dirname "$0")/../.."
OUT=$PWD/out/profile
PRIMARY=$PWD/out/publish/dns-primary-git/dns-primary-git
SECONDARY=$PWD/out/publish/dns-secondary/dns-secondary
KEY=bWFrZSBpdCBzaG9ydCBhbmQgc3dlZXQgMTIzNDU2Nzg=
HTTP=https://127.0.0.1:8490
PIDS=
trap '[ -z "$PIDS" ] || kill $PIDS 2>/dev/null || :' EXIT
rm -rf "$OUT"; mkdir -p "$OUT/primary" "$OUT/secondary"

# The runtime writes the list itself, so it lies where the sandbox lets it write.
noted() { # FOLDER: what to put before a command
    echo env DOTNET_ReadyToRun=0 DOTNET_JitDisasmSummary=1 "DOTNET_JitStdOutFile=$OUT/$1/run.txt"
}

until_said() { # SECONDS COMMAND...: until the command prints something
    for _ in $(seq "$1"); do
        "${@:2}" 2>/dev/null | grep -qav "^;" && return 0
        sleep 1
    done
    echo "in vain: ${*:2}" >&2
    return 1
}

ask() { # PORT WHAT...
    port=$1; shift
    dig "@127.0.0.1" -p "$port" +tries=1 +time=5 "$@" || :
}

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$OUT/tls.key" -out "$OUT/tls.crt" 2>/dev/null
printf 'secondaries._transfer:hmac-sha256:%s\nlaptop._update.example.org:hmac-sha256:%s\n' "$KEY" "$KEY" >"$OUT/keys"
printf 'secondaries._transfer:hmac-sha256:%s\n' "$KEY" >"$OUT/transfer-key"
echo 'secret of ada' | $(noted primary) "$PRIMARY" user add ada --users "$OUT/users"
$(noted primary) "$PRIMARY" --version >/dev/null

tls="--tls-certificate $OUT/tls.crt --tls-key $OUT/tls.key"
$(noted primary) "$PRIMARY" serve --example --state "$OUT/primary" --listen 127.0.0.1:5490 --listen-tls 127.0.0.1:5390 --http 127.0.0.1:8490 $tls \
    --users "$OUT/users" --keys "$OUT/keys" --catalog catalog.internal --notify 127.0.0.1:5491=secondaries._transfer >"$OUT/primary.log" 2>&1 &
primary=$!; PIDS=$primary
until_said 120 ask 5490 +short example.org SOA
$(noted secondary) "$SECONDARY" serve --state "$OUT/secondary" --listen 127.0.0.1:5491 --http 127.0.0.1:8491 \
    --primary 127.0.0.1:5490 --keys "$OUT/transfer-key" --catalog catalog.internal >"$OUT/secondary.log" 2>&1 &
secondary=$!; PIDS="$PIDS $secondary"
until_said 120 ask 5491 +short example.org SOA

for port in 5490 5491; do
    for question in 'www.example.org A' 'www.example.org AAAA' 'example.org MX' 'example.org NS' 'nothing.example.org A' 'www.example.net A' 'example.org TXT' 'version.bind TXT CH'; do
        for how in +notcp +tcp '+dnssec +notcp'; do ask "$port" $question $how >/dev/null; done
    done
done
ask 5490 example.org AXFR -y "hmac-sha256:secondaries._transfer:$KEY" >/dev/null
ask 5490 example.org IXFR=1 -y "hmac-sha256:secondaries._transfer:$KEY" >/dev/null
ask 5390 +tls www.example.org A >/dev/null || :

# A push, one that is refused, and updates; the secondary has each before the next.
git='git -c http.sslVerify=false -c user.name=Ada -c user.email=ada@example.org'
$git clone -q "${HTTP/:\/\//://ada:secret%20of%20ada@}/zones.git" "$OUT/zones"
for address in 192.0.2.81 192.0.2.82; do
    sed -i "s/^www\( .*\) A .*/www\1 A $address/; s/^www  *A .*/www A $address/" "$OUT/zones/example.org"
    printf 'host-%s A %s\n' "${address##*.}" "$address" >>"$OUT/zones/example.org"
    $git -C "$OUT/zones" commit -qam "$address" && $git -C "$OUT/zones" push -q
    until_said 120 ask 5491 +short "host-${address##*.}.example.org" A
done
echo 'broken (' >>"$OUT/zones/example.org"
$git -C "$OUT/zones" commit -qam broken && ! $git -C "$OUT/zones" push -q 2>/dev/null
for address in 192.0.2.91 192.0.2.92; do
    printf 'server 127.0.0.1 5490\nzone example.org\nupdate add new-%s.example.org 60 A %s\nsend\n' "${address##*.}" "$address" |
        nsupdate -y "hmac-sha256:laptop._update.example.org:$KEY"
    until_said 120 ask 5491 +short "new-${address##*.}.example.org" A
done
$git -C "$OUT/zones" fetch -q

for page in '' health metrics zones/example.org no-such-page; do
    curl -sk --user 'ada:secret of ada' "$HTTP/$page" >/dev/null
    curl -s --http1.1 "http://127.0.0.1:8491/$page" >/dev/null
done
$(noted secondary) RIAD_HTTP=127.0.0.1:8491 "$SECONDARY" health >/dev/null
kill -HUP $primary $secondary
sleep 3
kill $primary $secondary
wait $primary $secondary || :
PIDS=
# What is kept is served by the next start, for which there is nothing to make.
$(noted primary) "$PRIMARY" serve --state "$OUT/primary" --listen 127.0.0.1:5490 --http 127.0.0.1:8490 $tls --users "$OUT/users" --keys "$OUT/keys" >"$OUT/primary.log" 2>&1 &
primary=$!; PIDS=$primary
until_said 120 ask 5490 +short new-92.example.org A
kill $primary; wait $primary || :
PIDS=

image=out/images/dns-secondary
if [ -f $image/initramfs.cpio ]; then
    mkdir -p "$OUT/machine"
    qemu-system-x86_64 -M q35 -accel tcg -cpu max -m 512 -nodefaults -no-user-config -display none -no-reboot -serial "file:$OUT/machine/console" -serial "file:$OUT/machine/run.txt" \
        -kernel $image/vmlinuz -initrd $image/initramfs.cpio -drive "file=$image/data.img,format=raw,if=virtio,snapshot=on" -netdev user,id=net -device virtio-net-pci,netdev=net,romfile= \
        -append "console=ttyS0 quiet panic=-1 riad.listen=0.0.0.0:53 riad.http=0.0.0.0:80 riad.primary=10.0.2.2 riad.zone=example.org DOTNET_ReadyToRun=0 DOTNET_JitDisasmSummary=1 DOTNET_JitStdOutFile=/dev/ttyS1" </dev/null &
    machine=$!; PIDS=$machine
    until_said 300 grep -aE 'ready: |waiting: ' "$OUT/machine/console" || :
    kill $machine; wait $machine || :
    PIDS=
fi

dotnet run --project tests/bench/Riad.Profile -c Release -- appliances/usual.mibc tests/bench/enumerations \
    appliances/dns-primary-git/obj/Release/net10.0/linux-x64/linked "$OUT/primary/run.txt" \
    appliances/dns-secondary/obj/Release/net10.0/linux-x64/linked "$OUT/secondary/run.txt" \
    $([ ! -f "$OUT/machine/run.txt" ] || echo appliances/dns-secondary/obj/Release/net10.0/linux-x64/linked "$OUT/machine/run.txt")
