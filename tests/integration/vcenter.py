"""The stand-in for a vCenter (tests/vcenter) as a process of a test."""
import json
import os
import signal
import subprocess
import urllib.parse
import urllib.request

from world import BUILD, TREE, Process, program, until

USER, PASSWORD = "reader", "secret"


def certificate(folder, name, *hosts):
    """Makes a certificate that is its own authority; gives it and its key."""
    cert, key = (os.path.join(folder, name + end) for end in (".crt", ".key"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
         "-days", "2", "-subj", "/CN=" + name, "-addext", "subjectAltName=" +
         ",".join(hosts or ("IP:127.0.0.1",)), "-out", cert, "-keyout", key],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return cert, key


class VCenter:
    """One stand-in: what a test asks of it, tells it and lets it spoil."""

    def __init__(self, world, *options, name="vcenter", wait=30):
        subprocess.run([os.path.join(TREE, "tests/vcenter/build.sh")],
                       check=True, env=dict(os.environ, BUILD=BUILD))
        self.world, self.options, self.starts = world, list(options), 0
        self.dir = os.path.join(world.dir, name)
        os.makedirs(self.dir, exist_ok=True)
        self.process = self.url = self.control = None
        self.start(wait)

    def start(self, wait=30):
        """Starts it; again at the same address, as it was at first."""
        self.starts += 1
        # The simulator keeps the disks of its machines in files.
        self.process = self.world.keep(Process(
            [os.path.join(BUILD, "vcenter"), "-user", USER, "-password",
             PASSWORD, *self.options],
            os.path.join(self.dir, "log%d" % self.starts),
            dict(os.environ, TMPDIR=self.dir)))
        until("the stand-in says where it is", wait, lambda: (
            not self.process.running() or "control" in self.process.said()))
        assert self.process.running(), self.process.said()
        said = json.loads(self.process.said().splitlines()[0])
        if self.starts == 1:
            self.url, self.control = said["url"], said["control"]
            for key, url in (("-listen", self.url), ("-control", self.control)):
                self.options += [key, urllib.parse.urlsplit(url).netloc]

    def stop(self):
        return self.process.stop()

    def ask(self, path, /, **words):
        """Asks or orders something at the second address; see control.go."""
        url = self.control + path + "?" + urllib.parse.urlencode(words)
        method = "GET" if path in ("/truth", "/calls") else "POST"
        request = urllib.request.Request(url, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return answer.read()

    def truth(self):
        return json.loads(self.ask("/truth"))

    def calls(self):
        return json.loads(self.ask("/calls"))

    def do(self, op, /, **words):
        self.ask("/do", op=op, **words)

    def spoil(self, kind="", method="", count=1, text=""):
        self.ask("/spoil", kind=kind, method=method, count=count, text=text)

    def swap(self, old="", new=""):
        self.ask("/swap", old=old, new=new)

    def kill_sessions(self):
        self.ask("/kill")

    def paths(self):
        """What demarc is to say: name of a machine or kernel port -> legs."""
        told = {}
        truth = self.truth()
        for one in truth["machines"]:
            told[one["name"]] = expected(truth, one["host"], one["nics"])
        for one in truth["hosts"]:
            for port in one["kernel"]:
                told["%s %s" % (one["name"], port["name"])] = expected(
                    truth, one["name"], [port])
        return told


def team_of(group, nics):
    """The uplinks that a port group may not use, as a report names them."""
    allowed = group.get("active", []) + group.get("standby", [])
    return sorted({uplink_of(nic) for nic in nics
                   if nic["uplink"] not in allowed})


def uplink_of(nic):
    return "lag1" if nic["uplink"] == "lag1" else nic["name"]


def expected(truth, host, ports):
    """The legs of some ports of one host as sorted tuples."""
    legs = []
    for port in ports:
        group = port["in"]
        start = (host, port["mac"], group["name"], group.get("vlan"),
                 group.get("trunks"), group.get("primary"),
                 group.get("secondary"), group["switch"])
        out = [leg for leg in port["legs"] if leg["state"] != "unused"]
        for leg in out:
            heard = leg.get("neighbor") if leg["up"] else None
            legs.append(start + (
                leg["name"], leg["state"] if leg["up"] else "down",
                heard and heard["device"], heard and heard["port"]))
        if not out:
            legs.append(start + (None, None, None, None))
    return sorted(legs, key=str)


def legs_of(answer):
    """The legs of an answer of demarc path, as 'expected' has them."""
    legs = []
    for leg in answer.get("legs", []):
        group, pvlan = leg["port_group"], leg["port_group"].get("pvlan", {})
        nic = leg["nic"].get("name")
        near = leg["neighbor"] or {"switch": {}, "port": {}}
        legs.append((
            leg["host"]["name"], leg["vnic"]["mac"], group.get("name"),
            None if pvlan else group.get("vlan"), group.get("trunks"),
            pvlan.get("primary"), pvlan.get("secondary"),
            leg["vswitch"][0].get("name"), nic,
            leg["uplink"]["member_state"] if nic else None,
            near["switch"].get("name"), near["port"].get("name")))
    return sorted(legs, key=str)


class Vsphere:
    """demarc-vsphere, with a configuration and a state of its own."""

    def __init__(self, world, vcenter, collector, /, name="vsphere",
                 password=PASSWORD, **more):
        self.world, self.name = world, name
        self.dir = os.path.join(world.dir, name)
        os.makedirs(self.dir, exist_ok=True)
        secret = os.path.join(self.dir, "password")
        with open(secret, "w") as file:
            print(password, file=file)
        os.chmod(secret, 0o600)
        keys = {"vcenter": vcenter.url, "user": USER, "password_file": secret,
                "collector": collector.address, "hint_period": 10}
        keys.update(more)
        self.config = os.path.join(self.dir, "vsphere.conf")
        self.configure(self.config, keys)
        self.keys = keys
        self.process = None
        self.start()

    @staticmethod
    def configure(path, keys):
        with open(path, "w") as file:
            for key, value in keys.items():
                print(key, "=", value, file=file)

    def start(self):
        self.process = self.world.keep(Process(
            [program("demarc-vsphere"), "--config", self.config],
            os.path.join(self.dir, "log")))

    def once(self):
        """The reports that another one prints, and ends."""
        config = os.path.join(self.dir, "once.conf")
        self.configure(config, {key: value for key, value in self.keys.items()
                                if key != "collector"})
        answer = subprocess.run(
            [program("demarc-vsphere"), "--once", "--config", config],
            check=True, timeout=30, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def kill(self):
        if self.process.running():
            self.process.stop(signal.SIGKILL)

    def said(self):
        return self.process.said()

    def pids(self, children=True):
        """Its own number, and those of the processes that it started."""
        pids = [self.process.pid]
        listed = "/proc/%d/task/%d/children" % (pids[0], pids[0])
        if children and os.path.exists(listed):
            with open(listed) as file:
                pids += [int(pid) for pid in file.read().split()]
        return pids

    def peak_kib(self, children=False):
        """The most memory that it ever had."""
        total = 0
        for pid in self.pids(children):
            with open("/proc/%d/status" % pid) as file:
                total += next(int(line.split()[1]) for line in file
                              if line.startswith("VmHWM:"))
        return total

    def cpu_s(self):
        """The processor time that it and its children took so far."""
        total = 0
        for pid in self.pids():
            for task in os.listdir("/proc/%d/task" % pid):
                with open("/proc/%d/task/%s/schedstat" % (pid, task)) as file:
                    total += int(file.read().split()[0])
        return total / 1e9
