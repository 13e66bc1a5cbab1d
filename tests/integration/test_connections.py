"""What a connection may take of a collector, and what it may not.

Each test holds a trap of libmicrohttpd: what it does by itself would let one
client keep all others out, or cost memory that idle connections do not need.
"""
import os
import socket
import ssl
import threading
import time
import unittest

from vcenter import certificate
from world import Collector, World, until

HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
WHOLE = HEAD + b"\r\n"
# States of a socket in /proc/net/tcp; one that lingers is nobody's any more.
LISTENS, LINGERS = "0A", "06"


class Dripping:
    """Sends one octet now and then on each of its connections."""

    def __init__(self, talks, octet=b"x"):
        self.talks, self.octet, self.over = list(talks), octet, False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.over:
            for talk in list(self.talks):
                try:
                    talk.send(self.octet)
                except OSError:
                    self.talks.remove(talk)
            time.sleep(.1)

    def stop(self):
        self.over = True
        self.thread.join()


class WithTls(Collector):
    """One whose port does not understand who asks in plain text."""

    def ready(self):
        return "listening on unix:" in self.process.said()


class Connections(unittest.TestCase):
    def setUp(self):
        self.world = World()
        self.addCleanup(self.world.close)

    def collector(self, **options):
        self.served = Collector(self.world, **options)
        until("who asked whether it is there has gone", 2,
              lambda: self.connected() == 0)
        return self.served

    def connected(self):
        """How many connections the collector has on its port."""
        with open("/proc/%d/net/tcp" % self.served.process.pid) as file:
            lines = [line.split() for line in file]
        return sum(local.endswith(":%04X" % self.served.port) and
                   state not in (LISTENS, LINGERS)
                   for _, local, _, state, *_ in lines)

    def connect(self, source="127.0.0.1"):
        talk = socket.create_connection(
            ("127.0.0.1", self.served.port), 5, (source, 0))
        self.addCleanup(talk.close)
        return talk

    def answers(self, talk):
        """Is a whole request on it answered?"""
        try:
            talk.sendall(WHOLE)
            said = b""
            while not said.endswith(b"ok\n"):
                more = talk.recv(4096)
                if not more:
                    return False
                said += more
        except OSError:
            return False
        return said.startswith(b"HTTP/1.1 200 ")

    def is_closed(self, talk):
        """Within a moment, and without a word."""
        try:
            return talk.recv(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False


class Dripped(Connections):
    """The library's timeout is one of inactivity."""

    def hold(self, begin):
        """All that may be is taken by who drips; gives when one is let in."""
        self.collector(connections=40, connections_per_address=40,
                       request_timeout=2, idle_timeout=2)
        talks = [self.connect() for _ in range(40)]
        for talk in talks:
            begin(talk)
        drips = Dripping(talks)
        self.addCleanup(drips.stop)
        self.assertFalse(self.answers(self.connect()))
        until("an honest one is served", 8,
              lambda: self.answers(self.connect()))

    def test_headers_hold_nobody_up(self):
        self.hold(lambda talk: talk.sendall(HEAD + b"X: "))

    def test_a_first_line_after_a_whole_request_holds_nobody_up(self):
        self.hold(lambda talk: self.assertTrue(self.answers(talk)))

    def test_bodies_hold_nobody_up(self):
        self.hold(lambda talk: talk.sendall(
            b"POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 9999\r\n\r\n"))


class Many(Connections):
    def test_of_one_address_leave_room_for_others(self):
        self.collector(connections=40, threads=2)
        talks = [self.connect() for _ in range(40)]
        held = [talk for talk in talks if self.answers(talk)]
        self.assertEqual(len(held), 20)
        self.assertTrue(self.answers(self.connect("127.0.0.2")))

    def test_are_as_many_as_may_be_whichever_thread_they_came_to(self):
        self.collector(connections=50, connections_per_address=99, threads=4)
        talks = [self.connect() for _ in range(50)]
        for talk in talks:
            self.assertTrue(self.answers(talk))
        self.assertTrue(self.is_closed(self.connect()))
        self.assertIn("50 connections are open", self.served.process.said())
        # Who administrates is let in.
        self.assertEqual(self.served.demarc("hosts").returncode, 1)
        for talk in talks[:5]:
            talk.close()
        until("there is room again", 3,
              lambda: self.answers(self.connect()))


class Uploads(Connections):
    def test_that_are_refused_are_refused_before_they_are_sent(self):
        self.collector()
        for head, status in (
                (b"Content-Type: application/json\r\n"
                 b"Content-Length: 100000000\r\n\r\n", b"413"),
                (b"Content-Type: application/json\r\nExpect: 100-continue\r\n"
                 b"Content-Length: 100000000\r\n\r\n", b"413"),
                (b"Content-Type: image/png\r\nContent-Length: 100000\r\n\r\n",
                 b"415")):
            talk = self.connect()
            talk.sendall(b"POST /api/v1/reports HTTP/1.1\r\n"
                         b"Host: localhost\r\n" + head)
            self.assertTrue(talk.recv(100).startswith(b"HTTP/1.1 " + status))

    def test_without_a_length_end_at_the_limit(self):
        self.collector()
        talk = self.connect()
        talk.sendall(b"POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n"
                     b"Content-Type: application/json\r\n"
                     b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 64 << 20:
                talk.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
                sent += 65536
        except OSError:
            pass
        self.assertLess(sent, 64 << 20)


class Idle(Connections):
    def cost_kb(self, connect, count):
        """Of one connection more, after the first ones warmed things up."""
        first = [connect() for _ in range(100)]
        before = self.served.process.rss_kib()
        more = [connect() for _ in range(count)]
        after = self.served.process.rss_kib()
        for talk in first + more:
            talk.close()
        return (after - before) / count

    def answered(self):
        talk = self.connect()
        self.assertTrue(self.answers(talk))
        return talk

    def test_costs_less_than_10_kb(self):
        self.collector()
        self.assertLess(self.cost_kb(self.answered, 1000), 10)

    def test_costs_what_a_session_of_gnutls_does_besides_with_tls(self):
        """10.3 KB of GnuTLS 3.7, which cannot be had for less."""
        cert, key = certificate(self.world.dir, "tls")
        self.served = WithTls(
            self.world, tls_certificate=cert, tls_key=key)
        context = ssl.create_default_context(cafile=cert)
        # The shorter handshake, for the sake of the test's time.
        context.maximum_version = ssl.TLSVersion.TLSv1_2

        def shaken():
            plain = self.connect()
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            talk = context.wrap_socket(plain, server_hostname="127.0.0.1")
            self.addCleanup(talk.close)
            self.assertTrue(self.answers(talk))
            return talk
        self.assertLess(self.cost_kb(shaken, 400), 10 + 10.5)


if __name__ == "__main__":
    unittest.main()
