"""Runs in the guest: what happens to the legs of bonds and teams is told within
two seconds, although every instruction is emulated.
"""
import json
import os
import socket
import subprocess
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "integration"))
from world import Agent, World, until  # noqa: E402

SOON_S = 2
PATIENCE_S = 40
LEAF_MAC = "02:1c:73:ff:00:01"
RUNNERS = {
    "activebackup": {"name": "activebackup"},
    "loadbalance": {"name": "loadbalance"},
}


class Legs(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        for module in ("bonding", "8021q", "veth", "team",
                       "team_mode_activebackup", "team_mode_loadbalance"):
            subprocess.run(["modprobe", module], check=True)
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.host, cls.leaf = cls.world.nodes("hv8", "leaf8")
        for number in (0, 1):
            cls.world.wire(cls.host, "ens%d" % number,
                           cls.leaf, "Eth%d" % number)
        # What hangs on the bond makes it an uplink.
        cls.host.ip("link add br0 type bridge", "link set br0 up")
        cls.agent = Agent(cls.host, nic="ens*")

    def ask(self):
        """As show does, without the time that it takes to start it here."""
        with socket.socket(socket.AF_UNIX) as talk:
            talk.connect(self.agent.socket)
            talk.sendall(b"json\n")
            answer = b"".join(iter(lambda: talk.recv(1 << 16), b""))
        return json.loads(answer.split(b"\n", 1)[1])

    def uplink(self):
        ups = [up for one in self.ask()["vswitches"] for up in one["uplinks"]]
        return ups[0] if ups else {}

    def states(self):
        return [leg.get("state") for leg in self.uplink().get("members", ())]

    def takes(self, what, is_so, node=None, command=None):
        """Does it, and fails when it is told too late."""
        since = time.time()
        if command:
            node.ip(command)
        try:
            until(what, PATIENCE_S, lambda: is_so(self.uplink()), 0.02)
        except AssertionError:
            self.fail("%s: %s" % (what, self.uplink()))
        took = time.time() - since
        print("       %s: told after %.2f s" % (what, took))
        self.assertLess(took, SOON_S, what)

    def leg(self, *states):
        return lambda up: [leg.get("state") for leg in up.get(
            "members", ())] == list(states)

    def bond(self, node, legs, *options):
        node.ip("link add bond0 type bond miimon 100 " + " ".join(options))
        self.addCleanup(node.ip, "link del bond0")
        for leg in legs:
            node.ip("link set %s down" % leg,
                    "link set %s master bond0" % leg)
        node.ip("link set bond0 up")

    def test_1_the_active_leg_of_a_bond_changes(self):
        self.bond(self.host, ("ens0", "ens1"), "mode", "active-backup")
        self.host.ip("link set bond0 master br0")
        self.leaf.ip("link set Eth0 up", "link set Eth1 up")
        until("both legs are there", PATIENCE_S, lambda: sorted(
            str(state) for state in self.states()) == ["active", "standby"])
        active = self.states().index("active")
        wanted = ["standby", "standby"]
        wanted[1 - active] = "active"
        self.takes("another leg is chosen", self.leg(*wanted), self.host,
                   "link set bond0 type bond active_slave ens%d" %
                   (1 - active))
        wanted = ["active", "active"]
        wanted[1 - active] = "down"
        self.takes("the active leg is pulled", self.leg(*wanted), self.leaf,
                   "link set Eth%d down" % (1 - active))

    def partner_of(self):
        said = subprocess.check_output(
            ["ip", "-n", self.host.namespace, "-d", "-j", "link", "show",
             "bond0"])
        info = json.loads(said)[0]["linkinfo"]["info_data"]
        return info.get("ad_info", {}).get("partner_mac")

    def test_2_a_partner_appears_and_a_leg_is_pulled(self):
        lacp = ("mode", "802.3ad", "lacp_rate", "fast")
        self.bond(self.host, ("ens0", "ens1"), *lacp)
        self.host.ip("link set bond0 master br0")
        self.leaf.ip("link set Eth0 up", "link set Eth1 up")
        until("nobody answers", PATIENCE_S, lambda: self.uplink().get(
            "lacp") == "configured")
        self.bond(self.leaf, ("Eth0", "Eth1"), *lacp, "ad_actor_system",
                  LEAF_MAC)
        until("the kernel has a partner", PATIENCE_S,
              lambda: self.partner_of() == LEAF_MAC, 0.02)
        self.takes("the partner", lambda up: (
            up.get("partner_mac") == LEAF_MAC and
            up.get("lacp") == "negotiated"))
        until("both legs carry", PATIENCE_S,
              lambda: self.states() == ["active", "active"])
        until("both sides collect and distribute", PATIENCE_S, lambda: [
            (nic["lacp"]["actor"] & 0x3c, nic["lacp"]["partner"] & 0x3c)
            for nic in self.ask()["nics"] if "lacp" in nic] ==
            [(0x3c, 0x3c)] * 2)
        for nic in self.ask()["nics"]:
            self.assertNotEqual(nic["permanent_mac"], "00:00:00:00:00:00")
        self.takes("a leg is pulled", self.leg("active", "down"), self.leaf,
                   "link set Eth1 down")

    def team(self, runner):
        config = {"device": "team0", "runner": RUNNERS[runner],
                  "link_watch": {"name": "ethtool"},
                  "ports": {"ens0": {}, "ens1": {}}}
        self.host.ip("link set ens0 down", "link set ens1 down")
        self.leaf.ip("link set Eth0 up", "link set Eth1 up")
        teamd = self.host.start("teamd", "teamd", "-o", "-c",
                                json.dumps(config))
        self.addCleanup(teamd.stop)
        until("the team is there", PATIENCE_S, lambda: self.host.run(
            "ip", "link", "set", "team0", "up", "master",
            "br0").returncode == 0, 0.5)
        return teamd

    def again(self):
        """What was there before the agent is known from the start."""
        self.agent.process.stop()
        self.agent.start()
        until("the agent answers", PATIENCE_S, self.answers)

    def answers(self):
        try:
            return self.ask()
        except (FileNotFoundError, ConnectionRefusedError):
            return None

    def test_3_the_active_leg_of_a_team_changes(self):
        self.team("activebackup")
        self.again()
        until("one leg is active", PATIENCE_S, lambda: sorted(
            str(state) for state in self.states()) == ["active", "standby"])
        self.assertEqual(self.uplink()["mode"], "activebackup")
        self.assertNotIn("lacp", self.uplink())
        active = self.states().index("active")
        wanted = ["active", "active"]
        wanted[active] = "down"
        self.takes("the active leg is pulled", self.leg(*wanted), self.leaf,
                   "link set Eth%d down" % active)
        wanted[active] = "standby"
        self.takes("it is back", self.leg(*wanted), self.leaf,
                   "link set Eth%d up" % active)

    def test_4_a_team_that_balances_uses_both_legs(self):
        self.team("loadbalance")
        self.again()
        until("both legs carry", PATIENCE_S,
              lambda: self.states() == ["active", "active"])
        self.assertEqual(self.uplink()["mode"], "loadbalance")
        self.takes("a leg is pulled", self.leg("active", "down"), self.leaf,
                   "link set Eth1 down")

    def test_5_a_team_that_came_later_is_never_told_wrong(self):
        self.team("activebackup")
        until("its legs are there", PATIENCE_S,
              lambda: len(self.states()) == 2)
        for _ in range(20):
            states = [state for state in self.states() if state]
            self.assertIn(sorted(states), ([], ["active"], ["standby"],
                                           ["active", "standby"]))
        print("       known of it: %s" % self.uplink())


if __name__ == "__main__":
    unittest.main()
