"""Runs the test programs of this folder side by side, each by run.py in a
process and a network of its own, and prints what each says when it is over.

A program tells by these how it wants to be run:

    STORES = ("sqlite", "postgresql")  once on each of these engines
    ALONE = True                       it measures time or CPU: nothing runs
                                       beside it, and it runs at the end

JOBS=1 runs one after the other.  Names of programs, classes or tests run only
those.
"""
import collections
import contextlib
import glob
import importlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from stores import Postgres
from world import World

HERE = os.path.dirname(os.path.abspath(__file__))
# Most wait, for a frame or for a second to pass.
JOBS = int(os.environ.get("JOBS", 2 * os.cpu_count()))
IN_A_NETWORK_OF_ITS_OWN = [
    "unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
SUM = re.compile(r"(\d+) passed, (\d+) failed, (\d+) skipped\n\Z")


class Job:
    """A program on an engine: to be run, running, over."""

    def __init__(self, program, tests, store):
        self.name = program if store == "sqlite" else \
            "%s on %s" % (program, store)
        self.tests, self.store = tests, store
        self.alone = getattr(importlib.import_module(program), "ALONE", False)
        self.passed, self.failed, self.skipped = 0, 0, 0

    def start(self, server):
        env = dict(os.environ)
        if self.store == "postgresql":
            env["DEMARC_POSTGRESQL"] = server.name
        self.begun = time.time()
        self.said = tempfile.TemporaryFile("w+", errors="replace")
        self.process = subprocess.Popen(
            [*IN_A_NETWORK_OF_ITS_OWN, sys.executable, "-B",
             os.path.join(HERE, "run.py"), "--name", "sum", *self.tests],
            env=env, stdin=subprocess.DEVNULL, stdout=self.said,
            stderr=subprocess.STDOUT)

    def over(self):
        return self.process.poll() is not None

    def tell(self):
        """Prints what it said, and takes its sum for ours."""
        self.said.seek(0)
        said = self.said.read()
        found = SUM.search(said)
        if found:
            self.passed, self.failed, self.skipped = map(int, found.groups())
            said = said[:said.rindex("sum: ")]
        if self.process.returncode and not self.failed:
            said += "It ended with %d.\n" % self.process.returncode
            self.failed = 1
        print("== %s (%.0f s)\n%s" % (
            self.name, time.time() - self.begun, said), end="", flush=True)


def jobs_of(names):
    """What there is to do for these names."""
    tests = collections.defaultdict(list)
    for name in names:
        tests[name.partition(".")[0]].append(name)
    for program, some in tests.items():
        module = importlib.import_module(program)
        for store in getattr(module, "STORES", ("sqlite",)):
            yield Job(program, some, store)


def run(jobs, at_once, server):
    waiting, running = list(jobs), []
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running.append(waiting.pop(0))
                running[-1].start(server)
            for job in [job for job in running if job.over()]:
                running.remove(job)
                job.tell()
            time.sleep(0.05)
    finally:
        for job in running:
            job.process.send_signal(signal.SIGINT)
            job.process.wait()


def run_all(jobs):
    """Gives how many could not run at all."""
    world = World()
    with contextlib.ExitStack() as at_the_end:
        at_the_end.callback(world.close)
        missing, server = [], None
        try:
            server = Postgres(world)
            at_the_end.callback(server.close)
        except unittest.SkipTest as why:
            missing = [job for job in jobs if job.store == "postgresql"]
            print("SKIP %d programs: %s" % (len(missing), why))
        run([job for job in jobs if job not in missing and not job.alone],
            JOBS, server)
        run([job for job in jobs if job not in missing and job.alone],
            1, server)
    return len(missing)


def main():
    names = sys.argv[1:] or sorted(
        os.path.basename(path)[:-len(".py")]
        for path in glob.glob(os.path.join(HERE, "test_*.py")))
    jobs = list(jobs_of(names))
    missing = run_all(jobs)
    failed = sum(job.failed for job in jobs)
    print("integration: %d passed, %d failed, %d skipped" % (
        sum(job.passed for job in jobs), failed,
        missing + sum(job.skipped for job in jobs)))
    return failed > 0


sys.exit(main())
