# shellcheck shell=bash
# lib.sh - machines made of namespaces; sourced by lab.sh and demo.sh.
#
# A node is a network namespace with a hostname, a /run and a machine id of its
# own, all below $LAB_DIR/NODE.  Processes in it are known by number: what
# "start" started, and what the kernel says is inside the namespace.  Nothing
# else on the machine is ever touched.
#
# The caller sets LAB (a name for all of it) and LAB_DIR.

die() {
	echo "$(basename "$0"): $*" >&2
	exit 1
}

namespace() { echo "$LAB-$1"; } # node

nodes() { # the nodes there are
	[ ! -d /run/netns ] || find /run/netns -name "$LAB-*" -printf '%f\n' |
		sed "s/^$LAB-//" | sort -V
}

node_add() { # node...
	local node
	for node in "$@"; do
		mkdir -p "$LAB_DIR/$node/run"
		echo "netns add $(namespace "$node")"
	done | ip -batch - || die "no network namespaces: is this root?"
	for node in "$@"; do
		echo "demarc lab $LAB $node" | md5sum | cut -c 1-32 \
			> "$LAB_DIR/$node/machine-id"
		echo "link set lo up" | ip -n "$(namespace "$node")" -batch -
	done
}

# Becomes a command inside a node; $! of "enter node command &" is its number.
enter() { # node command...
	local node=$1
	shift
	# shellcheck disable=SC2016
	exec ip netns exec "$(namespace "$node")" \
		unshare --mount --uts --propagation private \
		sh -c '{ [ ! -e /etc/machine-id ] ||
				mount --bind "$1/machine-id" /etc/machine-id; } &&
			mount --rbind "$1/run" /run &&
			hostname "$2" && shift 2 && exec "$@"' \
		sh "$LAB_DIR/$node" "$node" "$@"
}

# Starts a daemon once.  Its words go through a pipe to NAME.log, since ladvd
# forbids itself to write to files.
start() { # node name command...
	local node=$1 name=$2 pid=$LAB_DIR/$1/$2.pid
	shift 2
	if [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2> /dev/null; then
		return
	fi
	(enter "$node" "$@") < /dev/null \
		> >(exec cat >> "$LAB_DIR/$node/$name.log" 2> /dev/null) 2>&1 &
	echo $! > "$pid"
}

stop() { # node name [signal]
	local pid
	pid=$(cat "$LAB_DIR/$1/$2.pid" 2> /dev/null) || return 0
	rm -f "$LAB_DIR/$1/$2.pid"
	kill "-${3:-TERM}" "$pid" 2> /dev/null || return 0
	gone 50 "$pid" || kill -KILL "$pid"
}

gone() { # tenths-of-a-second pid...: waits until none of them is there
	local tries=$1 pid left
	shift
	while :; do
		left=
		for pid in "$@"; do
			[ ! -d "/proc/$pid" ] || left=yes
		done
		[ -n "$left" ] || return 0
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.1
	done
}

processes() { # node...: the numbers of all that runs in them
	local node
	for node in "$@"; do
		ip netns pids "$(namespace "$node")" 2> /dev/null
	done
}

# Ends everything and removes everything: politely, then for good.
lab_remove() {
	local node list signal
	mapfile -t list < <(nodes)
	for signal in TERM KILL; do
		# shellcheck disable=SC2046
		set -- $(processes "${list[@]}")
		[ $# -gt 0 ] || break
		kill -$signal "$@" 2> /dev/null
		gone 30 "$@"
	done
	for node in "${list[@]}"; do
		ip netns del "$(namespace "$node")"
	done
	case $LAB_DIR in /*/*) rm -rf "$LAB_DIR" ;; esac
}
