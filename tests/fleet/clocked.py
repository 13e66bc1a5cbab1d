"""A collector on a clock of ours, and those who talk to it.

    octets -> [clocked] -> HTTP -> collector
"""
import concurrent.futures
import ctypes
import ctypes.util
import gzip
import http.client
import json
import socket
import subprocess
import threading
import time

POSTERS = 8
TRIES = 50


def load_zstd():
    name = ctypes.util.find_library("zstd")
    return ctypes.CDLL(name) if name else None


ZSTD = load_zstd()


def pack(body, how):
    """Gives the octets and their coding."""
    if how == 1:
        return gzip.compress(body, 1), "gzip"
    if how == 2 and ZSTD:
        ZSTD.ZSTD_compressBound.restype = ctypes.c_size_t
        ZSTD.ZSTD_compress.restype = ctypes.c_size_t
        room = ctypes.create_string_buffer(ZSTD.ZSTD_compressBound(
            ctypes.c_size_t(len(body))))
        size = ZSTD.ZSTD_compress(room, ctypes.c_size_t(len(room)), body,
                                  ctypes.c_size_t(len(body)), 1)
        return room.raw[:size], "zstd"
    return body, None


class Clocked:
    def __init__(self, program, database):
        self.program, self.database = program, database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process, self.now = None, None
        self.mine = threading.local()
        self.pool = concurrent.futures.ThreadPoolExecutor(POSTERS)

    def start(self, now):
        self.process = subprocess.Popen(
            [self.program, self.database, "127.0.0.1:%d" % self.port],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.mine = threading.local()
        self.set_time(now)
        end = time.time() + 30
        while self.process.poll() is None:
            try:
                return self.get("/healthz")
            except OSError:
                if time.time() > end:
                    raise
                time.sleep(0.01)
        raise OSError("%s ended at once" % self.program)

    def set_time(self, now):
        self.now = now
        self.process.stdin.write("%d\n" % now)
        self.process.stdin.flush()
        self.process.stdout.readline()

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(30)

    def kill(self):
        """As a power cut would."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def close(self):
        self.pool.shutdown()
        if self.process and self.process.poll() is None:
            self.kill()

    # ---- requests: a connection for each thread ------------------------------

    def request(self, method, path, body=None, headers=None):
        talk = getattr(self.mine, "talk", None)
        if not talk:
            talk = http.client.HTTPConnection("127.0.0.1", self.port,
                                              timeout=60)
            talk.connect()
            talk.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.mine.talk = talk
        try:
            talk.request(method, path, body, headers or {})
            answer = talk.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.mine.talk = None
            raise

    def get(self, path):
        status, body = self.request("GET", path)
        return status, json.loads(body) if body[:1] == b"{" else {}

    def post(self, body, how=0):
        """Gives 204, or what else was said; a busy collector is asked again."""
        octets, coding = pack(body, how)
        headers = {"Content-Type": "application/json",
                   "Demarc-Sent-At": str(self.now)}
        if coding:
            headers["Content-Encoding"] = coding
        for _ in range(TRIES):
            status, said = self.request("POST", "/api/v1/reports", octets,
                                        headers)
            if status != 503:
                break
            time.sleep(0.05)
        return status, said

    def post_all(self, bodies):
        """Many at once, in any order; gives what was not taken."""
        bad = []
        for body, (status, said) in zip(bodies, self.pool.map(
                lambda b: self.post(b, len(b) % 3), bodies)):
            if status != 204:
                bad.append((status, said[:300], body[:200]))
        return bad
