#!/bin/bash
# run.sh - make guest: what only another kernel or a real driver can show.
#
# One boot of Debian's kernel does it all; see inside.py.
set -u
cd "$(dirname "$0")/../.." || exit 1

if [ "$(uname -m)" != x86_64 ]; then
	echo "SKIP guest: QEMU's machine and the kernel are for x86_64"
	echo "guest: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
tests/setup.sh build demo guest || exit 1
python=$(python3 -c 'import sys; print(sys.executable)') || exit 1
exec tests/guest/guest.sh -t 1200 -m 1024 \
	-w e1000e -w virtio-net-pci -w vmxnet3 \
	"$python" -B tests/integration/run.py --name guest --in tests/guest \
	inside virtual legs mlag tagged
