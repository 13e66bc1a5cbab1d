"""A collector that is killed, or told to stop, while reports arrive.

Each report of a host names its revision in all that it says: machines, port
groups, a virtual switch, and what a NIC heard, with its frame.  So answers tell
which report is there and whether it is whole, and the database at the end that
this was so for each one before.  ROUNDS=1000 kills it more often.
"""
import base64
import collections
import http.client
import json
import os
import random
import signal
import statistics
import threading
import time
import unittest

from stores import Postgres, Sqlite, octets
from world import Collector, World, until

ROUNDS = int(os.environ.get("ROUNDS", "100"))
POSTERS, HOSTS_EACH, MACHINES, GROUPS = 16, 2, 6, 3
# Kinds of claims, as the database numbers them.
NEIGHBOR, VSWITCH, GROUP, WORKLOAD = 3, 4, 5, 6
LOAD_S = (0.02, 0.2)
STORE_EVERY = 5  # rounds
READY_S = 1.0


def frame_of(host, revision):
    return base64.b64encode(b"%s revision %d" % (
        host.encode(), revision)).decode()


def report(host, revision):
    now = int(time.time())
    return json.dumps({
        "version": 1, "number": revision, "sent_at": now,
        "digest": "%016x" % revision,
        "agent": {"version": "0.1", "started_at": now},
        "host": {"id": host, "name": "hv-" + host[:7]},
        "nics": [{"name": "ens1", "mac": "00:11:22:33:44:55", "up": True,
                  "carrier": True, "neighbors": [{
                      "protocol": "lldp", "source_mac": "b8:ce:f6:00:00:01",
                      "ttl_s": 120, "scope": "nearest-bridge",
                      "chassis_id": {"type": "mac",
                                     "value": "b8:ce:f6:00:00:00"},
                      "port_id": {"type": "interface_name",
                                  "value": "Ethernet1/%d" % revision},
                      "first_heard": now, "last_heard": now,
                      "expires": now + 120, "frames": 1,
                      "frame": frame_of(host, revision)}]}],
        "links": [],
        "vswitches": [{"name": "br-%d" % revision, "kind": "openvswitch"}],
        "port_groups": [{"vswitch": "br-%d" % revision, "vlan": n + 1,
                         "name": "tag %d of %d" % (n, revision)}
                        for n in range(GROUPS)],
        "workloads": [{"id": "%d-%d" % (revision, n), "kind": "vm",
                       "name": "vm-%d-%d" % (revision, n),
                       "vnics": [{"name": "tap%d" % n}]}
                      for n in range(MACHINES)]}).encode()


class Host:
    """What one host has sent, and what of it was acknowledged."""

    def __init__(self, number):
        self.id = "%032x" % (number << 100 | 0xdead)
        self.sent = self.acknowledged = 0


class Poster(threading.Thread):
    """Posts for its hosts on one connection until that breaks."""

    def __init__(self, port, hosts):
        super().__init__(daemon=True)
        self.port, self.hosts = port, hosts
        self.answers = collections.Counter()
        self.awaited = False  # a whole request is on its way

    def run(self):
        try:
            self.post()
        except (OSError, http.client.HTTPException):
            pass

    def post(self):
        talk = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        while True:
            for host in self.hosts:
                host.sent += 1
                talk.request("POST", "/api/v1/reports",
                             report(host.id, host.sent),
                             {"Content-Type": "application/json"})
                self.awaited = True
                answer = talk.getresponse()
                answer.read()
                self.awaited = False
                self.answers[answer.status] += 1
                if answer.status != 204:
                    return
                host.acknowledged = host.sent


