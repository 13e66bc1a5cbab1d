"""Tokens and TLS: who is let in, who is not, and what each is told.

The collector runs in a namespace and is reached over a wire, by an address
that is not loopback; the programs are the real ones.
"""
import json
import os
import signal
import socket
import unittest

from trust import ADDRESS, PORT, Trust, URL, report
from vcenter import VCenter, Vsphere, certificate
from world import Agent, program, until

STORES = ("sqlite", "postgresql")


class ListeningForOthers(Trust):
    def refusal(self, *options):
        said = self.node.run(
            program("demarc-collector"), *self.served.options, "--listen",
            "%s:%d" % (ADDRESS, PORT), *options)
        self.assertEqual(said.returncode, 1)
        return said.stderr

    def test_needs_tls_and_a_token_and_says_what_is_missing(self):
        tls = ("--tls_certificate", self.served.ca,
               "--tls_key", self.served.key)
        both = self.refusal()
        self.assertIn("by TLS and with a token only", both)
        self.assertIn("with a token only, and there is none",
                      self.refusal(*tls))
        self.served.token_file("ann", "viewer")
        self.assertIn("by TLS only; name tls_certificate", self.refusal())

    def test_wants_a_certificate_and_its_own_key(self):
        self.served.token_file("ann", "viewer")
        _, other = certificate(self.served.dir, "other", "IP:" + ADDRESS)
        said = self.refusal("--tls_certificate", self.served.ca,
                            "--tls_key", other)
        self.assertIn("are no certificate and its key", said)
        os.chmod(other, 0o644)
        said = self.refusal("--tls_certificate", self.served.ca,
                            "--tls_key", other)
        self.assertIn("everybody may read this key", said)
        self.assertIn("does not exist", self.refusal(
            "--tls_certificate", "/nowhere", "--tls_key", self.served.key))

    def test_wants_a_list_of_tokens_that_is_its_owner_s_alone(self):
        self.served.token_file("ann", "viewer")
        os.chmod(self.served.tokens, 0o640)
        self.assertIn("others may read or write it", self.refusal())
        os.chmod(self.served.tokens, 0o600)
        with open(self.served.tokens, "a") as file:
            file.write("broken\n")
        self.assertIn("line 3 is none", self.refusal())


class TokensByCommand(Trust):
    def test_are_made_listed_and_revoked_and_stored_as_hashes(self):
        made = self.served.token("add", "ann", "viewer")
        self.assertRegex(made.stdout, "^ann~[0-9a-f]{64}\n$")
        with open(self.served.tokens) as file:
            self.assertNotIn(made.stdout.strip(), file.read())
        self.assertEqual(os.stat(self.served.tokens).st_mode & 0o777, 0o600)
        self.assertEqual(self.served.token(
            "add", "hv1", "agent", self.machine).returncode, 0)
        self.assertEqual(self.served.token("revoke", "ann").returncode, 0)
        lines = [line.split("\t") for line in
                 self.served.token("list").stdout.splitlines()]
        self.assertEqual([line[:3] for line in lines],
                         [["ann", "viewer", "-"], ["hv1", "agent", self.machine]])
        self.assertEqual([line[4] == "good" for line in lines],
                         [False, True])

    def test_refuse_what_is_wrong(self):
        self.assertEqual(self.served.token("add", "ann", "viewer").returncode, 0)
        for status, words in (
                (1, ("add", "ann", "admin")), (1, ("revoke", "bob")),
                (2, ("add", "a b", "viewer")), (2, ("add", "x", "king")),
                (2, ("add", "x", "agent")), (2, ("add", "x", "agent", "hv1")),
                (2, ("add", "x", "viewer", self.machine)), (2, ()),
                (2, ("add", "x", "vcenter", "a\tb")), (2, ("list", "x"))):
            said = self.served.token(*words)
            self.assertEqual(said.returncode, status, words)
            self.assertTrue(said.stderr, words)
            self.assertEqual(said.stdout, "")


