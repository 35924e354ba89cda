# Sourced by the two commands of the README and by .ci/run: what Debian 12 must have installed, and how it gets there.

build_packages="g++ cmake ninja-build ccache pkg-config libcli11-dev libfmt-dev libsqlite3-dev libarchive-dev libssl-dev
  libyaml-cpp-dev nlohmann-json3-dev libsimdjson-dev libxml2-dev libicu-dev libminizip-dev zlib1g-dev catch2
  libxlsxwriter-dev libqpdf-dev libmagic-dev libdeflate-dev libzstd-dev liblz4-dev libacl1-dev nettle-dev libbz2-dev liblzma-dev
  python3"
# Faster digests; Debian has it for this processor only.
[ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ] || build_packages="$build_packages libipsec-mb-dev"
# xmllint, unzip and sqlite3 check what vtlt writes without using vtlt; the shells try the completions.
test_packages="libxml2-utils unzip libarchive-tools mandoc sqlite3 bash fish zsh"

DEBIAN_FRONTEND=noninteractive
LC_ALL=C.UTF-8
# One compiler cache for every clone: what is below this folder counts by its place in it.
CCACHE_BASEDIR=$PWD
CCACHE_NOHASHDIR=1
CCACHE_SLOPPINESS=pch_defines,time_macros
export DEBIAN_FRONTEND LC_ALL CCACHE_BASEDIR CCACHE_NOHASHDIR CCACHE_SLOPPINESS

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '\nDừng lại / Stopped: %s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo DEBIAN_FRONTEND=noninteractive "$@"
  else
    fail "cần quyền root để cài gói (chạy lại bằng root) / installing packages needs root (run this again as root): $*"
  fi
}

installed() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; }

# Asks the package servers only when something is missing.
install_missing() {
  command -v apt-get >/dev/null 2>&1 || fail "chỉ dùng được trên Debian 12 / this is for Debian 12: no apt-get"
  missing=
  for package in "$@"; do
    installed "$package" || missing="$missing $package"
  done
  if [ -z "$missing" ]; then
    say "Đã có đủ các gói Debian / All Debian packages are here"
    return
  fi
  say "Cài các gói còn thiếu / Installing what is missing:$missing"
  as_root apt-get update -q </dev/null || printf 'apt-get update: không cập nhật được hết / not everything could be updated\n' >&2
  # shellcheck disable=SC2086 # a list of names
  as_root apt-get install -q -y --no-install-recommends $missing </dev/null ||
    fail "không cài được / could not install:$missing"
}

# build PRESET [TARGET]…
build() {
  preset=$1
  shift
  say "Biên dịch / Building: $preset"
  cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 || {
    cat "build/configure-$preset.log" >&2
    fail "cmake --preset $preset"
  }
  [ $# -gt 0 ] || set -- all
  cmake --build --preset "$preset" --parallel "${VTLT_JOBS:-$(nproc)}" --target "$@" || fail "cmake --build --preset $preset"
}
