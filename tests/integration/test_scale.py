"""A large host: what the agent takes of it, at work and at rest."""
import os
import time
import unittest

from ovs import OpenVSwitch
from world import Agent, Collector, World, until

ALONE = True
NICS, TAPS, IDLE_TAPS = 64, 1000, 200
RSS_KIB, REPORT_S = 16 << 10, 2.0
# Nothing is due at rest; what is not ours may still make an event.
IDLE_S, SWITCHES, CPU_MS = 20, 3, 2


class Scale(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")

    def nics(self, count):
        self.host.ip(*["link add ens%d type veth peer Eth%d netns %s" %
                       (n, n, self.leaf.namespace) for n in range(count)])
        self.host.ip(*["link set ens%d up" % n for n in range(count)])
        self.leaf.ip(*["link set Eth%d up" % n for n in range(count)])

    def taps(self, count):
        self.host.ip(*["tuntap add tap%d mode tap" % n for n in range(count)])
        self.host.ip(*["link set tap%d up" % n for n in range(count)])

    @staticmethod
    def used(process):
        """Milliseconds of CPU, and how often it has slept."""
        with open("/proc/%d/schedstat" % process.pid) as file:
            ms = int(file.read().split()[0]) / 1e6
        with open("/proc/%d/status" % process.pid) as file:
            for line in file:
                if line.startswith("voluntary_ctxt_switches:"):
                    return ms, int(line.split()[1])
        raise AssertionError("the kernel does not tell")

    def first_report(self, switches):
        """From start to the whole host in the collector."""
        collector = Collector(self.world)

        def whole():
            status, _ = collector.get("/api/v1/hosts/hv1")
            if status != 200:
                return False
            seen = collector.json("/api/v1/vswitches")["vswitches"]
            return sum(one["vnics"] for one in seen) == TAPS and sorted(
                one["name"] for one in seen) == switches
        begun = time.time()
        agent = Agent(self.host, collector.address)
        most = 0
        while not whole():
            most = max(most, agent.process.rss_kib())
            self.assertLess(time.time() - begun, 4 * REPORT_S)
            time.sleep(0.05)
        took = time.time() - begun
        time.sleep(1)
        most = max(most, agent.process.rss_kib())
        print("       %d NICs, %d taps on %s: first report whole after "
              "%.2f s, agent %.1f MB, %.0f ms of CPU" % (
                  NICS, TAPS, switches[0], took, most / 1024,
                  self.used(agent.process)[0]))
        self.assertLessEqual(most, RSS_KIB)
        self.assertLessEqual(took, REPORT_S)

    def test_a_large_host_with_a_linux_bridge(self):
        self.nics(NICS)
        self.taps(TAPS)
        self.host.ip("link add br0 type bridge", "link set br0 up",
                     "link set ens0 master br0",
                     *["link set tap%d master br0" % n for n in range(TAPS)])
        self.first_report(["br0"])

    def test_a_large_host_with_open_vswitch(self):
        self.nics(NICS)
        self.taps(TAPS)
        ovs = OpenVSwitch(self.host)
        ovs.start()
        words = ["add-br", "br0", "--", "add-port", "br0", "ens0"]
        for n in range(TAPS):
            words += ["--", "add-port", "br0", "tap%d" % n, "tag=%d" % (
                10 + n % 50)]
        self.assertEqual(ovs.do(*words), 0)
        self.first_report(["br0"])

    def test_at_rest(self):
        self.nics(4)
        self.taps(IDLE_TAPS)
        ovs = OpenVSwitch(self.host)
        ovs.start()
        words = ["add-br", "br0", "--", "add-port", "br0", "ens0"]
        for n in range(IDLE_TAPS // 2):
            words += ["--", "add-port", "br0", "tap%d" % n]
        self.assertEqual(ovs.do(*words), 0)
        self.host.ip("link add br1 type bridge", "link set br1 up",
                     "link set ens1 master br1",
                     *["link set tap%d master br1" % n
                       for n in range(IDLE_TAPS // 2, IDLE_TAPS)])
        # Listening for VLANs has its own rhythm, and its own measurement.
        agent = Agent(self.host, vlan_period="0")
        until("all are told", 5, lambda: len(
            agent.show()["workloads"]) == IDLE_TAPS)
        time.sleep(4)  # what comes of the beginning
        before = self.used(agent.process)
        time.sleep(IDLE_S)
        ms, sleeps = (after - one for after, one in zip(
            self.used(agent.process), before))
        print("       at rest with %d taps for %d s: %.2f ms of CPU, "
              "woken %d times" % (IDLE_TAPS, IDLE_S, ms, sleeps))
        self.assertNotIn("does not answer", agent.said())
        self.assertLessEqual(sleeps, SWITCHES)
        self.assertLessEqual(ms, CPU_MS)


if __name__ == "__main__":
    unittest.main()
