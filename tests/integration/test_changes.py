"""What happens to a cable is right in demarc find within 2 s of a frame."""
import os
import signal
import time
import unittest

import frames
from world import Agent, Collector, World, until

ALONE = True
LIMIT_S = 2.0
PORTS = {"leaf1": "00:de:fb:00:01:01", "leaf2": "00:de:fb:00:02:01"}


class ACableThatChanges(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf1, self.leaf2 = self.world.nodes(
            "hv1", "leaf1", "leaf2")
        self.world.wire(self.host, "ens1", self.leaf1, "Eth1",
                        ("b8:ce:f6:00:00:01", PORTS["leaf1"]))
        self.collector = Collector(self.world)
        self.agent = Agent(self.host, self.collector.address)
        self.listening("ens1")
        self.hear(self.leaf1, "Eth1", "hv1 ens1", "Eth1/1 on leaf1")

    def listening(self, nic):
        until("the agent listens on " + nic, 5, lambda: any(
            one["name"] == nic and one.get("listening")
            for one in self.agent.show()["nics"]))

    def hear(self, leaf, port, question, answer):
        """One frame of each protocol; then the answer must be in time."""
        source = PORTS[leaf.name]
        leaf.send(port, frames.cdp(source, leaf.name, "Ethernet1/1"))
        sent = leaf.send(port, frames.lldp(source, leaf.name, "Ethernet1/1"))
        until("%s is %s" % (question, answer), LIMIT_S,
              lambda: self.collector.answer(question) == answer)
        took = time.time() - sent
        self.assertLessEqual(took, LIMIT_S)
        return took

    def state(self, question):
        return self.collector.find(question).get("state")

    def ended(self, nic="ens1"):
        """The reasons why neighbors of this NIC ended."""
        host = self.collector.json("/api/v1/hosts/hv1")
        return sorted({one["ended"]["reason"] for own in host["nics"]
                       if own["name"] == nic for one in own["heard"]
                       if one.get("ended")})

    def test_renamed(self):
        self.host.ip("link set ens1 down", "link set ens1 name ens9",
                     "link set ens9 up")
        self.listening("ens9")
        self.hear(self.leaf1, "Eth1", "hv1 ens9", "Eth1/1 on leaf1")
        until("the old name is gone", LIMIT_S, lambda: all(
            nic["name"] != "ens1" for nic in
            self.collector.json("/api/v1/hosts/hv1")["nics"]))

    def test_renamed_while_up(self):
        self.host.ip("link set ens1 name ens9")
        until("the new name is known", LIMIT_S, lambda:
              self.collector.answer("hv1 ens9") == "Eth1/1 on leaf1")
        self.hear(self.leaf1, "Eth1", "hv1 ens9", "Eth1/1 on leaf1")

    def test_unplugged_and_plugged_again(self):
        self.leaf1.ip("link set Eth1 down")
        until("the neighbor ended", LIMIT_S,
              lambda: self.state("hv1 ens1") == "ended")
        self.assertEqual(self.ended(), ["link_down"])
        self.leaf1.ip("link set Eth1 up")
        until("carrier is back", 5, lambda: any(
            nic["name"] == "ens1" and nic.get("carrier")
            for nic in self.agent.show()["nics"]))
        self.hear(self.leaf1, "Eth1", "hv1 ens1", "Eth1/1 on leaf1")
        until("it is current again", LIMIT_S,
              lambda: self.state("hv1 ens1") == "current")

    def test_moved_while_nobody_saw_the_link_go_down(self):
        # Behind a media converter the link stays up.  Until the old frames
        # expire two switches claim the NIC, and nobody can know; then the
        # answer is the new one.
        self.say("leaf1", 3)
        until("the short lifetime is known", LIMIT_S, lambda: all(
            one["expires"] - one["last_heard"] == 3 for one in self.heard()))
        begun = time.time()
        while time.time() < begun + 3 + LIMIT_S:
            self.say("leaf2", 3)
            time.sleep(0.5)
            if self.collector.answer("hv1 ens1") == "Eth1/1 on leaf2":
                break
        self.assertEqual(self.collector.answer("hv1 ens1"),
                         "Eth1/1 on leaf2")
        self.assertIn(self.ended(), (["expired"], ["replaced"]))

    def say(self, switch, ttl):
        source = PORTS[switch]
        self.leaf1.send("Eth1", frames.cdp(source, switch, "Ethernet1/1", ttl))
        self.leaf1.send("Eth1",
                        frames.lldp(source, switch, "Ethernet1/1", ttl))

    def heard(self):
        path = self.collector.json("/api/v1/path?of=hv1%20ens1")
        return path["legs"][0]["heard"]

    def test_recabled_to_another_switch(self):
        self.leaf1.ip("link set Eth1 down")
        self.leaf1.ip("link set Eth1 netns %s" % self.leaf2.namespace)
        self.leaf2.ip("link set Eth1 up")
        until("carrier is back", 5, lambda: any(
            nic["name"] == "ens1" and nic.get("carrier")
            for nic in self.agent.show()["nics"]))
        self.hear(self.leaf2, "Eth1", "hv1 ens1", "Eth1/1 on leaf2")

    def test_added_and_removed(self):
        self.world.wire(self.host, "ens2", self.leaf2, "Eth2",
                        ("b8:ce:f6:00:00:02", PORTS["leaf2"]))
        self.listening("ens2")
        self.hear(self.leaf2, "Eth2", "hv1 ens2", "Eth1/1 on leaf2")
        self.host.ip("link del ens2")
        until("ens2 is gone", LIMIT_S, lambda:
              self.state("hv1 ens2") in (None, "ended", "unknown"))
        self.assertEqual(self.collector.answer("hv1 ens1"),
                         "Eth1/1 on leaf1")


class ASenderThatStops(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")
        self.world.wire(self.host, "ens1", self.leaf, "Eth1")
        self.collector = Collector(self.world)
        self.agent = Agent(self.host, self.collector.address)
        self.sender = self.leaf.lldpd("-l", config=["lldp tx-hold 3"])
        until("leaf1 is heard", 10, lambda:
              self.collector.find("hv1 ens1").get("state") == "current")

    def end(self):
        host = self.collector.json("/api/v1/hosts/hv1")
        return [one["ended"]["reason"] for nic in host["nics"]
                for one in nic["heard"] if one.get("ended")]

    def test_killed_it_expires(self):
        # Both of lldpd's processes are stopped before one is killed: the
        # other would see it and say goodbye.
        senders = [pid for pid in self.leaf.pids()
                   if self.world.name_of(pid) == "lldpd"]
        for how in (signal.SIGSTOP, signal.SIGKILL):
            for pid in senders:
                os.kill(pid, how)
        killed = time.time()
        until("the neighbor ended", 8, self.end)
        self.assertGreater(time.time() - killed, 1.5)
        self.assertEqual(self.end(), ["expired"])

    def test_stopped_it_says_goodbye(self):
        self.sender.stop()
        until("the neighbor ended", 2, self.end)
        self.assertEqual(self.end(), ["goodbye"])


if __name__ == "__main__":
    unittest.main()