class Requests(Trust):
    def setUp(self):
        super().setUp()
        self.ann = self.served.token_file("ann", "viewer")
        self.agent = self.served.token_file("hv1", "agent", self.machine)
        self.served.start()

    def test_are_let_in_by_the_role(self):
        other = "1" * 32
        self.assertEqual(self.served.ask("GET", "/healthz")[0], 200)
        self.assertEqual(self.served.ask("GET", "/api/v1/hosts")[0], 401)
        self.assertEqual(self.served.ask("GET", "/")[0], 401)
        self.assertEqual(
            self.served.ask("GET", "/api/v1/hosts", self.agent)[0], 403)
        self.assertEqual(
            self.served.ask("GET", "/api/v1/hosts", self.ann)[0], 200)
        self.assertEqual(self.served.post(report(self.machine))[0], 401)
        self.assertEqual(self.served.post(report(self.machine), self.ann)[0], 403)
        status, said = self.served.post(report(other), self.agent)
        self.assertEqual(status, 403)
        self.assertEqual(said["path"], "host.id")
        self.assertIn("bound to another host", said["detail"])
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 204)
        hosts = self.served.ask("GET", "/api/v1/hosts", self.ann)[1]["hosts"]
        self.assertEqual([host["id"] for host in hosts], [self.machine])
        said = self.served.process.said()
        self.assertIn("audit: taken POST /api/v1/reports, token hv1, from "
                      "uid 0: report 1 of host " + self.machine, said)
        self.assertIn("audit: refused POST /api/v1/reports, token hv1, from "
                      "uid 0: host " + other, said)

    def test_of_a_vcenter_are_for_its_hosts_alone(self):
        vc1 = self.served.token_file("vc1", "vcenter", "vc1.example")
        vc2 = self.served.token_file("vc2", "vcenter", "vc2.example")
        mine, number = "a" * 32, 0

        def post(host, via, token):
            nonlocal number
            number += 1
            return self.served.post(
                report(host, number, program="demarc-vsphere", via=via),
                token)[0]
        self.assertEqual(post(mine, "vc1.example", vc1), 204)
        self.assertEqual(post(mine, "vc1.example", vc2), 403)
        self.assertEqual(post(mine, "vc2.example", vc2), 403)
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 204)
        self.assertEqual(post(self.machine, "vc1.example", vc1), 403)
        beat = {"version": 1, "number": number + 1, "sent_at": 1000,
                "digest": "%016d" % 1, "heartbeat": True,
                "host": {"id": mine}, "heard": []}
        self.assertEqual(self.served.post(beat, vc2)[0], 403)
        self.assertEqual(self.served.post(beat, vc1)[0], 204)

    def test_by_a_token_are_refused_once_it_is_revoked_or_the_list_is_gone(self):
        self.assertEqual(
            self.served.ask("GET", "/api/v1/hosts", self.ann)[0], 200)
        self.served.token("revoke", "ann")
        self.assertEqual(
            self.served.ask("GET", "/api/v1/hosts", self.ann)[0], 401)
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 204)
        with open(self.served.tokens, "a") as file:
            file.write("broken\n")
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 204)
        os.unlink(self.served.tokens)
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 401)
        self.assertEqual(self.served.ask("GET", "/api/v1/hosts")[0], 401)

    def test_that_go_on_end_when_their_token_is_revoked(self):
        talk = socket.socket(socket.AF_UNIX)
        self.addCleanup(talk.close)
        talk.settimeout(5)
        talk.connect(self.served.socket)
        with open(self.ann) as file:
            token = file.readline().strip()
        talk.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                     b"Authorization: Bearer " + token.encode() +
                     b"\r\n\r\n")
        said = talk.recv(4096)
        self.assertTrue(said.startswith(b"HTTP/1.1 200 "), said)
        self.served.token("revoke", "ann")
        # Something that it would have been told of.
        self.assertEqual(self.served.post(report(self.machine), self.agent)[0], 204)
        while not said.endswith(b"0\r\n\r\n"):
            more = talk.recv(4096)
            self.assertTrue(more, said)
            said += more
        self.assertNotIn(self.machine.encode(), said)

    def test_that_fail_too_often_are_told_to_wait_and_logged_no_more(self):
        for _ in range(20):
            self.assertEqual(self.served.ask("GET", "/api/v1/hosts")[0], 401)
        before = len(self.served.process.said())
        self.assertEqual(self.served.ask("GET", "/api/v1/hosts")[0], 429)
        self.assertEqual(len(self.served.process.said()), before)
        self.assertEqual(
            self.served.ask("GET", "/api/v1/hosts", self.ann)[0], 200)

    def test_with_a_large_body_are_refused_before_it_is_taken(self):
        talk = socket.socket(socket.AF_UNIX)
        self.addCleanup(talk.close)
        talk.settimeout(5)
        talk.connect(self.served.socket)
        talk.sendall(b"POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\n"
                     b"Content-Type: application/json\r\n"
                     b"Content-Length: 3000000\r\n\r\n")
        self.assertTrue(talk.recv(100).startswith(b"HTTP/1.1 401 "))

    def test_with_a_small_body_are_refused_after_it_so_that_all_read_why(self):
        for _ in range(5):
            self.assertEqual(self.served.post(report(self.machine))[0], 401)


