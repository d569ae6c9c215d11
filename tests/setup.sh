#!/bin/sh
# Sets up what the tests need and is missing: Debian packages, as root on Debian; elsewhere it says what to install.
set -u
cd "$(dirname "$0")/.." || exit 1

sdk=10.0
case "$(dotnet --version 2>/dev/null)" in
"$sdk".*) ;;
*) echo "setup: the .NET $sdk SDK is missing; install it from https://dot.net or your system's packages" >&2; exit 1 ;;
esac

# A tool that the tests start, or a file that they need, and the Debian package that has it.
tools='
git git
sshd openssh-server
nsd nsd
nsd-checkzone nsd
knotd knot
kzonecheck knot-dnssecutils
kdig knot-dnsutils
named bind9
named-compilezone bind9-utils
named-rrchecker bind9-utils
dig bind9-dnsutils
delv bind9-dnsutils
unbound unbound
pdns_server pdns-server
/usr/lib/*/pdns/liblmdbbackend.so pdns-backend-lmdb
ldns-signzone ldnsutils
nsupdate bind9-dnsutils
ip iproute2
dnsmasq dnsmasq-base
mount mount
fallocate util-linux
openssl openssl
curl curl
chromium chromium
xz xz-utils
as binutils
qemu-system-x86_64 qemu-system-x86
podman podman
crun crun
/usr/lib/cni/bridge containernetworking-plugins
iptables iptables
sfdisk fdisk
debugfs e2fsprogs
/usr/share/OVMF/OVMF_CODE.fd ovmf
/usr/lib/python3/dist-packages/yaml python3-yaml
/usr/lib/python3/dist-packages/jsonschema python3-jsonschema
readelf binutils
systemd-analyze systemd
docker-compose docker-compose
'
# Its package takes the place of the machine's own time daemon: installed only where there is none, as in a container.
# Elsewhere its program is unpacked beside what is built; where that fails, or it does not run, its test is skipped.
unpacked=out/tools/chrony
if [ "${RIAD_TESTS-}" = all ] && command -v dpkg-query >/dev/null; then
    if ! dpkg-query -W -f '${Status} ${Provides}\n' | grep -q '^install ok installed .*time-daemon'; then
        tools="$tools
chronyd chrony"
    elif [ ! -x "$unpacked/usr/sbin/chronyd" ] && [ ! -x /usr/sbin/chronyd ]; then
        if ! { mkdir -p "$unpacked" && (cd "$unpacked" && apt-get -q download chrony && dpkg-deb -x chrony_*.deb .) && "$unpacked/usr/sbin/chronyd" --version >/dev/null; }; then
            echo "setup: chrony could not be unpacked, its test is skipped" >&2
            rm -rf "$unpacked"
        fi
    fi
fi
# What the tests of RIAD_TESTS=all alone start.
[ "${RIAD_TESTS:-}" != all ] || tools="$tools
aarch64-linux-gnu-as binutils-aarch64-linux-gnu
qemu-system-aarch64 qemu-system-arm
/usr/share/qemu-efi-aarch64/QEMU_EFI.fd qemu-efi-aarch64
lz4 lz4
unsquashfs squashfs-tools
mcopy mtools
fsck.vfat dosfstools
"
PATH=$PATH:/usr/sbin:/sbin
is_there() {
    # shellcheck disable=SC2086 # the path of a file is a pattern
    case $1 in */*) ls $1 >/dev/null 2>&1 ;; *) command -v "$1" >/dev/null ;; esac
}
missing_tools=
missing_packages=
while read -r tool package; do
    if [ -z "$tool" ] || is_there "$tool"; then continue; fi
    missing_tools="$missing_tools $tool"
    case " $missing_packages " in *" $package "*) ;; *) missing_packages="$missing_packages $package" ;; esac
done <<END
$tools
END
# What others publish through npm and tests compare with. Without npm, or without its registry, those tests are skipped.
if command -v npm >/dev/null && [ ! tests/schemas/node_modules/.package-lock.json -nt tests/schemas/package-lock.json ]; then
    timeout 300 npm ci --fetch-retries=1 --prefix tests/schemas --silent --no-progress >/dev/null 2>&1 || echo "setup: npm could not fetch what tests/schemas names; tests that compare with it are skipped" >&2
fi
[ -n "$missing_tools" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "setup: missing$missing_tools; on Debian: sudo apt-get install$missing_packages" >&2
    exit 1
fi

# Debian's servers start as soon as they are installed, and take port 53. policy-rc.d forbids it, for now only.
policy=/usr/sbin/policy-rc.d
saved=
restore() {
    rm -f "$policy"
    [ -z "$saved" ] || mv "$saved" "$policy"
}
if [ -e "$policy" ]; then
    saved=$policy.before-riad
    mv "$policy" "$saved"
fi
trap restore EXIT
trap 'exit 1' INT TERM
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"

# A mirror may hiccup, and a fresh machine may be busy with its own updates.
retries=5
apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -o "Acquire::Retries=$retries" -o DPkg::Lock::Timeout=600 "$@"
}
install() {
    apt install -y --no-install-recommends "$@"
}
# shellcheck disable=SC2086 # a list of words
install_all() {
    apt update && install $missing_packages
}
if install_all || { echo "setup: once more in 20 seconds" >&2; sleep 20; install_all; }; then exit 0; fi

# One that cannot be installed, such as one that this release does not have, must not keep the others from being. What it is
# missing for is skipped with that reason, or fails with the program's name.
retries=0
for package in $missing_packages; do
    install "$package" || echo "setup: apt-get could not install $package; its tests are skipped or fail" >&2
done
if ! is_there git; then
    echo "setup: without git there is nothing to test; install it and run this again" >&2
    exit 1
fi
