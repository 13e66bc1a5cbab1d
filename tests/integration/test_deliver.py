"""demarc-deliver alone: packed where that is taken, as it is where it is not."""
import gzip
import http.server
import json
import os
import socketserver
import subprocess
import tempfile
import threading
import unittest

from test_garbage import report
from world import Collector, World, program


class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Notes each post; answers a packed one as 'answer' says."""
    daemon_threads = True

    def __init__(self, path, answer):
        self.answer, self.posts = answer, []
        super().__init__(path, Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        coding = self.headers["Content-Encoding"]
        self.server.posts.append((coding, body))
        self.send_response(self.server.answer if coding else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def address_string(self):
        return "unix"

    def log_message(self, *_):
        pass


class Deliver(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="demarc-deliver-")
        self.addCleanup(self.directory.cleanup)
        self.spool = os.path.join(self.directory.name, "spool")
        os.mkdir(self.spool, 0o700)
        self.documents = []

    def wait_in_spool(self, number, nics):
        document = report(number)
        document["nics"] = [dict(document["nics"][0], name="ens%d" % i)
                            for i in range(nics)]
        body = json.dumps(document).encode()
        self.documents.append(body)
        path = os.path.join(self.spool, "%020d.report.json" % number)
        with open(path, "wb") as file:
            file.write(body)

    def deliver(self, address):
        done = subprocess.run(
            [program("demarc-deliver"), "--spool", self.spool,
             "--collector", address], capture_output=True, text=True,
            timeout=30, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([name for name in os.listdir(self.spool)
                          if name.endswith(".json")], [])
        return done.stderr

    def posts(self, answer):
        """What arrives of a small report and two large ones."""
        for number, nics in ((1, 1), (2, 20), (3, 30)):
            self.wait_in_spool(number, nics)
        path = os.path.join(self.directory.name, "sock")
        with Server(path, answer) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                self.assertEqual(self.deliver("unix:" + path), "")
            finally:
                server.shutdown()
                thread.join()
        return server.posts

    def test_what_is_large_goes_packed(self):
        posts = self.posts(204)
        self.assertEqual([coding for coding, _ in posts],
                         [None, "gzip", "gzip"])
        self.assertEqual([gzip.decompress(body) if coding else body
                          for coding, body in posts], self.documents)
        self.assertLess(len(posts[1][1]), len(self.documents[1]) // 4)

    def test_a_collector_that_unpacks_nothing_gets_it_as_it_is(self):
        for refusal in (415, 400):
            with self.subTest(refusal):
                self.documents = []
                posts = self.posts(refusal)
                self.assertEqual([coding for coding, _ in posts],
                                 [None, "gzip", None, None])
                self.assertEqual([body for coding, body in posts
                                  if not coding], self.documents)
                os.unlink(os.path.join(self.directory.name, "sock"))

    def test_the_collector_takes_it(self):
        world = World()
        self.addCleanup(world.close)
        collector = Collector(world)
        self.wait_in_spool(1, 40)
        self.assertEqual(self.deliver(collector.address), "")
        self.assertEqual(collector.json("/api/v1/hosts")["hosts"][0]["nics"],
                         40)


if __name__ == "__main__":
    unittest.main()
