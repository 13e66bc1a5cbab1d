"""A client of server-sent events, as simple as the standard allows."""
import json
import select
import socket
import time


class Listener:
    """One stream, read by hand: chunks are taken apart, nothing is guessed."""

    def __init__(self, port, query="", last=None, version="1.1", room=None):
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        head = "GET /api/v1/events%s HTTP/%s\r\nHost: localhost\r\n" % (
            query, version)
        if last:
            head += "Last-Event-ID: %s\r\n" % last
        self.socket.sendall(head.encode() + b"\r\n")
        self.raw, self.text, self.ended = b"", "", False
        self.head, self.last, self.comments = None, last, 0

    def close(self):
        self.socket.close()

    def _take(self, octets):
        self.raw += octets
        if self.head is None and b"\r\n\r\n" in self.raw:
            head, _, self.raw = self.raw.partition(b"\r\n\r\n")
            self.head = head.decode()
            self.chunked = "chunked" in self.head.lower()
        if self.head is None:
            return
        if not self.chunked:
            self.text += self.raw.decode()
            self.raw = b""
            return
        while not self.ended:
            size, line, rest = self.raw.partition(b"\r\n")
            if not line or len(rest) < int(size, 16) + 2:
                return
            count = int(size, 16)
            self.text += rest[:count].decode()
            self.raw = rest[count + 2:]
            self.ended = count == 0

    def read(self, seconds):
        """Takes what comes within this time; false when nothing does."""
        ready, _, _ = select.select([self.socket], [], [], seconds)
        if not ready:
            return False
        octets = self.socket.recv(1 << 20)
        if octets:
            self._take(octets)
        else:
            self.ended = True
        return True

    def events(self):
        """The whole events that have come by now, and no longer kept."""
        found = []
        while "\n\n" in self.text:
            block, _, self.text = self.text.partition("\n\n")
            event = {}
            for line in block.split("\n"):
                name, _, value = line.partition(": ")
                if line.startswith(":"):
                    self.comments += 1
                elif name == "data":
                    event[name] = json.loads(value)
                else:
                    event[name] = value
            self.last = event.get("id", self.last)
            if "event" in event:
                found.append(event)
        return found

    def until(self, count, seconds=10):
        """Events, at least so many of them."""
        found, end = self.events(), time.time() + seconds
        while len(found) < count and not self.ended:
            if time.time() > end:
                raise AssertionError("not within %d s: %d events, only %r" % (
                    seconds, count, found))
            self.read(0.2)
            found += self.events()
        return found