class Ingest:
    """A store, a collector, and hosts that never pause."""

    def begin(self, store):
        self.store = store
        self.collector = Collector(self.world, database=store.name)
        self.hosts = [Host(n + 1) for n in range(POSTERS * HOSTS_EACH)]

    def start_posters(self):
        posters = [Poster(self.collector.port, self.hosts[n::POSTERS])
                   for n in range(POSTERS)]
        for poster in posters:
            poster.start()
        return posters

    @staticmethod
    def wait_for(posters):
        for poster in posters:
            poster.join(30)
            assert not poster.is_alive()

    def restart(self):
        """Starts it; gives the seconds until it is ready."""
        begun = time.time()
        self.collector.start()
        until("it is ready", 10,
              lambda: self.collector.get("/readyz")[0] == 200, 0.01)
        return time.time() - begun

    def rows(self):
        """Of each host: the revisions that frames in the past name, those of
        now, and how many rows of the past and of now each kind has."""
        found = collections.defaultdict(
            lambda: ([], [], collections.Counter(), collections.Counter()))
        for place, query in enumerate((
                "SELECT machine_id, kind, frame FROM past"
                " JOIN host USING (host_id)",
                "SELECT machine_id, kind, octets FROM claim"
                " JOIN host USING (host_id)"
                " LEFT JOIN frame USING (host_id, n)")):
            for id_, kind, frame in self.store.rows(query):
                said = found[id_]
                said[2 + place][int(kind)] += 1
                if int(kind) == NEIGHBOR:
                    name, _, revision = octets(frame).decode().partition(
                        " revision ")
                    self.assertEqual(name, id_)
                    said[place].append(int(revision))
        self.assertTrue(self.store.is_sound())
        return found

    def revisions_of(self, host):
        """Every revision that the answer about a host names, and how often;
        none when it is not known."""
        status, body = self.collector.get("/api/v1/hosts/" + host.id)
        if status == 404:
            return collections.Counter()
        self.assertEqual(status, 200, body)
        said = json.loads(body)
        return collections.Counter(
            [int(w["name"].split("-")[1]) for w in said["workloads"]] +
            [int(g["name"].split(" ")[3]) for g in said["port_groups"]] +
            [int(v["name"].split("-")[1]) for v in said["vswitches"]] +
            [int(heard["neighbor"]["port_id"]["value"].split("/")[1])
             for nic in said["nics"] for heard in nic["heard"]])

    def check(self):
        """All that was acknowledged is there; what is there is whole."""
        for host in self.hosts:
            found = self.revisions_of(host)
            newest = max(found, default=0)
            self.assertGreaterEqual(newest, host.acknowledged)
            self.assertLessEqual(newest, host.sent)
            self.assertEqual(found, {newest: MACHINES + GROUPS + 2}
                             if newest else {})
            # An agent that was not answered sends the next.
            host.sent = host.acknowledged = newest

    def check_past(self, found):
        """Each report was whole, and none is there twice."""
        for host in self.hosts:
            if host.acknowledged == 0:
                self.assertNotIn(host.id, found)
                continue
            past, now, past_rows, rows = found[host.id]
            before = host.acknowledged - 1
            self.assertEqual(now, [host.acknowledged], host.id)
            self.assertEqual(sorted(past), list(range(1, before + 1)))
            for kind, many in ((NEIGHBOR, 1), (VSWITCH, 1), (GROUP, GROUPS),
                               (WORKLOAD, MACHINES)):
                self.assertEqual((past_rows[kind], rows[kind]),
                                 (many * before, many), (host.id, kind))

    def kill_again_and_again(self, rounds):
        chance = random.Random(rounds)
        ready_s, acknowledged = [], 0
        for turn in range(rounds):
            posters = self.start_posters()
            time.sleep(chance.uniform(*LOAD_S))
            self.collector.process.stop(signal.SIGKILL)
            self.wait_for(posters)
            if turn % STORE_EVERY == 0:
                self.store.kill()
            acknowledged += sum(p.answers[204] for p in posters)
            for poster in posters:
                self.assertEqual(set(poster.answers) - {204}, set())
            ready_s.append(self.restart())
            self.check()
        self.check_past(self.rows())
        print("       killed %d times, %d reports acknowledged, ready after "
              "%.2f s (worst %.2f)" % (rounds, acknowledged, statistics.median(
                  ready_s), max(ready_s)))
        self.assertGreater(acknowledged, rounds * POSTERS)
        self.assertLessEqual(statistics.median(ready_s), READY_S)

    def stop_again_and_again(self, rounds):
        for _ in range(rounds):
            posters = self.start_posters()
            time.sleep(0.15)
            self.assertEqual(self.collector.stop(), 0)
            self.wait_for(posters)
            for poster in posters:
                self.assertEqual(set(poster.answers) - {204, 503}, set())
            # What it has stored, it has said to be so.
            self.check_past(self.rows())
            self.restart()
            self.check()


class Crash(Ingest, unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.begin(Sqlite(self.world))

    def test_nothing_acknowledged_is_lost_and_nothing_is_half(self):
        self.kill_again_and_again(ROUNDS)

    def test_told_to_stop_it_answers_what_it_has_taken(self):
        self.stop_again_and_again(5)


class CrashWithPostgresql(Ingest, unittest.TestCase):
    """The server dies with the collector now and then."""

    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        store = Postgres(self.world)
        self.addCleanup(store.close)
        self.begin(store)

    def test_nothing_acknowledged_is_lost_and_nothing_is_half(self):
        self.kill_again_and_again(ROUNDS // 8)

    def test_told_to_stop_it_answers_what_it_has_taken(self):
        self.stop_again_and_again(2)


if __name__ == "__main__":
    unittest.main()
