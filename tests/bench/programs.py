#!/usr/bin/env python3
"""Whole programs on one file of many discovery frames, as CPU time a frame.

usage: programs.py AGENT FILE.pcap...

The frames of the files that AGENT reads without a loss are cycled to FRAMES
(default 500,000).  Programs run in turns, ROUNDS times (default 5), output to
/dev/null; user and system time of the whole process.  tshark is so slow that it
gets a fiftieth of the frames, once with one frame to know what its start costs.
"""
import json
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile

FRAMES = int(os.environ.get("FRAMES", 500000))
ROUNDS = int(os.environ.get("ROUNDS", 5))


def records(path):
    data = open(path, "rb").read()
    order = ">" if data[:4] == b"\xa1\xb2\xc3\xd4" else "<"
    at = 24
    while at < len(data):
        size = struct.unpack_from(order + "I", data, at + 8)[0]
        yield data[at + 16:at + 16 + size]
        at += 16 + size


def well_formed(agent, path):
    run = subprocess.run([agent, "read", "--json", path], capture_output=True)
    for line, frame in zip(run.stdout.splitlines(), records(path)):
        said = json.loads(line)
        if said["status"] == "ok" and said["neighbor"]["skipped_tlvs"] == 0:
            yield frame


def write(path, frames, count):
    whole = [struct.pack("<IIII", 1700000000, 0, len(f), len(f)) + f for f in frames]
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        out.write(b"".join(whole) * (count // len(whole)))
        out.write(b"".join(whole[:count % len(whole)]))


def cpu_s(command):
    with open(os.devnull, "w") as nothing:
        child = subprocess.Popen(command, stdout=nothing, stderr=nothing)
        _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit("%s: exit status %d" % (" ".join(command), os.waitstatus_to_exitcode(status)))
    return usage.ru_utime + usage.ru_stime


def main(agent, paths):
    frames = [f for p in paths for f in well_formed(agent, p)]
    with tempfile.TemporaryDirectory() as where:
        big, small, one = (os.path.join(where, n + ".pcap") for n in ("big", "small", "one"))
        few = max(FRAMES // 50, 2)
        write(big, frames, FRAMES)
        write(small, frames, few)
        write(one, frames, 1)
        rows = {"demarc-agent read --json": [agent, "read", "--json", big],
                "tcpdump -nn -v -r": ["tcpdump", "-nn", "-v", "-r", big]}
        spent = {name: [] for name in rows}
        for _ in range(ROUNDS):
            for name, command in rows.items():
                spent[name].append(cpu_s(command) / FRAMES * 1e9)
        tshark = ["tshark", "-n", "-T", "json", "-r"]
        if shutil.which("tshark"):
            start = cpu_s(tshark + [one])
            spent["tshark -T json *"] = [(cpu_s(tshark + [small]) - start) / (few - 1) * 1e9]
    print("%d well-formed frames, cycled to %d; CPU time of whole processes, "
          "medians of %d rounds" % (len(frames), FRAMES, ROUNDS))
    ours = statistics.median(spent["demarc-agent read --json"])
    for name, times in spent.items():
        middle = statistics.median(times)
        print("%-24s %9.0f ns/frame  (%.0f to %.0f)  %7.1f times ours"
              % (name, middle, min(times), max(times), middle / ours))
    print("* %d frames, once, without what it takes to start" % few)


if len(sys.argv) < 3:
    sys.exit(__doc__)
main(sys.argv[1], sys.argv[2:])
