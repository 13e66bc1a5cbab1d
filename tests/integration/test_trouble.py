"""A collector that is stopped, slow, full or wrong does not stop an agent."""
import os
import re
import shutil
import signal
import socket
import threading
import time
import unittest

import frames
from world import Agent, Collector, Process, World, program, until

SWITCH = "00:de:fb:00:01:01"


class Trouble(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)
        self.host, self.leaf = self.world.nodes("hv1", "leaf1")
        self.world.wire(self.host, "ens1", self.leaf, "Eth1",
                        ("b8:ce:f6:00:00:01", SWITCH))

    def hear(self, port):
        self.leaf.send("Eth1", frames.lldp(SWITCH, "leaf1", port))

    def shows(self, agent, port, seconds=2):
        """The agent itself goes on: it hears, and answers at once."""
        def ports():
            begun = time.time()
            shown = agent.show()
            self.assertLess(time.time() - begun, 1)
            return any(one["port_id"]["value"] == port
                       for nic in shown["nics"]
                       for one in nic.get("neighbors", ()))
        until("the agent shows " + port, seconds, ports)

    def complaints(self, agent):
        return [line for line in agent.said().splitlines()
                if re.search("collector|deliver", line) and
                re.search("warn|error|not|cannot|refuse|fail|again", line)]

    def listens(self, agent):
        until("the agent listens", 5, lambda: any(
            nic.get("listening") for nic in agent.show()["nics"]))


class Stopped(Trouble):
    def test_reports_wait_and_arrive_when_it_is_back(self):
        collector = Collector(self.world)
        collector.stop()
        agent = Agent(self.host, collector.address)
        self.listens(agent)
        for number in range(1, 9):
            self.hear("Ethernet1/%d" % number)
            time.sleep(0.5)
        self.shows(agent, "Ethernet1/8")
        self.assertEqual(len(self.complaints(agent)), 1,
                         self.complaints(agent))
        collector.start()
        until("the last port arrives", 30, lambda:
              collector.answer("hv1 ens1") == "Eth1/8 on leaf1")

    def test_a_heartbeat_that_is_due_while_reports_wait_waits_too(self):
        agent = Agent(self.host, "unix:" + os.path.join(
            self.world.dir, "nobody.sock"), heartbeat=1)
        self.listens(agent)
        self.hear("Ethernet1/1")
        time.sleep(3)
        self.assertTrue(agent.process.running(), agent.said())
        self.shows(agent, "Ethernet1/1")

    def test_an_agent_that_was_restarted_still_delivers(self):
        collector = Collector(self.world)
        collector.stop()
        agent = Agent(self.host, collector.address)
        self.listens(agent)
        self.hear("Ethernet1/3")
        self.shows(agent, "Ethernet1/3")
        time.sleep(1.5)
        self.assertEqual(agent.process.stop(), 0)
        collector.start()
        os.path.exists(agent.socket) and os.unlink(agent.socket)
        agent.start()
        until("what was heard before arrives", 10, lambda:
              "Eth1/3" in str(collector.find("hv1 ens1")))

    def test_a_hangup_ends_an_agent_that_keeps_what_it_heard(self):
        agent = Agent(self.host, "unix:/nowhere/api.sock")
        self.listens(agent)
        self.hear("Ethernet1/3")
        self.shows(agent, "Ethernet1/3")
        self.assertEqual(agent.process.stop(signal.SIGHUP), 0)
        agent.start()
        self.shows(agent, "Ethernet1/3", 5)

    def test_the_second_collector_takes_what_the_first_does_not(self):
        collector = Collector(self.world)
        agent = Agent(self.host, "unix:/nowhere/api.sock, " +
                      collector.address)
        self.listens(agent)
        self.hear("Ethernet1/4")
        until("it arrives at the second", 5, lambda:
              collector.answer("hv1 ens1") == "Eth1/4 on leaf1")
        until("show knows", 3, lambda: "delivered_at" in agent.show()["delivery"])
        delivery = agent.show()["delivery"]
        self.assertNotIn("reason", delivery)

    def test_killed_it_has_all_that_it_acknowledged(self):
        collector = Collector(self.world)
        agent = Agent(self.host, collector.address)
        self.listens(agent)
        self.hear("Ethernet1/5")
        until("it arrives", 5, lambda:
              collector.answer("hv1 ens1") == "Eth1/5 on leaf1")
        collector.process.stop(signal.SIGKILL)
        if os.path.exists(collector.socket):
            os.unlink(collector.socket)
        collector.start()
        self.assertEqual(collector.answer("hv1 ens1"), "Eth1/5 on leaf1")


