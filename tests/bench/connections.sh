#!/bin/bash
# connections.sh - what connections cost a collector, beside a bare answerer.
#
# Three servers on loopback, of the bench's own: the answerer, a collector, and
# one with TLS (ECDSA P-256) and a database of its own; all are gone at the end.
set -eu
cd "$(dirname "$0")/../.."
build=${BUILD:-build}
[ -e "$build/demarc-collector" ] ||
	{ echo "${0##*/}: $build is not built; run make" >&2; exit 2; }
ulimit -S -n "$(ulimit -H -n)" # the answerer needs 2,000
mkdir -p "$build/bench"
flags="-std=c17 -O2 -I. -D_GNU_SOURCE"
# shellcheck disable=SC2086
${CC:-gcc} $flags -o "$build/bench/answerer" tests/bench/connections/answerer.c
# shellcheck disable=SC2046,SC2086
${CC:-gcc} $flags -o "$build/bench/connections" \
	tests/bench/connections/main.c tests/bench/connections/shake.c \
	tests/bench/fleet/beats.c tests/bench/fleet/model.c \
	tests/bench/fleet/post.c \
	tests/bench/fleet/talk.c "$build/libreport.a" "$build/libbase.a" \
	$(pkg-config --libs gnutls) -lpthread
dir=$(mktemp -d "${TMPDIR:-/tmp}/demarc-connections.XXXXXX")
pids=()
finish() {
	[ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2> /dev/null || :
	wait
	rm -rf "$dir"
}
trap finish EXIT

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
	-subj /CN=demarc -keyout "$dir/key" -out "$dir/certificate" 2> /dev/null
chmod 600 "$dir/key"
# Three that are free now.
ports=$(python3 -c '
import socket
open = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(s.getsockname()[1] for s in open))')
read -r bare plain tls <<< "$ports"

start() { # command...
	"$@" &
	pids+=($!)
}

collector() { # name port option...
	local name=$1 port=$2
	shift 2
	start "$build/demarc-collector" --database "$dir/$name" \
		--listen "127.0.0.1:$port" --connections_per_address 10000 \
		--log_level warning "$@"
}

start "$build/bench/answerer" "$bare"
collector plain "$plain"
collector tls "$tls" --tls_certificate "$dir/certificate" \
	--tls_key "$dir/key" --tls_tickets "$dir/tickets"
for port in "$bare" "$plain" "$tls"; do
	for _ in $(seq 100); do
		(: > "/dev/tcp/127.0.0.1/$port") 2> /dev/null && break
		sleep .1
	done
done
"$build/bench/connections" "${pids[0]}" "$bare" "${pids[1]}" "$plain" \
	"${pids[2]}" "$tls"
