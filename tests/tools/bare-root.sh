#!/bin/sh
# The README's two commands in a bare Debian 12: makes a minimal root with debootstrap, puts a clone of HEAD into it and
# runs both there. Needs root, debootstrap, git, and the package servers that this machine uses.
#
#   tests/tools/bare-root.sh [--ci] [--keep] [--only-install]
#
# --ci            also runs .ci/run there
# --keep          leaves the root where it is, and says where
# --only-install  stops after the packages are installed
set -eu

ci=false keep=false only_install=false
for argument in "$@"; do
  case $argument in
    --ci) ci=true ;;
    --keep) keep=true ;;
    --only-install) only_install=true ;;
    *) echo "bare-root.sh: $argument?" >&2; exit 2 ;;
  esac
done
[ "$(id -u)" -eq 0 ] || { echo "bare-root.sh: needs root" >&2; exit 2; }
cd "$(dirname "$0")/../.."
source=$(pwd)
root=$(mktemp -d "${TMPDIR:-/tmp}/vtlt-bare-root.XXXXXX")
chmod 755 "$root"   # apt fetches as its own user

clean() {
  for place in dev/pts dev/shm proc; do
    ! mountpoint -q "$root/$place" || umount "$root/$place"
  done
  if $keep; then
    echo "root: $root"
  else
    rm -rf --one-file-system "$root"
  fi
}
trap clean EXIT
trap 'exit 130' INT TERM

started=$(date +%s)
took() { printf '== %s: %d s\n' "$1" $(($(date +%s) - started)); started=$(date +%s); }

# The Debian servers of this machine; nothing of its other package sources.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
  sed -nE 's/^(deb|URIs:)[[:space:]]+(\[[^]]*\][[:space:]]*)?(https?:[^[:space:]]*\/debian\/?)([[:space:]].*)?$/\3/p' | head -n 1)
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 || {
  tail -n 20 "$root.log" >&2
  exit 1
}
rm -f "$root.log"
if [ -f /etc/apt/sources.list.d/debian.sources ]; then
  cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/"
  : >"$root/etc/apt/sources.list"
fi
for file in $(grep -lE '^[[:space:]]*Acquire::(http|https|Check|Retries)' /etc/apt/apt.conf /etc/apt/apt.conf.d/* 2>/dev/null); do
  cp "$file" "$root/etc/apt/apt.conf.d/"
done
cp /etc/resolv.conf /etc/hosts "$root/etc/"
mkdir -p "$root/etc/ssl/certs"
[ ! -f /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
took debootstrap

mkdir -p "$root/work"
git clone --quiet --no-hardlinks "$source" "$root/work/main"
[ ! -d ../shared ] || cp -r ../shared "$root/work/shared"   # larger samples that some tests read
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666 2>/dev/null || true

inside() {
  chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
    ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} \
    /bin/sh -c "cd /work/main && $1" </dev/null
}

if $only_install; then
  inside '. tests/tools/debian.sh && install_missing $build_packages $test_packages'
  took packages
  exit 0
fi
inside 'sh tests/install-and-run.sh'
took tests/install-and-run.sh
inside 'sh tests/run-all.sh'
took tests/run-all.sh
if $ci; then
  inside 'CI=true bash .ci/run'
  took .ci/run
fi
