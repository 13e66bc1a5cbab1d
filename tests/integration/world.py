"""Small worlds for tests: nodes, wires, agents and collectors.

A world stands on tests/lab/lab.sh: its nodes are namespaces with a /run, a
hostname and a machine id of their own.  close() ends all processes that it
started, by their numbers, and removes all that it made.
"""
import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from stores import database_of_test

TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
BUILD = os.path.join(TREE, os.environ.get("BUILD", "build"))
LAB = os.path.join(TREE, "tests/lab/lab.sh")
HERE = os.path.dirname(os.path.abspath(__file__))
# Until a program is there; in the guest every instruction is emulated.
START_S = 30 if os.environ.get("GUEST") else 5
_count = 0
_programs = None


def program(name):
    """The program's copy in a place that every user may enter: the agent
    gives up root before it starts demarc-deliver."""
    global _programs
    if not _programs:
        _programs = tempfile.mkdtemp(prefix="demarc-programs-")
        atexit.register(shutil.rmtree, _programs)
        os.chmod(_programs, 0o755)
        for one in ("demarc", "demarc-agent", "demarc-deliver",
                    "demarc-collector", "demarc-libvirt",
                    "demarc-vsphere"):
            if os.path.exists(os.path.join(BUILD, one)):
                shutil.copy(os.path.join(BUILD, one), _programs)
    return os.path.join(_programs, name)


def until(what, seconds, ask, pause=0.05):
    """Asks until the answer is true and gives it; fails with the last one."""
    end = time.time() + seconds
    while True:
        answer = ask()
        if answer:
            return answer
        if time.time() > end:
            raise AssertionError(
                "not within %.1f s: %s (last answer: %r)" %
                (seconds, what, answer))
        time.sleep(pause)


def sender_of(neighbor):
    """The name that the sender gives itself; in CDP that is the device id."""
    return neighbor.get("system_name") or neighbor["chassis_id"]["value"]


class Process:
    """A program that runs, and the file with what it says."""

    def __init__(self, argv, log, env=None):
        self.log = log
        with open(log, "ab") as out:
            self.popen = subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env=env)
        self.pid = self.popen.pid

    def running(self):
        return self.popen.poll() is None

    def said(self):
        with open(self.log, errors="replace") as file:
            return file.read()

    def tell(self, number):
        if self.running():
            os.kill(self.pid, number)

    def stop(self, number=signal.SIGTERM):
        """Ends it; gives its exit status."""
        self.tell(number)
        try:
            return self.popen.wait(5)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
            raise AssertionError("%s did not end" % self.log) from None

    def rss_kib(self, what="VmRSS"):
        with open("/proc/%d/status" % self.pid) as file:
            for line in file:
                if line.startswith(what + ":"):
                    return int(line.split()[1])
        return 0

    def most_kib(self):
        """The most that it ever had resident."""
        return self.rss_kib("VmHWM")


