#!/bin/bash
# run.sh - make integration: the programs in network namespaces.
#
# Needs root and the right to make namespaces; says so and skips without.
# TESTS="test_changes test_judge.OwnFrames" runs only those, JOBS=1 one after the
# other.
set -u
cd "$(dirname "$0")/../.." || exit 1
PATH=$PATH:/usr/sbin:/sbin

skip() {
	echo "SKIP integration: $*"
	echo "integration: 0 passed, 0 failed, 1 skipped"
	exit 0
}

[ "$(id -u)" = 0 ] || skip "network namespaces need root; try sudo make integration"
probe=demarc-probe-$$
ip netns add $probe 2> /dev/null || skip "this machine allows no network namespaces"
ip netns del $probe
tests/setup.sh build demo font vcenter libvirt contract || exit 1
# The modules that hold documents against their schemas are Debian's: another
# python3 on the PATH may not have them.
python=python3
$python -c 'import jsonschema, yaml, prometheus_client' 2> /dev/null || python=/usr/bin/python3
# shellcheck disable=SC2086
exec $python -B tests/integration/side_by_side.py ${TESTS:-}
