#!/bin/bash
# decode.sh - decoding against a TLV walk, `read --json` against tcpdump and tshark.
#
# Usage: decode.sh [BUILD]          (default: $BUILD, else build)
#
# In one run: ns of decoding a frame in process, then whole programs on one file
# of 500,000 frames, made by cycling well-formed LLDP and CDP frames: those of
# $DEMARC_CORPUS, else the ones in tests/frames.  FRAMES=N and
# ROUNDS=N change the size and the number of rounds.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-${BUILD:-build}}
agent=$build/demarc-agent
corpus=${DEMARC_CORPUS:-none}
[ -x "$agent" ] || { echo "decode.sh: $agent is missing; run make" >&2; exit 2; }
captures=("$corpus/cdp.pcap" "$corpus/lldp.pcap")
if [ ! -r "${captures[0]}" ]; then
	echo "DEMARC_CORPUS names no captures: the frames of tests/frames instead"
	captures=(tests/frames/cdp/switches.pcap tests/frames/lldp/switches.pcap
		tests/frames/lldp/stations.pcap)
fi

mkdir -p "$build/bench"
objects=()
for f in decode ethernet cdp cdp_tlvs edp fdp sonmp checksum savefile; do
	objects+=("$build/agent/$f.o")
done
# shellcheck disable=SC2046
${CC:-gcc} -std=c17 -O2 -I. -D_GNU_SOURCE -o "$build/bench/decode" \
	tests/bench/decode.c "${objects[@]}" "$build"/agent/lldp*.o \
	"$build/libreport.a" "$build/libbase.a" $(pkg-config --libs libpcap)
"$build/bench/decode" "${captures[@]}"
exec python3 tests/bench/programs.py "$agent" "${captures[@]}"