class Node:
    """A machine: a network namespace of its own."""

    def __init__(self, world, name):
        self.world, self.name = world, name
        self.namespace = "%s-%s" % (world.lab, name)
        self.dir = os.path.join(world.dir, name)
        self._sender = None

    def ip(self, *commands):
        """Runs ip commands here, all in one go."""
        subprocess.run(["ip", "-n", self.namespace, "-batch", "-"],
                       input="\n".join(commands), text=True, check=True)

    def pids(self):
        """The numbers of all processes that run here."""
        said = subprocess.run(["ip", "netns", "pids", self.namespace],
                              text=True, check=True, stdout=subprocess.PIPE)
        return [int(pid) for pid in said.stdout.split()]

    def argv(self, *command):
        return [LAB, "exec", self.name, *command]

    def run(self, *command, timeout=20):
        """Runs a command to its end; gives its exit status and its words."""
        return subprocess.run(
            self.argv(*command), env=self.world.env, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=timeout)

    def start(self, name, *command):
        log = os.path.join(self.dir, name + ".log")
        return self.world.keep(
            Process(self.argv(*command), log, self.world.env))

    def send(self, nic, frame, *more):
        """Sends one frame; gives the time when it was on the wire."""
        if not self._sender:
            self._sender = subprocess.Popen(
                self.argv(sys.executable, os.path.join(HERE, "sender.py")),
                env=self.world.env, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE)
            self.world.senders.append(self._sender)
        print(nic, frame.hex(), *more, file=self._sender.stdin)
        self._sender.stdin.flush()
        answer = self._sender.stdout.readline()
        if not answer or answer.startswith("failed"):
            raise AssertionError("%s %s: %s" % (self.name, nic, answer))
        return float(answer)

    def flood(self, nic, frame, seconds):
        """Sends one frame as often as it can."""
        self.send(nic, frame, str(seconds))

    def open_vswitch(self):
        """Starts one here; gives what runs its ovs-vsctl."""
        home = os.path.join(self.dir, "run/openvswitch")
        os.makedirs(home, exist_ok=True)
        subprocess.run(["ovsdb-tool", "create", home + "/conf.db",
                        "/usr/share/openvswitch/vswitch.ovsschema"],
                       check=True)
        self.start("ovsdb", "ovsdb-server", "/run/openvswitch/conf.db",
                   "--remote=punix:/run/openvswitch/db.sock",
                   "--unixctl=/run/openvswitch/ovsdb.ctl")
        until("ovsdb-server answers", 10,
              lambda: os.path.exists(home + "/db.sock"))
        self.start("vswitchd", "ovs-vswitchd",
                   "unix:/run/openvswitch/db.sock",
                   "--unixctl=/run/openvswitch/vswitchd.ctl")

        def run(*words):
            subprocess.run(["ovs-vsctl", "--timeout=30",
                            "--db=unix:%s/db.sock" % home, *words],
                           check=True)
        return run

    def lldpd(self, *options, config=()):
        """The real lldpd, with lines for its configuration."""
        run = os.path.join(self.dir, "run")
        os.makedirs(os.path.join(run, "lldpd"), exist_ok=True)
        with open(os.path.join(run, "lldpd.conf"), "w") as file:
            for line in ("system hostname %s" % self.name,
                         "lldp tx-interval 1", "lldp portidsubtype ifname",
                         *config):
                print("configure", line, file=file)
        return self.start("lldpd", "lldpd", "-d", "-O", "/run/lldpd.conf",
                          *options)


class Agent:
    """demarc-agent on a node, with its own state and configuration."""

    def __init__(self, node, collector=None, nic="e*", **more):
        self.node = node
        self.dir = os.path.join(node.dir, "agent")
        os.makedirs(self.dir, exist_ok=True)
        os.chmod(self.dir, 0o777)
        self.config = os.path.join(self.dir, "agent.conf")
        self.socket = os.path.join(self.dir, "control.sock")
        keys = {"nic": nic, "control_socket": self.socket,
                "state_directory": os.path.join(self.dir, "state")}
        if collector:
            keys["collector"] = collector
        if not os.path.exists("/etc/machine-id"):  # as in many containers
            with open(os.path.join(node.dir, "machine-id")) as file:
                keys["host_id"] = file.read().strip()
        keys.update(more)
        with open(self.config, "w") as file:
            for key, value in keys.items():
                if value is not None:
                    print(key, "=", value, file=file)
        self.process = None
        self.start()

    def start(self):
        self.process = self.node.start(
            "agent", program("demarc-agent"), "--config", self.config)
        until("the agent of %s listens on its control socket" %
              self.node.name, START_S, lambda: not self.process.running() or
              os.path.exists(self.socket))
        assert self.process.running(), self.process.said()

    def argv(self, *words):
        """demarc-agent WORDS... with the configuration of this agent."""
        return [program("demarc-agent"), words[0], "--config", self.config,
                *words[1:]]

    def command(self, *words, timeout=20):
        """Runs demarc-agent WORDS... on the same node."""
        return self.node.run(*self.argv(*words), timeout=timeout)

    def cpu_ns(self):
        """What the scheduler counted for it."""
        with open("/proc/%d/schedstat" % self.process.pid) as file:
            return int(file.read().split()[0])

    def packet_sockets(self):
        """Those in its namespace; nobody else there has any."""
        with open("/proc/%d/net/packet" % self.process.pid) as file:
            return len(file.readlines()) - 1

    def show(self):
        answer = self.command("show", "--json")
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)

    def said(self):
        return self.process.said()


