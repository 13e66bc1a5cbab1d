"""64 NICs come, are heard, and go, and nothing is left of them."""
import os
import time
import unittest

import frames
from world import Agent, Collector, World, until

COUNT = 64


class SixtyFourNics(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")
        self.collector = Collector(self.world)
        self.agent = Agent(self.host, self.collector.address)

    def come(self):
        self.host.ip(*["link add ens%d type veth peer Eth%d netns %s" %
                       (n, n, self.leaf.namespace) for n in range(COUNT)])
        self.host.ip(*["link set ens%d up" % n for n in range(COUNT)])
        self.leaf.ip(*["link set Eth%d up" % n for n in range(COUNT)])

    def go(self):
        self.host.ip(*["link del ens%d" % n for n in range(COUNT)])

    def listening(self):
        return [nic["name"] for nic in self.agent.show()["nics"]
                if nic.get("listening") and nic.get("carrier")]

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.agent.process.pid))

    def test_they_come_and_go(self):
        until("the agent is at rest", 5, lambda: self.agent.show())
        time.sleep(1)
        before = self.descriptors()
        for turn in range(3):
            self.come()
            until("all are listened on", 10,
                  lambda: len(self.listening()) == COUNT)
            for number in range(COUNT):
                source = "00:de:fb:00:01:%02x" % number
                self.leaf.send("Eth%d" % number, frames.lldp(
                    source, "leaf1", "Ethernet1/%d" % number,
                    chassis="00:de:fb:00:00:01"))
            until("all are found", 5, self.all_found)
            rss = self.agent.process.rss_kib()
            self.go()
            until("all are gone", 10, lambda: not self.listening())
            time.sleep(0.5)
        self.assertLessEqual(self.descriptors(), before + 2)
        self.assertLess(rss, 10 * 1024)

    def all_found(self):
        status, _ = self.collector.get("/api/v1/switches/leaf1")
        if status != 200:
            return False
        ports = self.collector.json("/api/v1/switches/leaf1")["ports"]
        return len([port for port in ports
                    if port["state"] == "current" and port["hosts"]]) == COUNT


if __name__ == "__main__":
    unittest.main()
