"""A database that talks nonsense: said once, tried again, harms nobody."""
import json
import os
import socket
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import frames
from ovs import OpenVSwitch
from paths import right
from world import Agent, Collector, World, until

LEAF = "00:de:fb:00:01:01"
# However busy the database keeps the agent.
OTHERS_S = 1.0


class Talker:
    """Listens where Open vSwitch would, and says what it is told to say."""

    def __init__(self, path, say):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self.say, self.sessions, self.path = say, 0, path
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        os.chmod(path, 0o777)
        self.socket.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                session = self.socket.accept()[0]
            except OSError:
                return
            self.sessions += 1
            try:
                session.recv(65536)
                self.say(session)
            except OSError:
                pass  # the agent has had enough
            session.close()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        os.unlink(self.path)


def garbage(session):
    session.sendall(os.urandom(100000))


def without_end(beginning, more):
    def say(session):
        session.sendall(beginning)
        while True:
            session.sendall(more * 65536)
    return say


def row(table, number, columns):
    return '"%08x-0000-0000-0000-00000000000%d":{"new":%s}' % (
        number, len(table) % 10, json.dumps(columns))


def many_rows(session):
    """More than a table may have, in a text that is not too large."""
    rows = ",".join(row("Bridge", n, {"name": "b%d" % n})
                    for n in range(20000))
    session.sendall(('{"id":0,"result":{"Bridge":{%s}},"error":null}' %
                     rows).encode())
    time.sleep(1)


def many_values(session):
    """Two octets each, in a text that is not too large."""
    session.sendall(b'{"id":0,"result":{},"error":null,"x":[' +
                    b"0," * 3900000 + b"0]}")


def half(session):
    session.sendall(b'{"id":0,"result":{"Bridge":{"x":{"new":{"na')


def wrong_answer(session):
    session.sendall(b'{"id":0,"result":null,"error":"unknown database"}')


def hostile_rows(session):
    session.sendall(b'{"id":0,"result":{"Bridge":{"x":{"new":{"name":"\\u001b'
                    b'[31m"}}}}}{"method":"update","params":7,"id":null}')


def silence(session):
    time.sleep(3)


KINDS = {
    "garbage": garbage,
    "half a text": half,
    "a nesting without end": without_end(b'{"id":0,"result":[', b"["),
    "a string without end": without_end(b'{"id":0,"result":{"', b"x"),
    "a number without end": without_end(b'{"id":4294967296', b"9"),
    "members without end": without_end(b'{"id":0,"result":{', b'"a":{},'),
    "too many rows": many_rows,
    "too many values": many_values,
    "a wrong answer": wrong_answer,
    "hostile rows": hostile_rows,
    "silence": silence,
}


class Nonsense(unittest.TestCase):
    def test_each_kind_is_said_once_and_the_links_are_still_told(self):
        # Most of the time is spent waiting for the agent to try again.
        with ThreadPoolExecutor(3) as pool:
            ends = {name: pool.submit(self.one, say)
                    for name, say in KINDS.items()}
        for name, end in ends.items():
            with self.subTest(name):
                end.result()

    @staticmethod
    def one(say):
        host = Host()
        try:
            talker = Talker(host.ovs.socket, say)
            host.begin()
            host.others_are_in_time()
            until("it is tried again", 6, lambda: (
                talker.sessions > 1 or say in (silence, many_rows)))
            host.others_are_in_time()
            for words in ("makes no sense", "session ended", "cannot reach"):
                assert host.agent.said().count(words) <= 1, host.agent.said()
            assert host.agent.process.most_kib() < 24 << 10
            assert host.agent.process.rss_kib() < 16 << 10
            talker.close()
            host.well_again()
        finally:
            host.world.close()


class Host:
    """A host on a leaf, without Open vSwitch at first."""

    def __init__(self):
        self.world = World()
        self.node, self.leaf = self.world.nodes("hv1", "leaf1")
        self.world.wire(self.node, "ens0", self.leaf, "Eth1")
        self.ovs, self.agent = OpenVSwitch(self.node), None

    def begin(self):
        self.agent = Agent(self.node)

    def others_are_in_time(self):
        """A frame and a link, while the database does what it does."""
        name = "leaf%d" % time.time_ns()
        bridge = name[-12:]
        self.leaf.send("Eth1", frames.lldp(LEAF, name, "Ethernet1/1"))
        self.node.ip("link add %s type bridge" % bridge)
        right(lambda: self.told(name, bridge), (True, True), OTHERS_S)
        self.node.ip("link del " + bridge)

    def told(self, name, bridge):
        said = self.agent.show()
        return (bridge in [one["name"] for one in said["vswitches"]],
                name in [one.get("system_name") for nic in said["nics"]
                         for one in nic.get("neighbors", ())])

    def well_again(self):
        """The real database, where the other was."""
        self.ovs.start()
        self.ovs.do("add-br", "br7")
        until("the real bridge", 15, lambda: [
            one["name"] for one in self.agent.show()["vswitches"]] == ["br7"])


class HostileNames(unittest.TestCase):
    """The real database takes whatever people write into it."""

    LONG = "A\"'\\{}[]\x1b[31m\x07\u202e\u00e9\ud55c" * 400

    def test_they_are_cleaned_and_the_rest_is_right(self):
        host = Host()
        self.addCleanup(host.world.close)
        ovs = host.ovs
        ovs.start()
        collector = Collector(host.world)
        agent = Agent(host.node, collector.address)
        host.node.ip("tuntap add tap0 mode tap", "tuntap add tap1 mode tap")
        self.assertEqual(ovs.do(
            "add-br", "br0", "--", "add-port", "br0", "ens0",
            "--", "add-port", "br0", "tap0", "tag=10",
            "--", "add-port", "br0", "tap1", "tag=11"), 0)
        for name in ("\x1b[31m'\"{},", "x" * 10000):
            self.assertEqual(ovs.do("add-br", name), 0)
        uuid = "11111111-2222-3333-4444-555555555555"
        ovs.transact("Interface", "tap0", {"external_ids": {
            "vm-id": self.LONG, "iface-id": self.LONG,
            "attached-mac": self.LONG, self.LONG: self.LONG}})
        ovs.transact("Interface", "tap1", {"external_ids": {
            "vm-id": uuid, "attached-mac": "52:54:00:aa:bb:cc",
            self.LONG: ""}})
        ovs.transact("Port", "tap0", {"external_ids": {self.LONG: self.LONG}})
        ovs.transact("Bridge", "br0", {"datapath_type": self.LONG})
        until("the good machine", 2, lambda: any(
            one["id"] == uuid for one in self.vms(collector)))
        found = {one["vnics"][0]["name"]: one for one in self.vms(collector)}
        self.assertEqual(sorted(found), ["tap0", "tap1"])
        self.assertEqual(found["tap0"]["id"], "port:tap0")
        self.assertEqual(found["tap1"]["vnics"][0]["mac"],
                         "52:54:00:aa:bb:cc")
        names = sorted(one["name"] for one in agent.show()["vswitches"])
        self.assertEqual([len(name) for name in names], [3, 95, 10], names)
        self.assertNotIn("\x1b", json.dumps(agent.show(), ensure_ascii=False))
        self.assertNotIn("makes no sense", agent.said())

    @staticmethod
    def vms(collector):
        return json.loads(collector.demarc("vms", "--json").stdout)["vms"]


if __name__ == "__main__":
    unittest.main()
