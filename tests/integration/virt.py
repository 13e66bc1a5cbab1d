"""A real libvirtd on a node, with its files in that node's folder alone."""
import os
import signal
import subprocess

from world import until

# Nothing that a service of the machine would bring: no other user, no control
# groups, no log daemon.
QEMU_CONF = """user = "root"
group = "root"
stdio_handler = "file"
security_driver = "none"
cgroup_controllers = [ ]
namespaces = [ ]
remember_owner = 0
"""
LIBVIRTD_CONF = """auth_unix_ro = "none"
auth_unix_rw = "none"
"""
# libvirtd does not start without the user that one more package would make.
USER = {"passwd": "libvirt-qemu:x:64055:64055::/:/usr/sbin/nologin\n",
        "group": "libvirt-qemu:x:64055:\n"}
FOLDERS = {"etc": "/etc/libvirt", "lib": "/var/lib/libvirt",
           "log": "/var/log/libvirt", "cache": "/var/cache/libvirt"}
DOMAIN = """<domain type='qemu'><name>%s</name><uuid>%s</uuid>
<memory unit='MiB'>16</memory><vcpu>1</vcpu>
<os><type arch='x86_64' machine='pc'>hvm</type></os><features><acpi/></features>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator>
<controller type='usb' model='none'/><memballoon model='none'/>
%s</devices></domain>"""


class Libvirt:
    """libvirtd and virsh; close() is the world's, which ends what runs in
    the node's namespace, the machines too."""

    def __init__(self, node):
        self.node, self.process = node, None
        self.dir = os.path.join(node.dir, "libvirt")
        for folder in FOLDERS:
            os.makedirs(os.path.join(self.dir, folder))
        for name, text in (("qemu.conf", QEMU_CONF),
                           ("libvirtd.conf", LIBVIRTD_CONF)):
            with open(os.path.join(self.dir, "etc", name), "w") as file:
                file.write(text)
        for name, line in USER.items():
            with open(os.path.join("/etc", name)) as file:
                text = file.read()
            with open(os.path.join(self.dir, name), "w") as file:
                file.write(text if "libvirt-qemu:" in text else text + line)

    def start(self):
        """In a mount namespace of its own, on folders of its own."""
        binds = " && ".join(
            ["mount -t tmpfs none " + os.path.dirname(place)
             for folder, place in FOLDERS.items() if folder != "etc"] +
            ["mkdir -p %s && mount --bind %s/%s %s" %
             (place, self.dir, folder, place)
             for folder, place in FOLDERS.items()] +
            ["mount --bind %s/%s /etc/%s" % (self.dir, name, name)
             for name in USER])
        self.process = self.node.start(
            "libvirtd", "sh", "-c", binds +
            " && exec libvirtd -f /etc/libvirt/libvirtd.conf")
        self.ready()

    def ready(self):
        until("libvirtd answers", 10, lambda: self.call(
            "list", check=False).returncode == 0 or
            not self.process.running())
        assert self.process.running(), self.process.said()

    def stop(self, number=signal.SIGTERM):
        return self.process.stop(number)

    def call(self, *words, check=True, **more):
        """Runs virsh; the socket is the node's."""
        socket = os.path.join(self.node.dir, "run/libvirt/libvirt-sock")
        answer = subprocess.run(
            ["virsh", "-q", "-c", "qemu:///system?socket=" + socket, *words],
            text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=60, check=False, **more)
        assert not check or answer.returncode == 0, answer.stderr
        return answer

    def file(self, name, xml):
        path = os.path.join(self.dir, name + ".xml")
        with open(path, "w") as file:
            file.write(xml)
        return path

    def network(self, name, xml):
        self.call("net-create", self.file(
            "net-" + name, "<network><name>%s</name>%s</network>" %
            (name, xml)))

    def machine(self, name, uuid, *interfaces):
        return self.file(name, DOMAIN % (name, uuid, "\n".join(interfaces)))
