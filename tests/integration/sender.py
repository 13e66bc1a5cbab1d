"""Sends what it is told: reads "NIC HEX" lines, answers each with the time.

Runs inside a node; only there do its frames go anywhere.
"""
import socket
import sys
import time

for line in sys.stdin:
    nic, octets = line.split()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as wire:
        try:
            wire.bind((nic, 0))
            wire.send(bytes.fromhex(octets))
            print(time.time(), flush=True)
        except OSError as error:
            print("failed:", error, flush=True)
