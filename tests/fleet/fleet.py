"""A fleet and a collector that is told of it: do they agree?

Usage: fleet.py PROGRAM [--hosts N] [--machines N] [--hours H]
                [--questions N] [--seed N]

Lives through the time given, in steps of ten seconds of the collector's own
clock, and posts what the hosts would: a report when something has changed,
else a heartbeat every minute.  Asks about now, now and then, and at the end as
of random times that have passed.  Exit status 1: some answers were not true.
"""
import argparse
import os
import random
import sys
import tempfile
import time

from clocked import Clocked
from happen import Life
from physical import Site
from questions import Questions
from telling import heartbeat, report
from truth import Told, Truth

BEGIN, STEP_S, BEAT_S, PARTS = 1_800_000_000, 10, 60, 10
KILL_AFTER_S = 50
PAST_EACH = 20  # questions about one moment of the past
WRONG_SHOWN = 10


class Fleet:
    def __init__(self, given, directory):
        self.site = Site(given.seed, given.hosts, given.machines)
        self.questions = given.questions
        self.life = Life(self.site)
        self.collector = Clocked(
            given.program,
            given.database or os.path.join(directory, "fleet.sqlite"))
        self.told = {h: Told(h) for h in self.site.hosts}
        self.numbers = dict.fromkeys(self.site.hosts, 0)
        self.digests, self.unfit, self.posts, self.owed = {}, [], 0, set()
        self.now, self.blurred = BEGIN, []

    def begin(self):
        self.collector.start(self.now)
        self.tell(self.site.hosts, ())

    def tell(self, changed, beating):
        """Posts at this second, and notes what was told."""
        bodies = []
        for host in changed:
            picture = host.picture(self.now)
            self.numbers[host] += 1
            body, self.digests[host] = report(picture, self.numbers[host],
                                              self.now)
            self.told[host].add(self.now, picture)
            self.life.told(host)
            bodies.append(body)
        for host in beating:
            self.numbers[host] += 1
            bodies.append(heartbeat(self.told[host].pictures[-1],
                                    self.numbers[host], self.now,
                                    self.digests[host]))
            self.told[host].add(self.now)
        self.posts += len(bodies)
        self.unfit += self.collector.post_all(bodies)
        self.say_again(bodies)

    def say_again(self, bodies):
        """An agent that missed the answer: the same document once more."""
        if bodies and self.site.random.random() < 0.2:
            self.unfit += self.collector.post_all(
                [self.site.random.choice(bodies)])

    def step(self):
        self.now += STEP_S
        self.collector.set_time(self.now)
        changed = self.life.pass_time(self.now, STEP_S)
        speaking = [h for h in self.site.hosts if h not in self.life.silent]
        turn = self.now // STEP_S % (BEAT_S // STEP_S)
        self.owed |= changed
        telling = [h for h in speaking if h in self.owed]
        self.owed -= set(telling)
        self.tell(telling, [h for h in speaking if h not in telling and
                            h.number % (BEAT_S // STEP_S) == turn])

    def live(self, seconds):
        for _ in range(int(seconds / STEP_S)):
            self.step()

    def restart(self, kill):
        """What is known before is known after."""
        if kill:
            self.collector.kill()
        elif self.collector.stop() != 0:
            raise OSError("the collector ended badly")
        self.collector.start(self.now)

    def ask(self, questions, count):
        """Of now, which is some seconds after the last post."""
        self.collector.set_time(self.now + 5)
        questions.about(Truth(self.told.values(), self.now + 5), count)

    def ask_past(self, questions, count):
        """As of random times: what was known then is true of then."""
        steps = (self.now - BEGIN) // STEP_S
        for _ in range(count // PAST_EACH):
            when = BEGIN + STEP_S * questions.chance.randrange(steps) + 5
            while any(a <= when <= b for a, b in self.blurred):
                when = BEGIN + STEP_S * questions.chance.randrange(steps) + 5
            questions.about(Truth(self.told.values(), when, self.now),
                            PAST_EACH, when)


def show(questions, what):
    """Both views of what does not agree."""
    print("%s: %d questions, %d answers do not agree" % (
        what, questions.asked, len(questions.wrong)))
    for path, true, said in questions.wrong[:WRONG_SHOWN]:
        print("  %s\n    true: %s\n    said: %s" % (
            path, *different(true, said)))


def different(true, said):
    """Of two lists only what is not in both."""
    if isinstance(true, list) and isinstance(said, list):
        return ([x for x in true if x not in said][:5],
                [x for x in said if x not in true][:5])
    return true, said


def live_and_ask(fleet, hours, now):
    """The time in parts; some questions after each, half of them at the end.
    The collector is stopped and started, and some seconds later killed: it
    saves each minute when it last heard a host, but of the real clock; what
    ended before it was heard again is blurred by a kill."""
    fleet.begin()
    for part in range(PARTS):
        if part % 4 == 2:
            fleet.restart(kill=False)
            begun, fleet.life.calm = fleet.now, True
            fleet.live(KILL_AFTER_S)
            fleet.restart(kill=True)
            fleet.live(BEAT_S + STEP_S)
            fleet.life.calm = False
            fleet.blurred.append((begun, fleet.now))
        fleet.live(hours * 3600 / PARTS)
        if part < PARTS - 1:
            fleet.ask(now, fleet.questions // PARTS // 2)
    fleet.ask(now, fleet.questions // 2)


def compare(fleet, hours, figure):
    """Gives how many answers were wrong."""
    begun = time.time()
    now = Questions(fleet.collector.get, random.Random(fleet.site.seed))
    live_and_ask(fleet, hours, now)
    print("%d hosts, %.1f hours, %d posts: %s" % (
        len(fleet.site.hosts), hours, fleet.posts,
        ", ".join("%d %s" % (n, what.replace("_", " "))
                  for what, n in fleet.life.counts.items())))
    for status, said, body in fleet.unfit[:WRONG_SHOWN]:
        print("  refused: %d %s %s" % (status, said, body))
    show(now, "now")
    past = Questions(fleet.collector.get, random.Random(fleet.site.seed + 1))
    fleet.ask_past(past, fleet.questions)
    show(past, "as of random times")
    print("%.1f s" % (time.time() - begun))
    wrong = len(now.wrong) + len(past.wrong) + len(fleet.unfit)
    if figure:
        print("FIGURE\tof %d answers: not what is true, %d hosts\t%d\t-\t"
              "\t<= 0" % (now.asked + past.asked, len(fleet.site.hosts), wrong))
    return wrong


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("program")
    options.add_argument("--database", help="as the collector names one")
    options.add_argument("--hosts", type=int, default=60)
    options.add_argument("--machines", type=int, default=8)
    options.add_argument("--hours", type=float, default=1)
    options.add_argument("--questions", type=int, default=1000)
    options.add_argument("--figure", action="store_true",
                         help="a line for tests/bench/table.py, too")
    options.add_argument("--seed", type=int,
                         default=int.from_bytes(os.urandom(3), "big"))
    given = options.parse_args()
    print("seed %d" % given.seed)
    with tempfile.TemporaryDirectory(prefix="demarc-fleet-") as directory:
        fleet = Fleet(given, directory)
        try:
            return compare(fleet, given.hours, given.figure) > 0
        finally:
            fleet.collector.close()


if __name__ == "__main__":
    sys.exit(main())
