#!/busybox sh
# shellcheck shell=dash
# init.sh - process 1 of the guest: this machine's root below a tmpfs, then
# the command of the run.
b=/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
# shellcheck disable=SC1091
. /job/about

fail() {
	echo "guest: $*"
	$b poweroff -f
}

for module in $($b cat /modules/order); do
	$b insmod "/modules/$module" || echo "guest: no module $module"
done
$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=262144 \
	host /host || fail "the host's files are not there"
$b mount -t tmpfs -o mode=755 top /top
$b mkdir /top/upper /top/work
$b mount -t overlay -o lowerdir=/host,upperdir=/top/upper,workdir=/top/work \
	root /new || fail "no overlay"
for dir in proc sys dev; do $b mount --move /$dir /new/$dir; done
$b mkdir -p /new/dev/pts /new/dev/shm "/new/lib/modules/$VERSION"
$b mount -t devpts pts /new/dev/pts
$b mount -t tmpfs -o mode=1777 shm /new/dev/shm
$b mount -t tmpfs -o mode=755 run /new/run
$b mount --bind "/new$MODULES" "/new/lib/modules/$VERSION"
$b mkdir -p /new/run/lock /new/run/job
$b cp /job/command /busybox /new/run/job/
$b cat > /new/run/job/start <<-'END'
	ln -s /proc/self/fd /dev/fd
	hostname guest
	ip link set lo up
	modprobe -q tun
	# what the command says goes raw to the second serial port
	/run/job/busybox stty -F /dev/ttyS1 raw -echo
	/bin/bash /run/job/command < /dev/null > /dev/ttyS1 2>&1
	echo "GUEST-STATUS=$?" > /dev/ttyS0
	/run/job/busybox stty -F /dev/ttyS1 > /dev/null 2>&1 # drains it
	/run/job/busybox poweroff -f
END
exec $b switch_root /new /bin/sh /run/job/start
