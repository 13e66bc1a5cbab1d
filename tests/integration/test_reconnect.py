"""Open vSwitch comes, goes and hangs under an agent that is not root."""
import os
import signal
import time
import unittest

from ovs import OpenVSwitch
from world import Agent, World, until

# From the start of Open vSwitch to its bridges in the report.
LIMIT_S = 15


def status_of(pid):
    with open("/proc/%d/status" % pid) as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file)


class Reconnect(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, wire = self.world.nodes("hv1", "leaf1")
        self.world.wire(self.host, "ens0", wire, "Eth1")
        self.ovs = OpenVSwitch(self.host)

    def begin(self):
        self.agent = Agent(self.host)
        pid = self.agent.process.pid
        # On a busy machine it may just have been started.
        until("the agent is not root", 5,
              lambda: status_of(pid)["Uid"].split()[1] != "0")
        until("the agent has one right", 5,  # CAP_NET_RAW
              lambda: int(status_of(pid)["CapEff"], 16) == 1 << 13)

    def opener(self):
        pid = self.agent.process.pid
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return next(child for child in map(int, file.read().split())
                        if self.world.name_of(child) == "demarc-opener")

    def bridges(self):
        return sorted(one["name"] for one in
                      self.agent.show()["vswitches"])

    def told(self, *bridges, since=None, within=2):
        until("the bridges are " + " ".join(bridges), within,
              lambda: self.bridges() == list(bridges))
        if since:
            print("       told %.2f s after" % (time.time() - since))

    def unanswered(self):
        return self.agent.show()["host"].get("unanswered", [])

    def said(self, words):
        return self.agent.said().count(words)

    def test_the_socket_is_for_root_alone(self):
        self.ovs.start()
        self.assertEqual(os.stat(self.ovs.socket).st_mode & 0o007, 0)
        self.begin()
        self.assertNotEqual(self.host.run(
            "setpriv", "--reuid=65534", "--clear-groups", "ovs-vsctl",
            "--timeout=2", "--db=unix:/run/openvswitch/db.sock",
            "list-br").returncode, 0)

    def test_killed_and_started_again(self):
        self.ovs.start()
        self.ovs.do("add-br", "br1")
        self.begin()
        self.told("br1")
        for how in (signal.SIGKILL, signal.SIGTERM):
            self.ovs.process.stop(how)
            self.told()
            until("the report says that it is missed", 2,
                  lambda: self.unanswered() == ["openvswitch"])
            until("what is left of its socket is tried", 3,
                  lambda: self.said("cannot reach"))
            self.told("br1", since=self.ovs.start(), within=LIMIT_S)
            self.assertEqual(self.unanswered(), [])
            self.ovs.do("add-br", "br2")
            self.told("br1", "br2")
            self.ovs.do("del-br", "br2")
            self.told("br1")
        # The second end came so soon after the first that it is no news.
        for words, times in (("the session ended", 1),
                             ("following its bridges", 2),
                             ("cannot reach Open vSwitch", 1)):
            self.assertEqual(self.said(words), times, words)

    def test_the_agent_was_there_first(self):
        self.begin()
        time.sleep(3)
        self.assertEqual(self.unanswered(), [])
        self.told("br1", since=self.first_bridge(), within=LIMIT_S)
        self.assertNotIn("cannot reach", self.agent.said())

    def first_bridge(self):
        begun = self.ovs.start()
        self.ovs.do("add-br", "br1")
        return begun

    def test_it_is_stopped_and_goes_on(self):
        self.ovs.start()
        self.ovs.do("add-br", "br1")
        os.kill(self.ovs.process.pid, signal.SIGSTOP)
        self.begin()
        for name in ("ens1", "ens2"):
            self.host.ip("link add %s type veth peer x%s" % (name, name))
            until("the new NIC is told", 2, lambda n=name: n in [
                nic["name"] for nic in self.agent.show()["nics"]])
        until("it says so", 12, lambda: self.said("does not answer"))
        os.kill(self.ovs.process.pid, signal.SIGCONT)
        self.told("br1", since=time.time(), within=LIMIT_S)
        self.assertEqual(self.said("does not answer"), 1)

    def test_the_opener_has_one_right_and_ends_with_the_agent(self):
        self.ovs.start()
        self.begin()
        pid = self.opener()
        said = status_of(pid)
        self.assertNotIn("0", said["Uid"].split())
        for name, wanted in (("CapPrm", 2), ("CapEff", 2), ("CapInh", 0),
                             ("CapAmb", 0), ("CapBnd", 0)):
            self.assertEqual(int(said[name], 16), wanted, name)
        self.assertEqual(said["NoNewPrivs"], "1")
        self.assertIn(said["Seccomp"], ("2", "0"))
        self.assertEqual(os.listdir("/proc/%d/fd" % pid), ["0"])
        print("       opener: VmRSS %s, of it its own: %s" % (
            said["VmRSS"].strip(), said["RssAnon"].strip()))
        self.agent.process.popen.kill()
        until("it is gone", 2, lambda: not os.path.exists("/proc/%d" % pid))

    def test_without_the_opener_it_goes_on_and_says_so(self):
        self.ovs.start()
        self.ovs.do("add-br", "br1")
        self.begin()
        self.told("br1")
        os.kill(self.opener(), signal.SIGKILL)
        until("it says so", 2, lambda: self.said("has ended"))
        self.told("br1")
        self.ovs.process.stop()
        self.ovs.start()
        self.told()
        until("it says what to do", 5, lambda: self.said("as root"))
        self.assertEqual(self.said("has ended"), 1)


if __name__ == "__main__":
    unittest.main()