class OverTls(Trust):
    def setUp(self):
        super().setUp()
        self.ann = self.served.token_file("ann", "viewer")
        self.agent = self.served.token_file("hv1", "agent", self.machine, mode=0o644)
        self.served.start()

    def python(self, text):
        """Runs a piece of Python on the host; gives what it prints."""
        said = self.host.run("python3", "-c", text, timeout=30)
        self.assertEqual(said.returncode, 0, said.stderr)
        return said.stdout.split()

    def test_demarc_asks_with_a_token_and_says_what_is_wrong(self):
        good = self.demarc("--token-file", self.ann)
        self.assertEqual(good.returncode, 1, good.stderr)  # there is no host
        none = self.demarc()
        self.assertEqual(none.returncode, 2)
        self.assertIn("wants a token", none.stderr)
        wrong = self.demarc("--token-file", self.agent)
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("everybody may read it", wrong.stderr)
        os.chmod(self.agent, 0o600)
        wrong = self.demarc("--token-file", self.agent)
        self.assertIn("this token is for reports", wrong.stderr)
        self.served.token("revoke", "ann")
        gone = self.demarc("--token-file", self.ann)
        self.assertIn("was revoked", gone.stderr)

    def test_demarc_sends_no_token_to_strangers(self):
        plain = self.host.run(program("demarc"), "hosts", "--collector",
                              "http://192.0.2.1:7413", "--token-file", self.ann)
        self.assertIn("a token is not sent to", plain.stderr)
        other, _ = certificate(self.served.dir, "other", "IP:" + ADDRESS)
        wrong = self.host.run(program("demarc"), "hosts", "--collector", URL,
                              "--ca", other, "--token-file", self.ann)
        self.assertEqual(wrong.returncode, 3)
        self.assertIn("certificate", wrong.stderr)
        name = self.host.run(program("demarc"), "hosts", "--collector",
                             "https://192.0.2.9:7413", "--ca", self.served.ca,
                             "--token-file", self.ann)
        self.assertEqual(name.returncode, 3)

    def test_demarc_says_what_is_wrong_with_the_address(self):
        for words, status, said in (
                ((URL,), 3, "is not trusted"), ((URL,), 3, "--ca FILE"),
                ((URL, "--ca", "/nowhere"), 2, "/nowhere cannot be used"),
                ((URL.replace("https", "http"),), 3, "perhaps it is https"),
                ((URL, "--ca", self.served.ca), 2, "wants a token")):
            done = self.host.run(
                program("demarc"), "hosts", "--collector", *words)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertIn(said, done.stderr)
            self.assertNotIn("running there", done.stderr)

    def test_the_environment_names_the_token(self):
        said = self.host.run(
            "env", "DEMARC_TOKEN_FILE=" + self.ann, program("demarc"),
            "hosts", "--collector", URL, "--ca", self.served.ca)
        self.assertEqual(said.returncode, 1, said.stderr)

    def test_an_agent_reports_with_its_token_and_with_no_other(self):
        wrong = self.served.token_file(
            "hv2", "agent", "2" * 32, mode=0o644)
        agent = Agent(self.host, URL, ca=self.served.ca, token_file=wrong)
        until("the agent says that everybody may read it", 10,
              lambda: "everybody may read it" in agent.said())
        self.give(agent, wrong, self.agent)
        until("the token of another host is refused", 10,
              lambda: "refuses this host's token (403)" in agent.said())
        self.assertEqual(self.hosts(), [])
        os.replace(self.agent, wrong)
        until("the report is there", 40, lambda: self.hosts() == [self.machine])
        agent.process.stop()

    def hosts(self):
        answer = self.demarc("--json", "--token-file", self.ann)
        self.assertIn(answer.returncode, (0, 1), answer.stderr)
        return [host["id"] for host in json.loads(answer.stdout)["hosts"]]

    def test_a_new_certificate_is_taken_up_and_connections_go_on(self):
        talk = (
            "import ssl,socket,sys\n"
            "def go(ca, old=None):\n"
            "    c = ssl.create_default_context(cafile=ca)\n"
            "    return c.wrap_socket(socket.create_connection(('%s', %d), 5),"
            " server_hostname='%s')\n"
            "def ask(s):\n"
            "    s.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: a.b\\r\\n\\r\\n')\n"
            "    said = b''\n"
            "    while not said.endswith(b'ok\\n'):\n"
            "        more = s.recv(1000)\n"
            "        assert more\n"
            "        said += more\n"
            "    return said.split()[1].decode()\n"
            % (ADDRESS, PORT, ADDRESS))
        old = os.path.join(self.served.dir, "old.crt")
        os.rename(self.served.ca, old)
        certificate(self.served.dir, "tls", "IP:" + ADDRESS)
        said = self.python(talk + (
            "import os, time\n"
            "s = go(%r)\nprint(ask(s))\nos.kill(%d, %d)\n"
            "end = time.time() + 5\n"
            "while time.time() < end:\n"
            "    try:\n        n = go(%r); break\n"
            "    except ssl.SSLError: time.sleep(.05)\n"
            "print(ask(n), ask(s))\n"
            % (old, self.served.process.pid, signal.SIGHUP, self.served.ca)))
        self.assertEqual(said, ["200", "200", "200"])
        with open(self.served.key, "w") as file:
            file.write("broken")
        os.kill(self.served.process.pid, signal.SIGHUP)
        until("the collector says so", 5, lambda: "those of before stay in use"
              in self.served.process.said())
        self.assertEqual(self.python(
            talk + "print(ask(go(%r)))" % self.served.ca), ["200"])

    def test_what_a_certificate_took_is_given_back(self):
        with open(self.served.ca) as file:
            pem = file.read()
        with open(self.served.ca, "w") as file:
            file.write("x" * 200_000 + "\n" + pem)

        def reload(times):
            for _ in range(times):
                before = self.served.process.said().count("read again")
                os.kill(self.served.process.pid, signal.SIGHUP)
                until("it is read again", 5, lambda: before <
                      self.served.process.said().count("read again"))
            return self.served.process.rss_kib()
        first = reload(5)
        self.assertLess(reload(20) - first, 2000)

    def test_connections_are_resumed(self):
        said = self.python(
            "import ssl,socket\n"
            "def go(v, s=None):\n"
            "    c = contexts[v]\n"
            "    k = c.wrap_socket(socket.create_connection(('%s', %d), 5),"
            " server_hostname='%s', session=s)\n"
            "    k.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')\n"
            "    k.recv(1000)\n"
            "    return k\n"
            "contexts = {}\n"
            "for v in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):\n"
            "    c = contexts[v] = ssl.create_default_context(cafile=%r)\n"
            "    c.minimum_version = c.maximum_version = v\n"
            "    first = go(v)\n"
            "    print(first.version(), first.session_reused,"
            " go(v, first.session).session_reused)\n"
            % (ADDRESS, PORT, ADDRESS, self.served.ca))
        self.assertEqual(said, ["TLSv1.2", "False", "True",
                                "TLSv1.3", "False", "True"])

    def test_connections_are_resumed_after_a_restart(self):
        held = os.path.join(self.host.dir, "session")

        def connect(*options):
            said = self.host.run(
                "openssl", "s_client", "-connect", "%s:%d" % (ADDRESS, PORT),
                "-tls1_2", *options)
            return [line.split(",")[0] for line in said.stdout.splitlines()
                    if "Cipher is" in line]
        self.assertEqual(connect("-sess_out", held), ["New"])
        key = os.path.join(self.served.dir, "tls_tickets")
        self.assertEqual(os.stat(key).st_mode & 0o777, 0o600)
        self.served.process.stop()
        self.served.start()
        self.assertEqual(connect("-sess_in", held), ["Reused"])
        # Without the file all are new, and none is left in the lurch.
        os.unlink(key)
        os.kill(self.served.process.pid, signal.SIGHUP)
        until("there is a new key", 5, lambda: os.path.exists(key))
        self.assertEqual(connect("-sess_in", held), ["New"])

    def test_older_versions_of_tls_are_refused(self):
        said = self.host.run(
            "openssl", "s_client", "-connect", "%s:%d" % (ADDRESS, PORT),
            "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")
        self.assertIn("Cipher is (NONE)", said.stdout)


class Vcenters(Trust):
    def test_demarc_vsphere_reports_with_its_token(self):
        cert, key = certificate(self.world.dir, "vcenter0")
        vcenter = VCenter(self.world, "-cert", cert, "-key", key)
        via = vcenter.url.split("/")[2]
        ann = self.served.token_file("ann", "viewer")
        wrong = self.served.token_file("other", "vcenter", "vc.example")
        right = self.served.token_file("vc", "vcenter", via)
        self.served.start()
        # Its vCenter is on loopback here, the collector by its socket.
        self.served.address = "unix:" + self.served.socket
        vsphere = Vsphere(self.world, vcenter, self.served, ca=cert,
                          token_file=wrong)
        until("reports are refused", 20,
              lambda: "the reports of another vCenter" in vsphere.process.said())
        vsphere.process.stop()
        vsphere = Vsphere(self.world, vcenter, self.served, name="right",
                          ca=cert, token_file=right)
        until("all hosts are there", 20, lambda: len(self.served.ask(
            "GET", "/api/v1/hosts", ann)[1]["hosts"]) ==
            len(vcenter.truth()["hosts"]))


if __name__ == "__main__":
    unittest.main()
