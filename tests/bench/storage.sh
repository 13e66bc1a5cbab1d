#!/bin/bash
# storage.sh - what a fleet takes on the disk, and in the log when it changes.
#
# Usage: storage.sh [HOSTS] [REPORTS] [TOGETHER]    (default: 4000 1000 32)
#
# The log is beside that of deleting and inserting the rows of each host, in
# tables with the indexes that questions would need.  In a directory of its own.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o "$build"/collector/draw/*.o \
	"$build"/collector/rules/*.o; do
	[ "${object##*/}" = main.o ] || objects+=("$object")
done
mkdir -p "$build/bench"
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/storage" \
	tests/bench/storage.c tests/bench/fleet/bound.c \
	tests/bench/fleet/model.c "${objects[@]}" \
	"$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-storage.XXXXXX")
trap 'rm -rf "$dir"' EXIT
"$build/bench/storage" "$dir" "${1:-4000}" "${2:-1000}" "${3:-32}"
