"""Every kind of host in the lab, next to real lldpd and ladvd."""
import os
import unittest

from world import Agent, Collector, Node, World, until

UPLINKS = (("eno1", "oob1", "gi0-%d"), ("ens1f0", "leaf1a", "Eth1/%d"),
           ("ens1f1", "leaf1b", None))


class EveryKindOfHost(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        os.rmdir(cls.world.dir)  # "up" insists on making it
        cls.world.lab_do("up", TX="1", OOB_TX="2")
        cls.collector = Collector(cls.world)
        with open(os.path.join(cls.world.dir, "kinds")) as file:
            cls.kinds = file.read().split()
        cls.agents = [
            Agent(Node(cls.world, "hv%d" % number), cls.collector.address)
            for number in range(1, len(cls.kinds) + 1)]

    def leg(self, host, nic):
        path = "/api/v1/path?of=%s%%20%s" % (host, nic)
        status, _ = self.collector.get(path)
        return self.collector.json(path)["legs"][0] if status == 200 else {}

    def complete(self, host, nic, switch):
        leg = self.leg(host, nic)
        neighbor = leg.get("neighbor") or {}
        heard = {one["protocol"] for one in leg.get("heard", ())
                 if one["state"] == "current"}
        if neighbor.get("switch", {}).get("short_name") != switch:
            return None
        return leg if {"lldp", "cdp"} <= heard else None

    def test_each_uplink_has_its_switch_port_by_both_protocols(self):
        for number, kind in enumerate(self.kinds, 1):
            host = "hv%d" % number
            for nic, switch, port in UPLINKS:
                with self.subTest(kind=kind, nic=nic):
                    leg = until(
                        "%s %s is on %s by both protocols" %
                        (host, nic, switch), 15,
                        lambda h=host, n=nic, s=switch: self.complete(h, n, s))
                    self.assertEqual(leg["neighbor"]["state"], "current")
                    self.assertEqual(leg["neighbor"]["verdict"], "yes")
                    if port:
                        self.assertEqual(
                            leg["neighbor"]["port"]["short_name"],
                            port % number)

    def test_the_answers_name_one_switch_and_one_port_each(self):
        for number in range(1, len(self.kinds) + 1):
            host = "hv%d" % number
            for nic, switch, _ in UPLINKS:
                until("%s %s is heard" % (host, nic), 15,
                      lambda h=host, n=nic, s=switch: self.complete(h, n, s))
        switches = self.collector.json("/api/v1/switches")["switches"]
        self.assertEqual(sorted(one["short_name"] for one in switches),
                         ["leaf1a", "leaf1b", "oob1"])
        for one in switches:
            about = self.collector.json("/api/v1/switches/" + one["id"])
            hosts = sorted(host["host"] for port in about["ports"]
                           for host in port["hosts"])
            self.assertEqual(
                hosts, ["hv%d" % n for n in range(1, len(self.kinds) + 1)],
                one["short_name"])
            self.assertEqual(len(about["ports"]), len(self.kinds),
                             [port["names"] for port in about["ports"]])

    def test_a_mac_is_found_in_every_notation(self):
        for text in ("b8:ce:f6:00:00:01", "b8-ce-f6-00-00-01",
                     "b8ce.f600.0001", "B8CEF6000001"):
            with self.subTest(text=text):
                until("the answer for " + text, 15, lambda t=text:
                      self.collector.answer(t) == "Eth1/1 on leaf1a")

    def test_the_switch_port_leads_back_to_the_host(self):
        for text in ("leaf1a Eth1/2", "leaf1a Ethernet1/2"):
            with self.subTest(text=text):
                until("the hit for " + text, 15, lambda t=text:
                      "hv2" in str(self.collector.find(t)))

    def test_only_physical_ends_are_listened_on(self):
        for agent, kind in zip(self.agents, self.kinds):
            nics = {nic["name"] for nic in agent.show()["nics"]
                    if nic.get("listening")}
            self.assertEqual(nics, {"eno1", "ens1f0", "ens1f1"}, kind)


if __name__ == "__main__":
    unittest.main()
