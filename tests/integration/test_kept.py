"""A connection by TLS that an agent keeps: one handshake, many heartbeats."""
import unittest

from trust import ADDRESS, PORT, Trust, URL
from world import Agent, until


class Kept(Trust):
    def setUp(self):
        super().setUp()
        self.ann = self.served.token_file("ann", "viewer")
        self.agent = self.served.token_file("hv1", "agent", self.machine, mode=0o644)
        self.served.start()

    def connections(self):
        """Those of the host, by its own port."""
        said = self.host.run("ss", "-Htn", "state", "established", "dst",
                             "%s:%d" % (ADDRESS, PORT))
        return [line.split()[2] for line in said.stdout.splitlines()]

    def last_report(self):
        _, hosts = self.served.ask("GET", "/api/v1/hosts", self.ann)
        return max((host["last_report"] for host in hosts["hosts"]), default=0)

    def wait_for_heartbeats(self, seconds):
        heard = self.last_report()
        until("the agent is heard on", 20,
              lambda: self.last_report() >= heard + seconds)

    def test_an_agent_keeps_its_connection_and_makes_another_when_it_is_gone(
            self):
        agent = Agent(self.host, URL, ca=self.served.ca, heartbeat=1,
                      token_file=self.agent)
        self.give(agent, self.agent)
        until("the report is there", 10, lambda: self.last_report() > 0)
        until("it stands", 5, lambda: len(self.connections()) == 1)
        first = self.connections()
        self.wait_for_heartbeats(3)
        self.assertEqual(self.connections(), first)
        self.served.process.stop()
        self.served.start()
        self.wait_for_heartbeats(1)
        until("another stands", 5, lambda: len(self.connections()) == 1)
        self.assertNotEqual(self.connections(), first)
        agent.process.stop()
        until("it is gone", 5, lambda: not self.connections())


if __name__ == "__main__":
    unittest.main()
