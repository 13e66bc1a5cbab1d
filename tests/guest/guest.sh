#!/bin/bash
# guest.sh - runs a command under Debian's own kernel, in QEMU.
#
# For what this machine's kernel may lack (bonding, VLANs, Open vSwitch's
# datapath) and what no veth has: a driver, a bus address, a receive filter.
#
# The guest's root is this machine's root over 9p, read-only, below a tmpfs: so
# every program and library is there, and nothing the guest does is seen here.
# It has no network but the wires that -w makes: two PCI NICs joined to each
# other and to nothing else.  The kernel package is downloaded by apt and only
# unpacked; so is busybox.  Nothing is installed.
#
# Usage: guest.sh [-t SECONDS] [-m MiB] [-w NIC]... [-v] COMMAND [ARGUMENT...]
#        guest.sh -f           only fetches the kernel
#   -t  give up after so long (default 300); exit status 124
#   -w  a wire of NICs of this kind: e1000e virtio-net-pci vmxnet3
#   -v  the guest's console on stderr
# Exit status: the command's; 125 when the guest could not do its work.
# The cache is ${XDG_CACHE_HOME:-$HOME/.cache}/demarc-guest, about 500 MB.
set -u
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
CACHE=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/demarc-guest
LIMIT=300 MEMORY=768 VERBOSE='' FETCH=''
WIRES=0 NICS=()

die() {
	echo "guest.sh: $*" >&2
	exit 125
}

add_wire() { # kind of NIC
	local end
	for end in 0 1; do
		NICS+=(-netdev "hubport,id=w${WIRES}e$end,hubid=$WIRES" -device
			"$1,netdev=w${WIRES}e$end,mac=52:54:00:de:0$WIRES:0$end")
	done
	WIRES=$((WIRES + 1))
}

while getopts t:m:w:vf option; do
	case $option in
	t) LIMIT=$OPTARG ;;
	m) MEMORY=$OPTARG ;;
	w) add_wire "$OPTARG" ;;
	v) VERBOSE=yes ;;
	f) FETCH=yes ;;
	*) sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
if [ $# = 0 ] && [ -z "$FETCH" ]; then
	sed -n '2,/^set -u/s/^# \{0,1\}//p' "$0"
	exit 2
fi

# ---- what is fetched once --------------------------------------------------

unpack() { # package directory: as Debian has it, without installing it
	local work
	work=$(mktemp -d) || return 1
	(cd "$work" && apt-get -q download "$1" > log 2>&1) ||
		{ tail -n 3 "$work/log" >&2; rm -r "$work"; return 1; }
	mkdir -p "$2" && dpkg-deb -x "$work"/*.deb "$2"
	rm -r "$work"
}

fetch_kernel() {
	local package
	[ ! -e "$CACHE/version" ] || return 0
	package=$(apt-cache depends linux-image-amd64 |
		sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
	[ -n "$package" ] || die "apt knows no linux-image-amd64: apt-get update"
	rm -rf "$CACHE/kernel" "$CACHE/busybox"
	unpack "$package" "$CACHE/kernel" || die "no $package from apt"
	unpack busybox-static "$CACHE/busybox" || die "no busybox-static from apt"
	depmod -b "$CACHE/kernel" "${package#linux-image-}" || die "depmod failed"
	plain_kernel "$CACHE/kernel/boot/vmlinuz-${package#linux-image-}"
	echo "${package#linux-image-}" > "$CACHE/version"
}

# Entered by PVH the unpacked kernel starts at once; unpacking itself is half
# of the boot when every instruction is emulated.
plain_kernel() { # vmlinuz
	local at
	at=$(grep -obUaP '\xFD7zXZ\x00' "$1" | head -n 1 | cut -d: -f1)
	[ -n "$at" ] && tail -c "+$((at + 1))" "$1" | xz -dc 2> /dev/null \
		> "$CACHE/vmlinux"
	[ "$(head -c 4 "$CACHE/vmlinux" | tr -d '\177')" = ELF ] ||
		cp "$1" "$CACHE/vmlinux"
}

with_needs() { # module...: files of these and of those they need, needed first
	local module
	for module in "$@"; do
		grep "/$module\.ko:" "$MODULES/modules.dep" | tr -d : |
			tr ' ' '\n' | grep . | tac
	done | awk '!seen[$0]++'
}

make_initramfs() { # file
	local dir module
	dir=$(mktemp -d) || die "no temporary directory"
	mkdir "$dir"/{proc,sys,dev,host,top,new,modules}
	cp "$(find "$CACHE/busybox" -path "*bin/busybox" -type f)" "$dir/busybox"
	with_needs virtio_pci 9pnet_virtio 9p overlay | while read -r module; do
		cp "$MODULES/$module" "$dir/modules/"
		echo "${module##*/}" >> "$dir/modules/order"
	done
	cp "$HERE/init.sh" "$dir/init" && chmod 755 "$dir/init"
	archive "$dir" . | gzip -1 > "$1.new" && mv "$1.new" "$1"
	rm -r "$dir"
}

