#!/bin/sh
# Installs what is missing, builds vtlt with its tests and runs them all. Ends with ctest's own summary.
#
#   sh tests/run-all.sh [ctest's arguments]
#
# VTLT_JOBS: how many compilers and tests at a time; all processors by default.
set -eu
cd "$(dirname "$0")/.."
. tests/tools/debian.sh

# shellcheck disable=SC2086 # lists of names
install_missing $build_packages $test_packages
mkdir -p build
build release
say "Chạy thử nghiệm / Running the tests"
: "${CTEST_PARALLEL_LEVEL:=${VTLT_JOBS:-$(nproc)}}"
export CTEST_PARALLEL_LEVEL
exec ctest --preset release --no-tests=error "$@" </dev/null
