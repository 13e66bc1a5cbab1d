#!/usr/bin/env python3
"""Builds a capture from a text that says one TLV a row.

usage: make_frames.py NAME.frames...      writes NAME.pcap beside each

A row is a word and values; '#' begins a comment, which tells the meaning.

  file hdlc | pcapng | little        form of the file (default: pcap, big endian)
  frame                              begins a frame; what follows belongs to it
  ethernet DESTINATION SOURCE        the two MACs
  hdlc                               Cisco HDLC instead
  tag TPID VLAN PRIORITY             a tag, outermost first
  lldp | cdp VERSION TTL | fdp VERSION TTL | edp SEQUENCE MAC | sonmp
                                     the packet and its header
  type N                             an EtherType instead of one of these
  tlv TYPE VALUE...                  a TLV with the right length
  lie TYPE LENGTH VALUE...           a TLV that gives a length of our choice
  org OUI SUBTYPE VALUE...           an organization's TLV of LLDP
  raw VALUE...                       octets as they are
  checksum rfc | wrong | NUMBER      CDP: count as RFC 1071 does (default: as Cisco)
  length N                           what the 802.3 length says
  trailer VALUE...                   octets behind the packet
  cut N                              the capture holds N octets only

Values: "text", 0a0b0c, u8:1, u16:1, u24:1, u32:1, ip:10.0.0.1, ip6:fe80::1,
mac:00:11:22:33:44:55, zero:12 (octets of 0), fill:3:58 (three times 'X').
"""
import ipaddress
import re
import struct
import sys

SNAP = {"cdp": "00000c2000", "edp": "00e02b00bb", "fdp": "00e0522000", "sonmp": "00008101a2"}


def octets(value):
    kind, _, rest = value.partition(":")
    sizes = {"u8": 1, "u16": 2, "u24": 3, "u32": 4}
    if value.startswith('"'):
        return value[1:-1].encode("utf-8").decode("unicode_escape").encode("latin-1")
    if kind in sizes:
        return int(rest, 0).to_bytes(sizes[kind], "big")
    if kind in ("ip", "ip6"):
        return ipaddress.ip_address(rest).packed
    if kind == "mac":
        return bytes.fromhex(rest.replace(":", ""))
    if kind == "zero":
        return bytes(int(rest))
    if kind == "fill":
        count, octet = rest.split(":")
        return bytes([int(octet, 16)]) * int(count)
    return bytes.fromhex(value)


def join(values):
    return b"".join(octets(v) for v in values)


def tlv(protocol, kind, value, length=None):
    """One TLV as 'protocol' has it; the three count lengths in three ways."""
    if protocol == "lldp":
        size = len(value) if length is None else length
        return struct.pack(">H", kind << 9 | size) + value
    size = len(value) + 4 if length is None else length
    if protocol == "edp":
        return struct.pack(">BBH", 0x99, kind, size) + value
    return struct.pack(">HH", kind, size) + value