archive() { # directory what
	(cd "$1" && find "$2" | cpio --quiet -o -H newc)
}

# ---- one run ---------------------------------------------------------------

make_job() { # file command...: a second archive, with what this run does
	local file=$1 dir
	shift
	dir=$(mktemp -d) || die "no temporary directory"
	mkdir "$dir/job"
	printf 'VERSION=%q MODULES=%q\n' "$VERSION" "$MODULES" > "$dir/job/about"
	{
		printf 'cd %q || exit 125\n' "$PWD"
		printf 'export HOME=/root LC_ALL=C GUEST=yes BUILD=%q PATH=%q\n' \
			"${BUILD:-build}" "/usr/sbin:/usr/bin:/sbin:/bin"
		printf 'exec'
		printf ' %q' "$@"
	} > "$dir/job/command"
	archive "$dir" job > "$file"
	rm -r "$dir"
}

boot() { # initramfs console: the guest's second serial port is our stdout
	timeout -k 2 "$LIMIT" qemu-system-x86_64 -M q35 -accel tcg -cpu max \
		-m "$MEMORY" -nodefaults -no-user-config -display none -no-reboot \
		-nic none ${NICS[@]+"${NICS[@]}"} \
		-chardev stdio,id=out,signal=off -serial "file:$2" -serial chardev:out \
		-fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
		-device virtio-9p-pci,fsdev=root,mount_tag=host \
		-kernel "$CACHE/vmlinux" -initrd "$1" -append "console=ttyS0 quiet \
		loglevel=4 panic=-1 mitigations=off random.trust_cpu=on nokaslr" \
		< /dev/null 2> >(grep -v 'is not connected to host network' >&2)
}

run() { # command...
	local work status
	work=$(mktemp -d) || die "no temporary directory"
	make_job "$work/job" "$@"
	# Archives may follow one another; each starts at a multiple of four.
	cp "$CACHE/initramfs" "$work/initramfs"
	truncate -s %4 "$work/initramfs"
	cat "$work/job" >> "$work/initramfs"
	boot "$work/initramfs" "$work/console"
	status=$?
	[ -z "$VERBOSE" ] || cat "$work/console" >&2
	case $status in
	124 | 137)
		echo "guest.sh: given up after $LIMIT s" >&2
		status=124
		;;
	*)
		status=$(tr -d '\r' < "$work/console" |
			sed -n 's/.*GUEST-STATUS=\([0-9]*\).*/\1/p' | tail -n 1)
		[ -n "$status" ] || tail -n 5 "$work/console" >&2
		;;
	esac
	rm -r "$work"
	return "${status:-125}"
}

HERE=$(cd "$(dirname "$0")" && pwd)
for tool in qemu-system-x86_64 cpio xz depmod apt-get dpkg-deb; do
	command -v $tool > /dev/null || die "no $tool: tests/setup.sh guest"
done
mkdir -p "$CACHE"
fetch_kernel
VERSION=$(cat "$CACHE/version")
MODULES=$CACHE/kernel/lib/modules/$VERSION
[ -z "$FETCH" ] || exit 0
for part in "$0" "$HERE/init.sh"; do
	[ "$CACHE/initramfs" -nt "$part" ] || rm -f "$CACHE/initramfs"
done
[ -e "$CACHE/initramfs" ] || make_initramfs "$CACHE/initramfs"
run "$@"
