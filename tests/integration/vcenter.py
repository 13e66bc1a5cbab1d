"""The stand-in for a vCenter (tests/vcenter) as a process of a test."""
import json
import os
import subprocess
import urllib.parse
import urllib.request

from world import BUILD, TREE, Process, until

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
        folder = os.path.join(world.dir, name)
        os.makedirs(folder, exist_ok=True)
        self.log = os.path.join(folder, "log")
        # The simulator keeps the disks of its machines in files.
        self.process = world.keep(Process(
            [os.path.join(BUILD, "vcenter"), "-user", USER, "-password",
             PASSWORD, *options], self.log, dict(os.environ, TMPDIR=folder)))
        until("the stand-in says where it is", wait, lambda: (
            not self.process.running() or "control" in self.process.said()))
        assert self.process.running(), self.process.said()
        said = json.loads(self.process.said().splitlines()[0])
        self.url, self.control = said["url"], said["control"]

    def ask(self, path, **words):
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

    def do(self, op, **words):
        self.ask("/do", op=op, **words)

    def spoil(self, kind="", method="", count=1, text=""):
        self.ask("/spoil", kind=kind, method=method, count=count, text=text)

    def swap(self, old="", new=""):
        self.ask("/swap", old=old, new=new)

    def kill_sessions(self):
        self.ask("/kill")
