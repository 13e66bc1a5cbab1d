"""What a collector stores in, as a test sees it: named, read, killed.

DEMARC_POSTGRESQL names a server ("postgresql:host=..."): a collector that is
given no store then gets an empty database there, else a file.
"""
import atexit
import itertools
import os
import sqlite3
import subprocess
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
POSTGRES = os.path.join(HERE, "../support/postgres.sh")
SERVER = os.environ.get("DEMARC_POSTGRESQL")
NOT_HERE = 77
_numbers = itertools.count(1)


def database_of_test(directory):
    """Names one that is empty, of the engine asked for."""
    name = "of_%d_%d" % (os.getpid(), next(_numbers))
    if not SERVER:
        return os.path.join(directory, name + ".sqlite")
    subprocess.run(["psql", "-q", SERVER.partition(":")[2], "-c",
                    "CREATE DATABASE " + name], check=True)
    return "%s dbname=%s" % (SERVER, name)


class Sqlite:
    """A file of the collector's own directory."""

    def __init__(self, world):
        self.name = os.path.join(world.dir, "demarc.sqlite")

    def rows(self, query):
        database = sqlite3.connect(self.name)
        found = database.execute(query).fetchall()
        database.close()
        return found

    def is_sound(self):
        return self.rows("PRAGMA quick_check") == [("ok",)]

    def kill(self):
        """It has no process of its own."""


class Postgres:
    """A server of the test's own, which ends with the world."""

    def __init__(self, world, *options):
        self.dir, self.options = os.path.join(world.dir, "postgres"), options
        self.name = self.do("start", *options).strip()
        atexit.register(self.close)

    def do(self, what, *more):
        ran = subprocess.run([POSTGRES, what, self.dir, *more], text=True,
                             stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE)
        if ran.returncode == NOT_HERE:
            raise unittest.SkipTest("there is no PostgreSQL here")
        ran.check_returncode()
        return ran.stdout

    def rows(self, query):
        """Texts; octets as \\x and hexadecimal digits."""
        said = subprocess.run(
            ["psql", "-tA", "-F", "\t", self.name.partition(":")[2], "-c",
             query], text=True, check=True, stdout=subprocess.PIPE).stdout
        return [tuple(line.split("\t")) for line in said.splitlines()]

    def is_sound(self):
        return self.rows("SELECT 1") == [("1",)]

    def kill(self):
        """It and all that it had not written; then it is there again."""
        self.do("kill")
        self.do("start", *self.options)

    def close(self):
        atexit.unregister(self.close)
        self.do("stop")


def octets(value):
    """What a row has of raw octets."""
    return bytes.fromhex(value[2:]) if isinstance(value, str) else bytes(value)
