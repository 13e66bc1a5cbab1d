"""A collector that others reach over a wire, with a certificate and tokens."""
import http.client
import json
import os
import socket
import subprocess
import unittest

from stores import database_of_test
from vcenter import certificate
from world import World, program, until

ADDRESS, PORT = "192.0.2.1", 7413
URL = "https://%s:%d" % (ADDRESS, PORT)
REPORTS = "/api/v1/reports"


class Served:
    """demarc-collector in a node of its own, with a certificate and tokens."""

    def __init__(self, world, node):
        self.world, self.node = world, node
        self.dir = os.path.join(node.dir, "collector")
        os.makedirs(self.dir)
        os.chmod(self.dir, 0o755)
        self.ca, self.key = certificate(self.dir, "tls", "IP:" + ADDRESS)
        self.tokens = os.path.join(self.dir, "tokens")
        self.socket = os.path.join(self.dir, "socket")
        self.options = [
            "--database", database_of_test(self.dir), "--tokens", self.tokens,
            "--tls_tickets", os.path.join(self.dir, "tls_tickets")]
        self.process, self.starts = None, 0

    def token(self, *words):
        """demarc-collector token WORDS..."""
        return subprocess.run(
            [program("demarc-collector"), *self.options, "token", *words],
            text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=10)

    def token_file(self, name, *words, mode=0o640):
        """Makes a token; gives the file that it stands in."""
        made = self.token("add", name, *words)
        assert made.returncode == 0, made.stderr
        path = os.path.join(self.dir, name + ".token")
        with open(path, "w") as file:
            file.write(made.stdout)
        os.chmod(path, mode)
        return path

    def start(self):
        self.process = self.node.start(
            "collector", program("demarc-collector"), *self.options,
            "--listen", "%s:%d" % (ADDRESS, PORT), "--listen",
            "unix:" + self.socket, "--tls_certificate", self.ca,
            "--tls_key", self.key)
        self.starts += 1
        until("the collector listens", 5, lambda: not self.process.running()
              or self.process.said().count(
                  "listening on unix:") == self.starts)
        assert self.process.running(), self.process.said()

    def ask(self, method, path, token=None, body=None, **headers):
        """One request by the unix socket; gives status and document."""
        talk = http.client.HTTPConnection("localhost", timeout=5)
        talk.sock = socket.socket(socket.AF_UNIX)
        talk.sock.settimeout(5)
        talk.sock.connect(self.socket)
        if token:
            with open(token) as file:
                headers["Authorization"] = "Bearer " + file.readline().strip()
        try:
            talk.request(method, path, body, headers)
            answer = talk.getresponse()
            said = answer.read()
        finally:
            talk.close()
        return answer.status, json.loads(said) if said[:1] == b"{" else None

    def post(self, document, token=None):
        return self.ask("POST", REPORTS, token, json.dumps(document),
                        **{"Content-Type": "application/json"})


def report(host, number=1, **agent):
    return {"version": 1, "number": number, "sent_at": 1000,
            "digest": "%016d" % number,
            "agent": dict({"version": "0.1", "started_at": 1}, **agent),
            "host": {"id": host, "name": "h" + host[0]}, "nics": [],
            "links": []}


class Trust(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.node, self.host = self.world.nodes("collector", "hv1")
        self.world.wire(self.node, "eth0", self.host, "eno1")
        self.node.ip("addr add %s/24 dev eth0" % ADDRESS,
                     "addr add 192.0.2.9/24 dev eth0")
        self.host.ip("addr add 192.0.2.2/24 dev eno1")
        self.served = Served(self.world, self.node)
        with open(os.path.join(self.host.dir, "machine-id")) as file:
            self.machine = file.read().strip()

    @staticmethod
    def give(agent, *paths):
        """Makes them its own user's, whoever that is, and starts it anew."""
        with open("/proc/%d/status" % agent.process.pid) as file:
            uid = [int(line.split()[2]) for line in file
                   if line.startswith("Uid:")][0]
        for path in paths:
            os.chown(path, uid, -1)
            os.chmod(path, 0o600)
        agent.process.stop()
        agent.start()

    def demarc(self, *options):
        return self.host.run(program("demarc"), "hosts", "--collector", URL,
                             "--ca", self.served.ca, *options)
