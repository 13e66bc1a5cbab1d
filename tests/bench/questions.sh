#!/bin/bash
# questions.sh - find and path by HTTP, beside a bare answerer and without HTTP;
# and a drawing of 24 hosts.
#
# Usage: questions.sh [HOSTS]     (default: 10000)
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
# All of the collector but its main; the linker takes what is used.
[ -e "$build/collector/main.o" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
objects=("$build"/generated/*.o)
for object in "$build"/collector/*.o "$build"/collector/draw/*.o \
	"$build"/collector/rules/*.o; do
	[ "${object##*/}" = main.o ] || objects+=("$object")
done
mkdir -p "$build/bench"
flags="-std=c17 -O2 -I. -D_GNU_SOURCE"
# shellcheck disable=SC2086
${CC:-gcc} $flags -o "$build/bench/answerer" tests/bench/connections/answerer.c
# shellcheck disable=SC2046,SC2086
${CC:-gcc} $flags -o "$build/bench/questions" tests/bench/questions.c \
	tests/bench/fleet/model.c tests/bench/fleet/talk.c "${objects[@]}" \
	"$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs sqlite3 libpq libmicrohttpd gnutls zlib libzstd) -lm
port=$(python3 -c '
import socket
print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
"$build/bench/answerer" "$port" &
answerer=$!
trap 'kill $answerer' EXIT
for _ in $(seq 100); do
	(: > "/dev/tcp/127.0.0.1/$port") 2> /dev/null && break
	sleep .1
done
"$build/bench/questions" "$port" "${1:-10000}"
