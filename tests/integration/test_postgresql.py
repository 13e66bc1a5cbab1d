"""Several collectors on one PostgreSQL: killed, restarted, and in each other's
way.

Agents send each report again, to any of them, until it is acknowledged; so each
revision of a host must be there once and whole, whoever wrote it.
"""
import collections
import http.client
import json
import random
import signal
import subprocess
import threading
import time
import unittest

from listening import Listener
from stores import Postgres
from test_crash import GROUPS, MACHINES, Host, Ingest, report
from world import Collector, World, program, until

POSTERS, HOSTS_EACH, KILLS = 6, 2, 3
SOON_S = 5


class Agent(threading.Thread):
    """Posts for its hosts, to any of these ports, each report until it is
    acknowledged."""

    def __init__(self, ports, hosts, seed):
        super().__init__(daemon=True)
        self.ports, self.hosts = ports, hosts
        self.chance = random.Random(seed)
        self.answers = collections.Counter()
        self.talks = {}
        self.ending = False

    def send(self, port, body):
        """The status of the answer; 0: there was none."""
        try:
            talk = self.talks.pop(port, None) or http.client.HTTPConnection(
                "127.0.0.1", port, timeout=20)
            talk.request("POST", "/api/v1/reports", body,
                         {"Content-Type": "application/json"})
            answer = talk.getresponse()
            answer.read()
            self.talks[port] = talk
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0

    def deliver(self, host):
        while host.acknowledged < host.sent:
            status = self.send(self.chance.choice(self.ports),
                               report(host.id, host.sent))
            self.answers[status] += 1
            if status == 204:
                host.acknowledged = host.sent
            else:
                time.sleep(0.02)

    def run(self):
        while not self.ending:
            for host in self.hosts:
                host.sent += 1
                self.deliver(host)


class Shared(Ingest, unittest.TestCase):
    hosts_before = 0

    @classmethod
    def setUpClass(cls):
        cls.world = World()
        cls.addClassCleanup(cls.world.close)
        cls.store = Postgres(cls.world)
        cls.addClassCleanup(cls.store.close)
        cls.collectors = [Collector(cls.world, name, cls.store.name)
                          for name in ("one", "two")]
        for collector in cls.collectors:
            cls.addClassCleanup(collector.stop)

    def setUp(self):
        count = POSTERS * HOSTS_EACH
        self.hosts = [Host(Shared.hosts_before + n + 1) for n in range(count)]
        Shared.hosts_before += count

    def start_agents(self):
        ports = [c.port for c in self.collectors]
        agents = [Agent(ports, self.hosts[n::POSTERS], n)
                  for n in range(POSTERS)]
        for agent in agents:
            agent.start()
        return agents

    def end(self, agents):
        """What they were answered; each host is now shown by each collector
        as it last was, and nothing was lost or stored twice."""
        for agent in agents:
            agent.ending = True
        self.wait_for(agents)
        for collector in self.collectors:
            for host in self.hosts:
                self.check_shown(collector, host)
        self.check_past(self.rows())
        return sum((a.answers for a in agents), collections.Counter())

    def check_shown(self, collector, host):
        self.collector = collector
        whole = {host.acknowledged: MACHINES + GROUPS + 2}
        until("%s is shown as it is" % host.id, SOON_S,
              lambda: self.revisions_of(host) == whole)

    def post(self, collector, host):
        host.sent += 1
        self.assertEqual(collector.ask(
            "POST", "/api/v1/reports", report(host.id, host.sent))[0], 204)
        host.acknowledged = host.sent

    def test_one_of_two_is_killed_under_load(self):
        answers = collections.Counter()
        for turn in range(KILLS):
            killed = self.collectors[turn % 2]
            agents = self.start_agents()
            time.sleep(0.3)
            killed.process.stop(signal.SIGKILL)
            time.sleep(0.2)
            killed.start()
            time.sleep(0.2)
            answers += self.end(agents)
        print("       %d reports acknowledged, %d sent again" % (
            answers[204], answers[0]))
        # Nobody was told that something is wrong with a report.
        self.assertEqual(set(answers) - {0, 204}, set(), answers)

    def test_postgresql_fails_under_load(self):
        def ready():
            return [c.get("/readyz")[0] for c in self.collectors]

        said = [len(c.process.said()) for c in self.collectors]
        agents = self.start_agents()
        time.sleep(0.3)
        self.store.do("kill")
        until("they say so", 5, lambda: ready() == [503, 503])
        self.store.do("start")
        until("they are ready", 10, lambda: ready() == [200, 200])
        time.sleep(0.2)
        answers = self.end(agents)
        self.assertEqual(set(answers) - {0, 204, 503}, set(), answers)
        for collector, before in zip(self.collectors, said):
            lines = collector.process.said()[before:]
            self.assertEqual(lines.count("connecting anew"), 1, lines)
            self.assertEqual(
                lines.count("connected to PostgreSQL again"), 1, lines)

    def test_what_was_not_told_is_made_up_for(self):
        one, two = self.collectors
        listening = "FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
        self.assertEqual(
            self.store.rows("SELECT count(*) " + listening), [("2",)])
        self.store.rows("SELECT pg_terminate_backend(pid) " + listening)
        self.post(one, self.hosts[0])
        self.check_shown(two, self.hosts[0])

    def test_who_listens_to_one_is_told_what_the_other_stored(self):
        one, two = self.collectors
        host = self.hosts[0]
        self.post(one, host)
        self.check_shown(two, host)
        streams = [Listener(c.port) for c in self.collectors]
        for stream in streams:
            self.addCleanup(stream.close)
            self.assertEqual(stream.until(1)[0]["event"], "ready")
        self.post(one, host)
        told = [[event["data"]["text"] for event in stream.until(1, SOON_S)]
                for stream in streams]
        for stream, texts in zip(streams, told):
            while stream.read(0.5):
                texts += [event["data"]["text"] for event in stream.events()]
        self.assertIn("vm-2-0", " ".join(told[0]))
        self.assertEqual(*map(collections.Counter, told))

    def test_a_bound_of_its_size_is_refused(self):
        refused = subprocess.run(
            [program("demarc-collector"), "--database=" + self.store.name,
             "--keep_size=100"], capture_output=True, text=True, timeout=20)
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("bound the history by keep_days", refused.stderr)

    def test_who_speaks_to_one_is_heard_by_the_other(self):
        one, two = self.collectors
        host = self.hosts[0]
        now = int(time.time())
        self.post(one, host)
        self.check_shown(two, host)

        def expires(collector):
            said = json.loads(collector.get("/api/v1/hosts/" + host.id)[1])
            return said["nics"][0]["heard"][0]["expires"]

        for number, collector in ((2, one), (3, two), (4, one)):
            beat = {"version": 1, "number": number, "sent_at": now,
                    "heartbeat": True, "digest": "%016x" % 1,
                    "host": {"id": host.id}, "heard": [{
                        "nic": "ens1", "protocol": "lldp",
                        "source_mac": "b8:ce:f6:00:00:01",
                        "last_heard": now, "expires": now + 500 + number}]}
            self.assertEqual(collector.ask(
                "POST", "/api/v1/reports", json.dumps(beat).encode())[0], 204)
            until("both know it", SOON_S, lambda n=number: [
                expires(c) for c in self.collectors] == [now + 500 + n] * 2)


if __name__ == "__main__":
    unittest.main()
