"""A database that talks nonsense: said once, tried again, harms nobody."""
import os
import socket
import threading
import time
import unittest

from world import Agent, World, until


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


def without_end(session):
    session.sendall(b'{"id":0,"result":[')
    while True:
        session.sendall(b"[" * 65536)


def wrong_answer(session):
    session.sendall(b'{"id":0,"result":null,"error":"unknown database"}')


def hostile_rows(session):
    session.sendall(b'{"id":0,"result":{"Bridge":{"x":{"new":{"name":"\\u001b'
                    b'[31m"}}}}}{"method":"update","params":7,"id":null}')


def silence(session):
    time.sleep(3)


class Nonsense(unittest.TestCase):
    def test_each_kind_is_said_once_and_the_links_are_still_told(self):
        for say in (garbage, without_end, wrong_answer, hostile_rows, silence):
            with self.subTest(say.__name__):
                self.one(say)

    def one(self, say):
        world = World()
        try:
            host, wire = world.nodes("hv1", "leaf1")
            world.wire(host, "ens0", wire, "Eth1")
            talker = Talker(os.path.join(
                host.dir, "run/openvswitch/db.sock"), say)
            agent = Agent(host)
            host.ip("link add br0 type bridge", "link set ens0 master br0")
            until("the bridge is told", 2, lambda: [
                one["name"] for one in agent.show()["vswitches"]] == ["br0"])
            until("it is tried again", 6, lambda: (
                talker.sessions > 1 or say is silence))
            begun = time.time()
            host.ip("link set br0 name br9")
            until("the new name", 2, lambda: agent.show()["vswitches"][0]
                  ["name"] == "br9")
            self.assertLess(time.time() - begun, 2)
            self.assertLessEqual(agent.said().count("makes no sense"), 1)
            self.assertLessEqual(agent.said().count("session ended"), 1)
            self.assertLess(agent.process.rss_kib(), 16 << 10)
            talker.close()
        finally:
            world.close()


if __name__ == "__main__":
    unittest.main()
