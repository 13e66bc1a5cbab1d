"""demarc-vsphere at the stand-in for a vCenter: what it tells is what is."""
import json
import random
import unittest

from vcenter import VCenter, Vsphere, certificate, legs_of, team_of
from world import Agent, Collector, World, until

ALONE = True
SOON_S = 2  # from a change in the vCenter to demarc path
FIRST_S = 10


def asked(collector, what):
    """The path of something, by the API."""
    status, body = collector.get("/api/v1/path?of=" + what)
    return legs_of(json.loads(body)) if status == 200 else []


def typed(collector, what):
    """The same by demarc path --json."""
    answer = collector.demarc("path", "--json", what)
    return legs_of(json.loads(answer.stdout)) if answer.stdout else []


def look_up(truth):
    """What to ask for, by the name in VCenter.paths()."""
    asks = {one["name"]: one["uuid"] for one in truth["machines"]}
    for one in truth["hosts"]:
        for port in one["kernel"]:
            asks["%s %s" % (one["name"], port["name"])] = port["mac"]
    return asks


class Told(unittest.TestCase):
    """A collector, vCenters, and one demarc-vsphere for each."""
    options = [()]

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.collector = Collector(cls.world)
        cls.vcenters, cls.vspheres = [], []
        for number, options in enumerate(cls.options):
            name = "vcenter%d" % number
            cert, key = certificate(cls.world.dir, name)
            cls.vcenters.append(VCenter(
                cls.world, "-cert", cert, "-key", key, *options, name=name))
            cls.vspheres.append(Vsphere(
                cls.world, cls.vcenters[-1], cls.collector,
                name="vsphere%d" % number, ca=cert))
        cls.vcenter, cls.vsphere = cls.vcenters[0], cls.vspheres[0]
        until("the collector knows the hosts", FIRST_S, cls.all_hosts)

    @classmethod
    def all_hosts(cls):
        wanted = sum(len(one.truth()["hosts"]) for one in cls.vcenters)
        said = cls.collector.json("/api/v1/hosts")["hosts"]
        return len(said) == wanted and all(
            one["nics_with_neighbor"] for one in said)

    def wrong(self, vcenter, names=None, ask=asked):
        """The paths that differ: of these, or of all, as 'ask' has them."""
        paths, asks = vcenter.paths(), look_up(vcenter.truth())
        found = {}
        for name in names or paths:
            said = ask(self.collector, asks[name])
            if said != paths[name]:
                found[name] = {"said": said, "meant": paths[name]}
        return found

    def all_right(self, vcenter=None, ask=asked):
        found = self.wrong(vcenter or self.vcenter, ask=ask)
        few = {name: found[name] for name in sorted(found)[:3]}
        self.assertFalse(found, "%d wrong, such as %s" % (
            len(found), json.dumps(few, indent=1)))

    def soon(self, names, op, **words):
        """A change is right everywhere within two seconds."""
        self.vcenter.do(op, **words)
        until("right after %s %s" % (op, words), SOON_S,
              lambda: not self.wrong(self.vcenter, names))


