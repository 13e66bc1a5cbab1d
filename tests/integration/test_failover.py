"""Several collectors are named; one of them dies, and comes back."""
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import unittest

from test_garbage import report
from vcenter import VCenter, Vsphere
from world import Agent, Collector, World, program, until

ALONE = True


class Deliveries(unittest.TestCase):
    """demarc-deliver: each is a process of its own, and knows of the last."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        directory = tempfile.TemporaryDirectory(prefix="demarc-failover-")
        self.addCleanup(directory.cleanup)
        self.spool = os.path.join(directory.name, "spool")
        os.mkdir(self.spool, 0o700)
        self.second = Collector(self.world, name="second")
        self.number = 0
        # One that hangs: it is connected to, and never answers.
        self.first = os.path.join(directory.name, "first")
        self.hung = socket.socket(socket.AF_UNIX)
        self.addCleanup(self.hung.close)
        self.hung.bind(self.first)
        self.hung.listen(10)

    def deliver(self, first="", return_after=60):
        """Gives how long one more report took."""
        self.number += 1
        path = os.path.join(self.spool, "%020d.report.json" % self.number)
        with open(path, "w") as file:
            json.dump(report(self.number), file)
        began = time.monotonic()
        done = subprocess.run(
            [program("demarc-deliver"), "--spool", self.spool, "--collector",
             first or "unix:" + self.first, "--collector", self.second.address,
             "--timeout", "1", "--return-after", str(return_after)],
            capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return time.monotonic() - began

    def test_wait_once_for_one_that_hangs(self):
        self.assertGreater(self.deliver(), 1)
        for _ in range(3):
            self.assertLess(self.deliver(), .9)
        self.assertEqual(len(self.second.json("/api/v1/hosts")["hosts"]), 1)

    def test_return_after_a_while(self):
        first = Collector(self.world, name="first")
        first.process.stop(signal.SIGKILL)
        self.deliver(first.address, 2)
        first.start()
        self.deliver(first.address, 2)  # not yet
        self.assertEqual(first.json("/api/v1/hosts")["hosts"], [])
        time.sleep(3)
        self.deliver(first.address, 2)
        self.assertEqual(len(first.json("/api/v1/hosts")["hosts"]), 1)

    def test_go_to_the_first_when_the_other_is_named_no_more(self):
        self.deliver()
        first = Collector(self.world, name="first")
        self.second = Collector(self.world, name="third")
        self.assertLess(self.deliver(first.address), .9)
        self.assertEqual(len(first.json("/api/v1/hosts")["hosts"]), 1)


class Moves(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.one = Collector(self.world, name="one")
        self.two = Collector(self.world, name="two")
        self.both = "%s, %s" % (self.one.address, self.two.address)

    @staticmethod
    def nics(collector):
        return sorted(
            nic["name"] for host in collector.json("/api/v1/hosts")["hosts"]
            for nic in collector.json("/api/v1/hosts/" + host["id"])["nics"])

    def test_an_agent_tells_the_other_what_changes_and_comes_back(self):
        host, switch = self.world.nodes("hv1", "sw1")
        self.world.wire(host, "eno1", switch, "p1")
        agent = Agent(host, self.both, heartbeat=2, return_after=6)
        until("the first is told", 10, lambda: self.nics(self.one) == ["eno1"])
        self.assertEqual(self.nics(self.two), [])
        # A change, and at once the end of who has to be told of it.
        self.world.wire(host, "eno2", switch, "p2")
        self.one.process.stop(signal.SIGKILL)
        names = ["eno1", "eno2"]
        for number in range(3, 6):
            until("the other is told", 10,
                  lambda: self.nics(self.two) == names)
            names.append("eno%d" % number)
            self.world.wire(host, names[-1], switch, "p%d" % number)
        until("the other is told", 10,
              lambda: self.nics(self.two) == names)
        self.one.start()
        # What it had acknowledged is there, also after its sudden end.
        self.assertIn("eno1", self.nics(self.one))
        until("it is told again", 20,
              lambda: self.nics(self.one) == names)
        state = os.path.join(agent.dir, "state", "spool")
        until("nothing waits", 10, lambda: not [
            name for name in os.listdir(state) if name.endswith(".json")])
        self.assertNotIn("not delivered", agent.said())

    def test_a_vcenter_s_documents_on_their_way_move_as_one(self):
        vcenter = VCenter(self.world)
        self.one.process.tell(signal.SIGSTOP)
        vsphere = Vsphere(self.world, vcenter, self.one, collector=self.both)
        until("documents are on their way", 20, self.are_waiting)
        self.one.process.stop(signal.SIGKILL)
        count = len(vcenter.truth()["hosts"])
        until("the other is told of all hosts", 20, lambda: len(
            self.two.json("/api/v1/hosts")["hosts"]) == count)
        self.assertNotIn("reports wait", vsphere.process.said())

    def are_waiting(self):
        """Are connections in the queue of the one that is stopped?"""
        said = subprocess.run(["ss", "-xlH"], capture_output=True, text=True,
                              check=True).stdout
        lines = [line.split() for line in said.splitlines()
                 if self.one.socket in line]
        return lines and int(lines[0][2]) >= 4


if __name__ == "__main__":
    unittest.main()