def fold(total):
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def checksum(packet, cisco):
    even = packet[: len(packet) & ~1]
    total = sum(struct.unpack(">%dH" % (len(even) // 2), even))
    if len(packet) & 1:
        last = packet[-1]
        if not cisco:
            total += last << 8
        else:
            total += last if last < 0x80 else 0xFF00 | (last - 1)
    return fold(total)


class Frame:
    def __init__(self):
        self.macs, self.tags, self.body, self.trailer = None, b"", b"", b""
        self.protocol, self.header, self.sum = None, b"", "cisco"
        self.length = self.cut = self.type = None

    def take(self, word, values):
        if word == "ethernet":
            self.macs = join("mac:" + v for v in values)
        elif word == "tag":
            tpid, vlan, priority = (int(v, 0) for v in values)
            self.tags += struct.pack(">HH", tpid, priority << 13 | vlan)
        elif word in ("cdp", "fdp"):
            self.header = bytes(int(v) for v in values)
        elif word == "edp":
            self.header = struct.pack(">HH", int(values[0]), 0) + octets("mac:" + values[1])
        elif word == "type":
            self.type = int(values[0], 0)
        elif word == "tlv":
            self.body += tlv(self.protocol, int(values[0], 0), join(values[1:]))
        elif word == "lie":
            self.body += tlv(self.protocol, int(values[0], 0), join(values[2:]), int(values[1]))
        elif word == "org":
            value = bytes.fromhex(values[0]) + bytes([int(values[1], 0)]) + join(values[2:])
            self.body += tlv("lldp", 127, value)
        elif word == "raw":
            self.body += join(values)
        elif word == "trailer":
            self.trailer += join(values)
        elif word == "checksum":
            self.sum = values[0]
        elif word in ("length", "cut"):
            setattr(self, word, int(values[0]))
        elif word not in ("lldp", "sonmp", "hdlc"):
            raise ValueError("there is no row " + word)
        if word in ("lldp", "cdp", "fdp", "edp", "sonmp"):
            self.protocol = word

    def packet(self):
        if self.protocol in ("cdp", "fdp"):
            whole = self.header + b"\0\0" + self.body
            cisco = self.protocol == "cdp" and self.sum == "cisco"
            good = checksum(whole, cisco)
            value = good ^ 0x5555 if self.sum == "wrong" else good
            return self.header + struct.pack(">H", value) + self.body
        if self.protocol == "edp":
            size = 8 + len(self.header) - 2 + len(self.body)
            start = struct.pack(">BBH", 1, 0, size)
            good = checksum(start + b"\0\0" + self.header + self.body, False)
            return start + struct.pack(">H", good) + self.header + self.body
        return self.body

    def octets(self):
        packet = self.packet()
        if self.macs is None:
            return (bytes.fromhex("8f002000") + packet + self.trailer)[: self.cut]
        if self.protocol == "lldp":
            kind = b"\x88\xcc"
        elif self.type is not None:
            kind = struct.pack(">H", self.type)
        else:
            packet = bytes.fromhex("aaaa03" + SNAP[self.protocol]) + packet
            kind = struct.pack(">H", len(packet) if self.length is None else self.length)
        return (self.macs + self.tags + kind + packet + self.trailer)[: self.cut]


def words(line):
    """The values of a row; a text keeps its quotes, so that it shows as one."""
    line = re.sub(r'^((?:[^"#]|"(?:[^"\\]|\\.)*")*)#.*$', r"\1", line)
    return re.findall(r'"(?:[^"\\]|\\.)*"|\S+', line)


def pcap(frames, link, order):
    out = struct.pack(order + "IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link)
    for i, f in enumerate(frames):
        out += struct.pack(order + "IIII", 1700000000 + i, 0, len(f), len(f)) + f
    return out


def pcapng(frames, link):
    def block(kind, body):
        body += bytes(-len(body) % 4)
        size = struct.pack("<I", len(body) + 12)
        return struct.pack("<I", kind) + size + body + size

    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    out += block(1, struct.pack("<HHI", link, 0, 65535))
    for f in frames:
        out += block(6, struct.pack("<IIIII", 0, 0, 0, len(f), len(f)) + f)
    return out


def build(path):
    frames, form = [], "pcap"
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        row = words(line)
        if not row:
            continue
        try:
            if row[0] == "file":
                form = row[1]
            elif row[0] == "frame":
                frames.append(Frame())
            else:
                frames[-1].take(row[0], row[1:])
        except (ValueError, IndexError, struct.error) as why:
            sys.exit("%s:%d: %s" % (path, number, why))
    data = [f.octets() for f in frames]
    link = 104 if form == "hdlc" else 1
    with open(path.replace(".frames", ".pcap"), "wb") as out:
        out.write(pcapng(data, link) if form == "pcapng" else
                  pcap(data, link, "<" if form == "little" else ">"))
    print("%s: %d frames" % (path, len(data)))


if len(sys.argv) < 2:
    sys.exit(__doc__)
for name in sys.argv[1:]:
    build(name)
