"""Frames as switches send them, built octet by octet."""
import struct

LLDP_MAC = "01:80:c2:00:00:0e"
CDP_MAC = "01:00:0c:cc:cc:cc"


def mac(text):
    return bytes.fromhex(text.replace(":", ""))


def tlv(kind, value):
    """An LLDP TLV: 7 bits of type, 9 of length."""
    return struct.pack("!H", kind << 9 | len(value)) + value


def lldp(source, name, port, ttl=120, chassis=None, extra=b""):
    """A switch of this name says which port this is."""
    pdu = tlv(1, b"\4" + mac(chassis or source))
    pdu += tlv(2, b"\5" + port.encode())
    pdu += tlv(3, struct.pack("!H", ttl))
    if ttl:
        pdu += tlv(5, name.encode()) + tlv(7, struct.pack("!HH", 20, 20))
    pdu += extra + tlv(0, b"")
    return mac(LLDP_MAC) + mac(source) + b"\x88\xcc" + pdu


def checksum(data):
    """The Internet checksum, with Cisco's way with the last odd octet."""
    if len(data) % 2:
        last = data[-1]
        tail = b"\xff" + bytes([last - 1]) if last & 0x80 else bytes([0, last])
        data = data[:-1] + tail
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def cdp(source, name, port, ttl=180, capabilities=0x28, version=2,
        more=()):
    """A Cisco switch of this name says which port this is.

    'more' are further (type, value) pairs."""
    def part(kind, value):
        return struct.pack("!HH", kind, len(value) + 4) + value

    body = part(1, name.encode()) + part(3, port.encode())
    body += part(4, struct.pack("!I", capabilities))
    body += part(5, b"Cisco IOS Software, C3750E, Version 15.2(4)E8")
    body += part(6, b"cisco WS-C3750X-48P") + part(10, struct.pack("!H", 1))
    body += b"".join(part(*one) for one in more)
    head = struct.pack("!BB", version, ttl)
    check = checksum(head + b"\0\0" + body)
    packet = head + struct.pack("!H", check) + body
    snap = b"\xaa\xaa\x03\x00\x00\x0c\x20\x00"
    size = struct.pack("!H", len(snap + packet))
    return mac(CDP_MAC) + mac(source) + size + snap + packet


def tagged(frame, *tags):
    """The frame with (ethertype, VLAN) tags, the outer one first."""
    stack = b"".join(struct.pack("!HH", kind, vlan) for kind, vlan in tags)
    return frame[:12] + stack + frame[12:]
