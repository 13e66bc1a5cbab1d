#!/usr/bin/env python3
"""Makes the seeds of the fuzz targets from the frames that we made.

usage: make_seeds.py          (from the top of the tree; writes tests/fuzz/corpus)
"""
import glob
import hashlib
import os
import struct

ROOT = "tests/fuzz/corpus"


def frames(path):
    data = open(path, "rb").read()
    if data[:4] == b"\x0a\x0d\x0d\x0a":
        at = 0
        while at < len(data):
            kind, size = struct.unpack_from("<II", data, at)
            if kind == 6:
                length = struct.unpack_from("<I", data, at + 20)[0]
                yield 1, data[at + 28:at + 28 + length]
            at += size
        return
    order = ">" if data[:4] == b"\xa1\xb2\xc3\xd4" else "<"
    link = struct.unpack_from(order + "I", data, 20)[0]
    at = 24
    while at < len(data):
        length = struct.unpack_from(order + "I", data, at + 8)[0]
        yield link, data[at + 16:at + 16 + length]
        at += 16 + length


def put(target, data):
    os.makedirs("%s/%s" % (ROOT, target), exist_ok=True)
    name = hashlib.sha1(data).hexdigest()[:12]
    with open("%s/%s/%s" % (ROOT, target, name), "wb") as out:
        out.write(data)


SNAP = {"00000c2000": "cdp", "00e02b00bb": "edp", "00e0522000": "fdp",
        "00008101a2": "sonmp", "00008101a1": "sonmp"}
for path in sorted(glob.glob("tests/frames/*/*.pcap")):
    for link, frame in frames(path):
        put("frame", bytes([link == 104]) + frame)
        if link != 1:
            continue
        put("describe", frame)
        kind = frame[12:14]
        if kind == b"\x88\xcc":
            put("lldp", frame[14:])
        elif frame[17:22].hex() in SNAP:
            size = struct.unpack(">H", kind)[0]
            put(SNAP[frame[17:22].hex()], frame[22:14 + size])
GROUP, SENDER = b"\xff" * 6, bytes.fromhex("525400123456")
ARP = bytes.fromhex("08060001080006040001") + SENDER + b"\x0a\1\x28\7" + b"\0" * 10
IPV4 = bytes.fromhex("08004500004e00000000401100000a0128070a0128ff")
IPV6 = bytes.fromhex("86dd6000000000203aff20010db8") + b"\0" * 12 + b"\xff\2" + b"\0" * 14
for tags in ("8100608c", "88a8000a", "9100000b", "88a8000a81000014", "81000000", ""):
    for packet in (ARP, IPV4, IPV6):
        put("tagged", GROUP + SENDER + bytes.fromhex(tags) + packet)
for path in ("tests/frames/cdp/hdlc.pcap", "tests/frames/ethernet/tags.pcap",
             "tests/frames/sonmp/switches.pcap"):
    put("savefile", open(path, "rb").read())
for text in (b"plain", b"\x1b[2Jesc", "zwei Zeilen\r\nund \u202eumgekehrt".encode(),
             b"\xff\xfe\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80", b"ends \0\0 \t\n"):
    put("text", text)
for text in ('{"version":1,"nics":[{"name":"eno1","up":true,"mtu":1500}]}', "[]", "null",
             '["\\u0041\\ud83d\\ude00\\n",-1.5e3,false]', '{"a":1,"a":2}', "[" * 40 + "]" * 40):
    put("json_read", text.encode())
for text in ("# comment\ntext = a b c\nlist = x\nlist = y\nnumber = 42\nflag = yes\n",
             "number = 1e9\n", "no equals\n", "text =\nflag = maybe\n", "unknown = 1\n"):
    put("config", text.encode())
