"""Sends what it is told: reads "NIC HEX" lines, answers each with the time.

"NIC HEX SECONDS" sends the frame as often as it can for so long.  Runs inside
a node; only there do its frames go anywhere.
"""
import socket
import sys
import time

for line in sys.stdin:
    nic, octets, *seconds = line.split()
    frame = bytes.fromhex(octets)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
        try:
            wire.bind((nic, 0))
            wire.send(frame)
            end = time.time() + float(seconds[0] if seconds else 0)
            while time.time() < end:
                for _ in range(1000):
                    wire.send(frame)
            print(time.time(), flush=True)
        except OSError as error:
            print("failed:", error, flush=True)