class OneVCenter(Told):
    """Eight hosts, eighty machines."""

    def test_1_every_path_is_as_the_vcenter_has_it(self):
        self.assertGreater(len(self.vcenter.paths()), 90)
        self.all_right()
        names = sorted(self.vcenter.paths())[::4]
        self.assertFalse(self.wrong(self.vcenter, names, typed))

    def test_1_each_host_is_a_host_of_its_own(self):
        said = {one["name"]: one
                for one in self.collector.json("/api/v1/hosts")["hosts"]}
        truth = self.vcenter.truth()["hosts"]
        self.assertEqual(set(said), {one["name"] for one in truth})
        self.assertEqual(len({one["id"] for one in said.values()}), len(truth))
        for one in truth:
            answer = self.collector.json("/api/v1/hosts/" + one["name"])
            self.assertEqual(
                (answer["host"]["model"], answer["host"]["serial"]),
                (one["model"], one["serial"]))
            self.assertEqual(
                {(nic["name"], nic["mac"], nic.get("carrier"))
                 for nic in answer["nics"]},
                {(nic["name"], nic["mac"], nic["up"])
                 for nic in one["nics"]})

    def test_1_the_vlans_that_a_nic_sees_are_told(self):
        for host in self.vcenter.truth()["hosts"][:4]:
            said = {nic["name"]: nic.get("heard_vlans", []) for nic in
                    self.collector.json("/api/v1/hosts/" +
                                        host["name"])["nics"]}
            for nic in host["nics"]:
                meant = nic.get("vlans", []) if nic["up"] else []
                self.assertEqual([(one["id"], one["subnets"])
                                  for one in said[nic["name"]]], [
                    (one, ["10.%d.%d.1-10.%d.%d.126" % (
                        2 * (one // 256, one % 256))]) for one in meant])

    def test_1_what_a_port_group_may_not_use_is_told(self):
        truth = self.vcenter.truth()
        nics = {one["name"]: one["nics"] for one in truth["hosts"]}
        for machine in truth["machines"][:16]:
            answer = json.loads(self.collector.demarc(
                "path", "--json", machine["uuid"]).stdout)
            meant = {port["mac"]: team_of(port["in"], [
                nic for nic in nics[machine["host"]]
                if nic["switch"] == port["in"]["switch"]])
                     for port in machine["nics"]
                     if port["in"]["switch"] != "nsx0"}
            for leg in answer["legs"]:
                if leg["vnic"]["mac"] in meant:
                    said = leg["port_group"].get("team", {})
                    self.assertEqual(sorted(said.get("unused", [])),
                                     meant[leg["vnic"]["mac"]], machine)

    def test_5_a_switch_is_one_switch_whoever_hears_it(self):
        """The leaf of vmnic0 by CDP and of vmnic2 by LLDP is heard by the
        agent of a Linux host, too."""
        host, leaf = self.world.nodes("kvm1", "leaf1-1a")
        self.world.wire(host, "ens1", leaf, "Ethernet1")
        Agent(host, self.collector.address)
        leaf.lldpd()
        until("three hosts at one switch", 10, lambda: [
            one for one in self.collector.json("/api/v1/switches")["switches"]
            if one["name"].startswith("leaf1-1a") and
            {"kvm1", "esx1-0000", "esx1-0001"} <= set(self.behind(one))])
        names = [one["name"] for one in
                 self.collector.json("/api/v1/switches")["switches"]]
        self.assertEqual(sorted(names), ["leaf1-1a", "leaf1-1b"])

    def behind(self, switch):
        answer = self.collector.json("/api/v1/switches/" + switch["id"])
        return [one["host"] for port in answer["ports"]
                for one in port["hosts"]]

    def test_2_a_machine_moves(self):
        for number in (2, 4, 5):
            self.soon(["vm1-%05d" % number], "move", vm="vm1-%05d" % number,
                      host="esx1-0006")
        self.all_right()

    def test_2_a_machine_is_switched_off_and_on(self):
        def state():
            return self.collector.json("/api/v1/vms/vm1-00000")["vm"]["state"]

        for wanted in ("off", "running", "suspended", "running"):
            self.vcenter.do("power", vm="vm1-00000", state=wanted)
            until("the machine is " + wanted, SOON_S,
                  lambda one=wanted: state() == one)

    def test_2_a_machine_changes_its_port_group(self):
        for group in ("dv-lag", "Prod", "dv-private", "Isolated"):
            host = "esx1-0003"
            self.soon(["vm1-00003"], "connect", vm="vm1-00003", nic=0,
                      group=group)
            self.assertEqual(self.vcenter.truth()["machines"][3]["host"], host)
        self.all_right()

    def test_2_a_port_group_is_tagged_anew(self):
        for words in ({"group": "dv-web", "vlan": 999},
                      {"group": "dv-web", "trunks": "5,10-20"},
                      {"group": "Prod", "host": "esx1-0001", "vlan": 888}):
            self.soon(None, "retag", **words)

    def test_2_a_team_changes(self):
        self.soon(None, "team", group="dv-web", active="Uplink 2")
        self.soon(None, "team", group="dv-web", active="Uplink 1,Uplink 2")
        self.soon(None, "team", group="Backup", host="esx1-0002",
                  active="vmnic1", standby="vmnic0")

    def test_2_a_nic_loses_its_link_or_moves_to_another_switch(self):
        for up in ("no", "yes"):
            self.soon(None, "link", host="esx1-0000", nic="vmnic2", up=up)
        self.soon(None, "plug", host="esx1-0000", nic="vmnic3",
                  switch="vSwitch0")
        self.soon(None, "plug", host="esx1-0000", nic="vmnic3", switch="DVS0",
                  uplink="Uplink 2")

    def test_2_a_machine_goes_and_comes(self):
        self.vcenter.do("remove", vm="vm1-00009")
        until("it is gone", SOON_S, lambda: not [
            one for one in self.collector.json("/api/v1/vms")["vms"]
            if one["name"] == "vm1-00009"])
        self.soon(["vm1-00009"], "add")

    def test_2_a_cable_is_plugged_in_elsewhere(self):
        """Hints are asked for: that takes its time."""
        self.vcenter.do("cable", host="esx1-0005", nic="vmnic0",
                        device="leaf1-1b", port="Ethernet1/48")
        until("the other port is heard", 15,
              lambda: not self.wrong(self.vcenter, ["vm1-00005"]))

    def test_3_killed_and_started_again_it_doubles_nothing(self):
        def count():
            return [len(self.collector.json("/api/v1/" + what)[what])
                    for what in ("hosts", "switches", "vms")]

        before = count()
        self.vsphere.kill()
        self.vcenter.do("move", vm="vm1-00000", host="esx1-0007")
        self.vsphere.start()
        until("all is right again", FIRST_S,
              lambda: not self.wrong(self.vcenter))
        self.assertEqual(count(), before)

    def test_4_a_host_that_its_vcenter_lost_is_not_current(self):
        def said():
            return self.collector.json(
                "/api/v1/hosts/esx1-0004")["host"].get("connection")

        self.vcenter.do("host", host="esx1-0004", connection="notResponding")
        until("it does not respond", SOON_S,
              lambda: said() == "not_responding")
        answer = self.collector.json("/api/v1/path?of=vm1-00012")
        for leg in answer["legs"]:
            self.assertEqual(leg["host"]["connection"], "not_responding")
            self.assertNotEqual((leg["neighbor"] or {}).get("state"),
                                "current")
        self.vcenter.do("host", host="esx1-0004", connection="connected")
        until("it is back", SOON_S, lambda: said() in (None, "connected"))
        until("all is right again", FIRST_S,
              lambda: not self.wrong(self.vcenter))


    def any_change(self, dice):
        """One of the changes that need no place of their own."""
        truth = self.vcenter.truth()
        groups = [one["name"] for one in truth["groups"]]
        everywhere = groups + ["VM Network", "Prod", "Backup", "Guest trunk"]
        host = dice.choice(truth["hosts"])["name"]
        machine = dice.choice([
            one for one in truth["machines"]
            if all(port["group"] in everywhere for port in one["nics"])])
        uplinks = dice.sample(["Uplink 1", "Uplink 2"], 2)
        return dice.choice((
            ("move", {"vm": machine["name"], "host": host}),
            ("power", {"vm": machine["name"],
                       "state": dice.choice(("running", "off"))}),
            ("connect", {"vm": machine["name"], "nic": 0,
                         "group": dice.choice(everywhere)}),
            ("retag", {"group": dice.choice(groups),
                       "vlan": dice.randint(0, 4094)}),
            ("retag", {"group": dice.choice(groups), "trunks": "7,%d-4000" %
                       dice.randint(8, 3999)}),
            ("retag", {"group": "Prod", "host": host,
                       "vlan": dice.randint(0, 4094)}),
            ("team", {"group": dice.choice(groups), "active": uplinks[0],
                      "standby": dice.choice((uplinks[1], ""))}),
            ("team", {"group": dice.choice(groups), "active": "lag1"}),
            ("plug", {"host": host, "nic": "vmnic3", "uplink": "Uplink 2",
                      "switch": "DVS0"}),
            ("plug", {"host": host, "nic": "vmnic3", "switch": "vSwitch0"}),
            ("link", {"host": host, "nic": "vmnic%d" % dice.randrange(6),
                      "up": dice.choice(("yes", "no"))})))

    def test_6_many_changes_at_once_end_as_they_are(self):
        for seed in range(3):
            dice, done = random.Random(seed), []
            for _ in range(40):
                op, words = self.any_change(dice)
                self.vcenter.do(op, **words)
                done.append((op, words))
            if seed == 1:
                self.vcenter.kill_sessions()
            until("all is right after %r" % done, FIRST_S,
                  lambda: not self.wrong(self.vcenter))


class TwoVCenters(Told):
    """Two processes at one collector."""
    options = [("-site", "1", "-machines", "8"),
               ("-site", "2", "-clusters", "1", "-machines", "8")]

    def test_both_are_told(self):
        for one in self.vcenters:
            self.all_right(one)


class SingleHost(Told):
    """An ESXi host that no vCenter manages."""
    options = [("-esx", "-machines", "12")]

    def test_1_its_paths_are_told(self):
        self.all_right()

    def test_2_read_once_it_ends_though_nobody_can_be_asked(self):
        host = self.vcenter.truth()["hosts"][0]["name"]
        self.vcenter.do("host", host=host, connection="notResponding")
        said = self.vsphere.once()
        self.assertEqual([one["host"]["connection"] for one in said],
                         ["not_responding"])
        self.vcenter.do("host", host=host, connection="connected")


if __name__ == "__main__":
    unittest.main()