class Slow(Trouble):
    def test_suspended(self):
        collector = Collector(self.world)
        agent = Agent(self.host, collector.address)
        self.listens(agent)
        collector.process.tell(signal.SIGSTOP)
        for number in range(1, 7):
            self.hear("Ethernet1/%d" % number)
            time.sleep(0.5)
        self.shows(agent, "Ethernet1/6")
        collector.process.tell(signal.SIGCONT)
        until("the last port arrives", 60, lambda:
              collector.answer("hv1 ens1") == "Eth1/6 on leaf1")
        self.assertLessEqual(len(self.complaints(agent)), 1)


class Wrong(Trouble):
    """Something else answers at the collector's address."""

    def answer(self, octets):
        """A server that gives this answer to everyone; None: never one."""
        path = os.path.join(self.world.dir, "wrong.sock")
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        os.chmod(path, 0o777)
        server.listen(16)
        self.addCleanup(server.close)
        self.asked, held = 0, []

        def serve():
            while True:
                try:
                    talk, _ = server.accept()
                except OSError:
                    return
                self.asked += 1
                if octets is None:
                    held.append(talk)
                    continue
                with talk:
                    talk.settimeout(2)
                    try:
                        talk.recv(1 << 20)
                        talk.sendall(octets)
                    except OSError:
                        pass

        threading.Thread(target=serve, daemon=True).start()
        return "unix:" + path

    def goes_on(self, octets):
        agent = Agent(self.host, self.answer(octets))
        self.listens(agent)
        for number in range(1, 7):
            self.hear("Ethernet1/%d" % number)
            time.sleep(0.5)
        self.shows(agent, "Ethernet1/6")
        self.assertTrue(agent.process.running())
        self.assertGreater(self.asked, 0)
        return agent

    def test_a_tarpit(self):
        self.goes_on(None)

    def test_an_error_of_the_server(self):
        agent = self.goes_on(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n"
                             b"Connection: close\r\n\r\n")
        self.assertEqual(len(self.complaints(agent)), 1,
                         self.complaints(agent))
        self.assertIn("500", agent.said())

    def test_a_conflict_over_the_whole_report_is_not_asked_for_again(self):
        agent = self.goes_on(b"HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n"
                             b"Connection: close\r\n\r\n")
        self.assertLess(self.asked, 10)
        self.assertEqual(len(self.complaints(agent)), 1,
                         self.complaints(agent))
        self.assertIn("409", agent.said())

    def test_no_http_at_all(self):
        agent = self.goes_on(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.assertEqual(len(self.complaints(agent)), 1,
                         self.complaints(agent))

    def test_a_refusal_is_set_aside_and_said(self):
        body = (b'{"title":"Bad Request","status":400,'
                b'"detail":"nics[0].mac: \\"x\\" is not a MAC address"}')
        agent = self.goes_on(
            b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n"
            b"Content-Type: application/problem+json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        until("the reason is in the agent's log", 3, lambda:
              "is not a MAC address" in agent.said())
        until("show knows", 3, lambda: "reached" in agent.show()["delivery"])
        delivery = agent.show()["delivery"]
        self.assertTrue(delivery["reached"])
        self.assertNotIn("delivered_at", delivery)
        self.assertIn("is not a MAC address", delivery["reason"])
        self.assertIn("is not a MAC address", agent.command("show").stdout)

    def kept(self, agent):
        """How many reports wait, and how many were set aside."""
        spool = os.path.join(agent.dir, "state", "spool")
        return tuple(
            len([name for name in os.listdir(place)
                 if name.endswith(".report.json")])
            if os.path.isdir(place) else 0
            for place in (spool, os.path.join(spool, "refused")))

    def test_a_report_that_is_too_large_is_set_aside(self):
        agent = self.goes_on(
            b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\n"
            b"Content-Length: 0\r\n\r\n")
        until("none waits", 3, lambda: self.kept(agent)[0] == 0)
        self.assertGreater(self.kept(agent)[1], 0)
        self.assertIn("413", agent.said())
        self.assertNotIn("delivered_at", agent.show()["delivery"])

    def test_a_wrong_address_keeps_the_reports(self):
        agent = self.goes_on(
            b"HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\n"
            b"Content-Length: 0\r\n\r\n")
        self.assertLess(self.asked, 30)
        waiting, refused = self.kept(agent)
        self.assertGreater(waiting, 0)
        self.assertEqual(refused, 0)
        self.assertEqual(len(self.complaints(agent)), 1,
                         self.complaints(agent))
        self.assertIn("421", agent.said())
        delivery = agent.show()["delivery"]
        self.assertIs(delivery["reached"], False)
        self.assertIn("421", delivery["reason"])


class Busy(Trouble):
    """Links come and go while the kernel is asked for all of them."""

    PAIRS, ASKED = 250, 30

    def churn(self, number):
        name = "churn%d" % number
        path = os.path.join(self.world.dir, name)
        with open(path, "w") as file:
            for _ in range(100):
                print("link add %s type veth peer %sp\nlink del %s" %
                      (name, name, name), file=file)
        return self.host.start(
            name, "sh", "-c", "while ip -batch %s; do :; done" % path)

    def test_links_that_come_and_go_hide_none_that_stay(self):
        self.host.ip(*("link add steady%d type veth peer steady%dp" %
                       (number, number) for number in range(self.PAIRS)))
        churning = [self.churn(number) for number in range(2)]
        try:
            for _ in range(self.ASKED):
                said = self.host.run(program("demarc-agent"), "doctor", "ens1")
                self.assertNotIn("does not tell", said.stderr)
                self.assertIn("ens1", said.stdout)
            agent = Agent(self.host)
            self.listens(agent)
        finally:
            for one in churning:
                one.stop(signal.SIGKILL)


class Full(Trouble):
    def start(self, room):
        """A collector whose database is on a small disk of its own."""
        collector = Collector(self.world)
        collector.stop()
        disk = collector.dir
        collector.process = self.world.keep(Process(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c",
             'mkdir -p "$1" && mount -t tmpfs -o size=%s tmpfs "$1" && '
             'exec "$2" --config "$3" --database "$1/demarc.sqlite"' % room,
             "sh", os.path.join(disk, "disk"), program("demarc-collector"),
             collector.config], os.path.join(disk, "collector.log")))
        until("the collector answers", 5, collector.ready)
        return collector, "/proc/%d/root%s" % (
            collector.process.pid, os.path.join(disk, "disk"))

    def test_nothing_is_lost_when_its_disk_is_full(self):
        collector, disk = self.start("2m")
        agent = Agent(self.host, collector.address)
        self.listens(agent)
        self.hear("Ethernet1/1")
        until("it arrives", 5, lambda:
              collector.answer("hv1 ens1") == "Eth1/1 on leaf1")
        filler = os.path.join(disk, "filler")
        with open(filler, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        self.assertEqual(shutil.disk_usage(disk).free, 0)
        for number in range(2, 40):
            self.hear("Ethernet1/%d" % number)
            time.sleep(0.1)
        self.shows(agent, "Ethernet1/39")
        until("the agent says that nothing is taken", 5,
              lambda: self.complaints(agent))
        self.assertTrue(collector.process.running(), collector.process.said())
        # A write that is small enough may still fit, until the next report.
        until("the collector says that its disk is full", 20, lambda:
              b"full" in collector.get("/readyz")[1])
        self.assertEqual(collector.get("/healthz")[0], 200)
        os.unlink(filler)
        until("the collector is ready again", 10,
              lambda: collector.get("/readyz")[0] == 200)
        until("the last port arrives", 40, lambda:
              collector.answer("hv1 ens1") == "Eth1/39 on leaf1")


if __name__ == "__main__":
    unittest.main()
