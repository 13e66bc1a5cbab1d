"""What a collector stores in, as a test sees it: named, read, killed."""
import os
import sqlite3
import subprocess
import unittest

from world import TREE

POSTGRES = os.path.join(TREE, "tests/support/postgres.sh")
NOT_HERE = 77


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
        self.do("stop")


def octets(value):
    """What a row has of raw octets."""
    return bytes.fromhex(value[2:]) if isinstance(value, str) else bytes(value)
