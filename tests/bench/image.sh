#!/bin/bash
# The images of dns-primary-git: how large, how soon they answer, and in how little memory: image.sh [ROUNDS] [MEGABYTES]
# Needs out/images/dns-primary-git (make image-dns-primary-git), qemu-system-x86_64, podman and crun, and root.
. "$(dirname "$0")/lib.sh"
IMAGES=${IMAGES:-$PWD/out/images/dns-primary-git}
ROUNDS=${1:-5}
MEGABYTES=${2:-128}
HOME_OF=$OUT/image
rm -rf "$HOME_OF"; mkdir -p "$HOME_OF/state"
[ -f "$IMAGES/initramfs.cpio" ] || { echo "no image in $IMAGES: make image-dns-primary-git" >&2; exit 1; }

median() { sort -n | awk '{ v[++n] = $1 } END { printf "%s s (%s to %s)\n", v[int((n + 1) / 2)], v[1], v[n] }'; }

size() { # WHAT FILE...
    what=$1; shift
    cat "$@" | wc -c | awk -v what="$what" '{ printf "%-52s %.1f MB\n", what, $1 / 1e6 }'
}

# first_answer END COMMAND...: runs the command until it answers; END ends it
first_answer() {
    end=$1; shift
    $LOAD ready 5400 example.org 120 >"$HOME_OF/ready.txt" &
    ready=$!
    sleep 0.5
    began=$(date +%s.%N)
    "$@" >"$HOME_OF/log" 2>&1 &
    started=$!
    wait $ready || { cat "$HOME_OF/log" >&2; exit 1; }
    since "$(cat "$HOME_OF/ready.txt")" "$began"; echo
    $end
    wait $started || :
}

# A mount namespace of its own, with control groups of the second kind only, as crun wants them.
apart() { exec unshare -m sh -c 'umount -R /sys/fs/cgroup 2>/dev/null; mount -t cgroup2 none /sys/fs/cgroup; exec "$@"' apart "$@"; }

podman_run() {
    apart podman run --rm --name bench --network=host --cgroups=disabled --ulimit=nofile=1024:1024 --ulimit=nproc=1000:1000 --read-only --read-only-tmpfs=false \
        --cap-drop=all --security-opt=no-new-privileges --env RIAD_LISTEN=127.0.0.1:5400 --env RIAD_HTTP=127.0.0.1:0 "$NAME" serve --example
}
podman_end() { podman kill --signal KILL bench >/dev/null 2>&1 || :; }

crun_run() { rm -rf "$HOME_OF"/state/*; apart crun --root "$HOME_OF/crun" --cgroup-manager=disabled run --bundle "$HOME_OF" bench; }
crun_end() { crun --root "$HOME_OF/crun" kill bench KILL; }

qemu_run() {
    exec qemu-system-x86_64 -M q35 -accel tcg -cpu max -m "$MEGABYTES" -nodefaults -no-user-config -display none -no-reboot -serial "file:$HOME_OF/console" \
        -kernel "$IMAGES/vmlinuz" -initrd "$IMAGES/initramfs.cpio" -append "$(cat "$IMAGES/cmdline.txt") riad.listen=0.0.0.0:53 riad.http=0.0.0.0:80 riad.example=true" \
        -netdev user,id=net,hostfwd=udp:127.0.0.1:5400-:53,hostfwd=tcp:127.0.0.1:8400-:80 -device virtio-net-pci,netdev=net,romfile=
}
qemu_end() { curl -s http://127.0.0.1:8400/metrics >"$HOME_OF/metrics" || :; kill $started; }

size "layer of the container" $(find "$IMAGES/oci/blobs" -type f -size +1M)
size "kernel and initramfs" "$IMAGES/vmlinuz" "$IMAGES/initramfs.cpio"

export CONTAINERS_STORAGE_CONF=$HOME_OF/storage.conf
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$HOME_OF" "$HOME_OF" >"$CONTAINERS_STORAGE_CONF"
NAME=$(podman load --quiet --input "$IMAGES/dns-primary-git.tar" | sed 's/.*: //')
printf '%-52s ' "podman run to the first answer, $ROUNDS rounds"
for _ in $(seq "$ROUNDS"); do first_answer podman_end podman_run; done | median

mkdir -p "$HOME_OF/rootfs"
tar -xzf "$(find "$IMAGES/oci/blobs" -type f -size +1M)" -C "$HOME_OF/rootfs"
chown 65532:65532 "$HOME_OF/state"
cat >"$HOME_OF/config.json" <<CONF
{ "ociVersion": "1.0.2", "root": { "path": "rootfs", "readonly": true }, "hostname": "bench",
  "process": { "user": { "uid": 65532, "gid": 65532 }, "cwd": "/state", "noNewPrivileges": true, "args": ["/riad", "serve", "--example"],
    "env": ["DOTNET_EnableDiagnostics=0", "RIAD_STATE=/state", "RIAD_LISTEN=127.0.0.1:5400", "RIAD_HTTP=127.0.0.1:0", "container=oci"] },
  "mounts": [ { "destination": "/proc", "type": "proc", "source": "proc" }, { "destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"] },
    { "destination": "/state", "type": "bind", "source": "$HOME_OF/state", "options": ["rbind", "rw"] } ],
  "linux": { "namespaces": [ { "type": "pid" }, { "type": "ipc" }, { "type": "uts" }, { "type": "mount" } ] } }
CONF
printf '%-52s ' "crun run to the first answer, $ROUNDS rounds"
for _ in $(seq "$ROUNDS"); do first_answer crun_end crun_run; done | median

printf '%-52s ' "QEMU (TCG, $MEGABYTES MB) to the first answer, $ROUNDS rounds"
for _ in $(seq "$ROUNDS"); do first_answer qemu_end qemu_run; done | median