class Collector:
    """demarc-collector on a unix socket and a loopback port."""

    def __init__(self, world, name="collector", database=None, **more):
        self.world = world
        self.dir = os.path.join(world.dir, name)
        os.makedirs(self.dir, exist_ok=True)
        os.chmod(self.dir, 0o777)
        self.database = database or database_of_test(self.dir)
        self.socket = os.path.join(self.dir, "api.sock")
        self.address = "unix:" + self.socket
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.config = os.path.join(self.dir, "collector.conf")
        with open(self.config, "w") as file:
            print("listen = 127.0.0.1:%d, %s" % (self.port, self.address),
                  file=file)
            print("database =", self.database, file=file)
            for key in ("tokens", "tls_tickets"):
                print(key, "=", os.path.join(self.dir, key), file=file)
            for key, value in more.items():
                print(key, "=", value, file=file)
        self.process = None
        self.start()

    def start(self):
        self.process = self.world.keep(Process(
            [program("demarc-collector"), "--config", self.config],
            os.path.join(self.dir, "collector.log")))
        until("the collector answers", START_S, lambda: (
            not self.process.running() or self.ready()))
        assert self.process.running(), self.process.said()

    def ready(self):
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def stop(self):
        return self.process.stop()

    def request(self, octets, wait=5):
        """Sends these octets as they are; gives all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), wait) as talk:
            try:
                talk.sendall(octets)
            except ConnectionError:
                pass  # it had heard enough; its answer may be there
            answer = b""
            while True:
                try:
                    more = talk.recv(65536)
                except (ConnectionError, TimeoutError):
                    return answer
                if not more:
                    return answer
                answer += more

    def ask(self, method, path, body=b"", kind="application/json", **headers):
        """One request; gives status, headers and body of the answer."""
        head = "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" % (
            method, path)
        if body or method == "POST":
            head += "Content-Length: %d\r\n" % len(body)
            if kind:
                head += "Content-Type: %s\r\n" % kind
        for name, value in headers.items():
            head += "%s: %s\r\n" % (name.replace("_", "-"), value)
        answer = self.request(head.encode() + b"\r\n" + body)
        top, _, rest = answer.partition(b"\r\n\r\n")
        lines = top.decode(errors="replace").split("\r\n")
        found = dict(line.lower().split(": ", 1) for line in lines[1:])
        status = lines[0].split(" ")
        return int(status[1]) if len(status) > 1 else 0, found, rest

    def get(self, path):
        status, _, body = self.ask("GET", path)
        return status, body

    def json(self, path):
        status, body = self.get(path)
        assert status == 200, "%s: %d %s" % (path, status, body)
        return json.loads(body)

    def demarc(self, *words):
        """Runs the command line against this collector."""
        return subprocess.run(
            [program("demarc"), words[0], "--collector", self.address,
             *words[1:]], text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=10)

    def find(self, *words):
        """The first hit of demarc find --json, or an empty one."""
        answer = self.demarc("find", "--json", " ".join(words))
        assert answer.returncode in (0, 1), answer.stderr
        hits = json.loads(answer.stdout)["hits"]
        return hits[0] if hits else {}

    def answer(self, *words):
        return self.find(*words).get("answer")


class World:
    """Nodes and wires that know nothing of the rest of the machine."""

    def __init__(self):
        global _count
        _count += 1
        self.lab = "demarc-t%d-%d" % (os.getpid(), _count)
        self.dir = tempfile.mkdtemp(prefix="demarc-test-")
        os.chmod(self.dir, 0o755)
        self.env = dict(os.environ, LAB=self.lab, LAB_DIR=self.dir)
        self.processes, self.senders = [], []
        atexit.register(self.close)  # Ctrl-C skips what a test would clean

    def keep(self, process):
        self.processes.append(process)
        return process

    @staticmethod
    def name_of(pid):
        with open("/proc/%d/comm" % pid) as file:
            return file.read().strip()

    def lab_do(self, *words, **env):
        subprocess.run([LAB, *words], env=dict(self.env, **env), check=True,
                       stdin=subprocess.DEVNULL)

    def nodes(self, *names):
        self.lab_do("node", *names)
        return [Node(self, name) for name in names]

    def wire(self, one, nic, other, port, macs=(None, None)):
        """Joins two nodes by a cable.

        It is made within the first: older kernels want its name to be free
        where the command runs, too."""
        one.ip("link add %s type veth peer name %s netns %s" % (
            nic, port, other.namespace))
        for node, name, address in ((one, nic, macs[0]),
                                    (other, port, macs[1])):
            if address:
                node.ip("link set %s address %s" % (name, address))
            node.ip("link set %s up" % name)

    def close(self):
        atexit.unregister(self.close)
        for sender in self.senders:
            sender.stdin.close()
            sender.stdout.close()
            sender.wait(5)
        for process in self.processes:
            process.tell(signal.SIGCONT)
            if process.running():
                process.stop()
        subprocess.run([LAB, "down"], env=self.env, check=True)
        shutil.rmtree(self.dir, ignore_errors=True)
