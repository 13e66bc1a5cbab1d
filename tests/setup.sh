#!/bin/bash
# setup.sh - installs what demarc needs on Debian 12 and is not there yet.
#
# Usage: setup.sh [GROUP...]        (without a group: all of them)
#   build    compiler and libraries          make
#   tests    unit tests, fuzzing, lint        make unit, make lint
#   demo     what the lab is made of          make demo, make integration
#   vcenter  Go and a simulator of vSphere    make integration
#   libvirt  libvirt's daemon and QEMU        make integration
#   contract Node.js, validators of OpenAPI   make integration
#   draw     what opens drawings              make integration
#   guest    QEMU for Debian's own kernel     make guest
#   browser  Chromium, Node.js                make browser
#   font     the page's hand font, if npm is there; without it the page uses one
#            of the reader's system
#
# Works as root or through sudo.  Says what it installs; says nothing and takes
# a moment when everything is there.  Services that come with a package that
# it had to install are neither started nor enabled: the lab runs them itself,
# in namespaces of its own.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)

# One line a package; "package=command" is content with the command from
# wherever it came.
packages() { # group
	case $1 in
	build) echo make=make gcc=gcc libc6-dev pkg-config=pkg-config \
		libpcap-dev libmnl-dev libcurl4-openssl-dev \
		libmicrohttpd-dev libgnutls28-dev libsqlite3-dev libpq-dev \
		zlib1g-dev libzstd-dev libfreetype-dev librsvg2-dev \
		libvirt-dev libxml2-dev ;;
	tests) echo check clang=clang libclang-rt-14-dev \
		clang-format=clang-format clang-tidy=clang-tidy \
		cppcheck=cppcheck shellcheck=shellcheck python3=python3 graphviz=dot \
		tcpdump=tcpdump tshark=tshark curl=curl postgresql-15 ;;
	demo) echo iproute2=ip util-linux=unshare python3=python3 \
		python3-jsonschema python3-yaml python3-prometheus-client \
		lldpd=lldpd ladvd=ladvd openvswitch-switch=ovs-vswitchd ;;
	libvirt) echo libvirt-daemon=libvirtd libvirt-daemon-driver-qemu \
		libvirt-clients=virsh qemu-system-x86=qemu-system-x86_64 ;;
	vcenter) echo golang-go=go golang-github-vmware-govmomi-dev \
		openssl=openssl ;;
	guest) echo qemu-system-x86=qemu-system-x86_64 cpio=cpio \
		libteam-utils=teamd ethtool=ethtool \
		xz-utils=xz kmod=modprobe iproute2=ip ;;
	contract) echo nodejs=node npm=npm ;;
	draw) echo graphviz=dot libvisio-tools=vsd2xhtml unzip=unzip \
		libxml2-utils=xmllint python3-networkx chromium=chromium \
		nodejs=node npm=npm ;;
	font) ;;
	browser) echo chromium=chromium chromium-driver=chromedriver \
		nodejs=node npm=npm libxml2-utils=xmllint \
		poppler-utils=pdftotext ;;
	*)
		echo "setup.sh: no group \"$1\"; there are: build tests demo" \
			"vcenter libvirt contract draw guest browser font" >&2
		exit 2
		;;
	esac
}

# Some of these commands live where only root's PATH looks.
PATH=$PATH:/usr/sbin:/sbin

installed() { # package
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2> /dev/null)" = \
		installed ]
}

missing() { # group...: prints the packages that are not there
	local group entry
	for group in "$@"; do
		for entry in $(packages "$group"); do
			case $entry in
			*=*) command -v "${entry#*=}" > /dev/null && continue ;;
			*) installed "$entry" && continue ;;
			esac
			echo "${entry%%=*}"
		done
	done | sort -u
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Keeps packages from starting their services while they are installed.
quietly_install() { # package...
	local policy=/usr/sbin/policy-rc.d ours='' rc=0
	if [ ! -e $policy ]; then
		ours=yes
		# Interrupted, it must not keep others' services down for good.
		trap 'as_root rm -f /usr/sbin/policy-rc.d; exit 1' INT TERM
		printf '#!/bin/sh\nexit 101\n' | as_root tee $policy > /dev/null
		as_root chmod 755 $policy
	fi
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o Dpkg::Use-Pty=0 --no-install-recommends install "$@" \
		>> "$log" 2>&1 || rc=$?
	[ -z "$ours" ] || as_root rm -f $policy
	trap - INT TERM
	return $rc
}

# A service that we brought in stays off after the next boot, too.
disable_services() { # package...
	local package
	[ -d /run/systemd/system ] || return 0
	for package in "$@"; do
		case $package in
		lldpd | ladvd | openvswitch-switch) ;;
		postgresql-*) package=postgresql ;;
		*) continue ;;
		esac
		as_root systemctl --quiet disable "$package" >> "$log" 2>&1 ||
			echo "setup: the service $package is enabled;" \
				"'systemctl disable $package' turns it off"
	done
}

install_packages() { # package...
	if [ "$(id -u)" != 0 ] && ! command -v sudo > /dev/null; then
		echo "setup: missing: $*" >&2
		echo "setup: become root and type: apt-get install $*" >&2
		exit 1
	fi
	command -v apt-get > /dev/null || {
		echo "setup: this is not Debian (no apt-get);" \
			"install what stands for: $*" >&2
		exit 1
	}
	log=$(mktemp)
	echo "setup: installing $*"
	if ! as_root apt-get -q update >> "$log" 2>&1 ||
		! quietly_install "$@"; then
		tail -n 20 "$log" >&2
		echo "setup: apt-get could not install: $*" >&2
		rm -f "$log"
		exit 1
	fi
	disable_services "$@"
	rm -f "$log"
}

# What the tests of a folder take from npm, as their lock file names it.
node_packages() { # folder [what]
	local dir=$here/$1 how=ci stamp
	stamp=$dir/node_modules/.package-lock.json
	[ -e "$dir/package.json" ] || return 0
	[ -e "$stamp" ] && [ ! "$dir/package.json" -nt "$stamp" ] && return 0
	[ -e "$dir/package-lock.json" ] || how=install
	echo "setup: fetching ${2:-what tests/$1 needs}"
	(cd "$dir" && npm "$how" --silent --no-audit --no-fund) || {
		echo "setup: npm $how failed in tests/$1" >&2
		return 1
	}
	mkdir -p "$dir/node_modules"
	touch "$stamp"
}

[ $# -gt 0 ] || set -- build tests demo vcenter libvirt contract draw \
	guest browser
for group in "$@"; do packages "$group" > /dev/null; done
list=$(missing "$@")
# shellcheck disable=SC2086
[ -z "$list" ] || install_packages $list
case " $* " in
*" contract "*) node_packages contract ;;
esac
case " $* " in
*" draw "*) node_packages draw && node_packages browser ;;
esac
case " $* " in
*" browser "*) node_packages browser ;;
*" font "*)
	if command -v npm > /dev/null &&
		! node_packages browser "the page's hand font"; then
		echo "setup: the page will use a font of the reader's system"
	fi
	;;
esac
