"""Faults in a running lab, and which hop is named for each; healthy variants
that must stay silent.  Prints the table."""
import time
import unittest

import healthy  # noqa: F401 - adds its rows, as does the next
import posted_faults  # noqa: F401
from fault_lab import Lab
from faults import FAULTS, HEALTHY

ALONE = True
TOLD_S = 7.0


def said_of(answer):
    """What is named as broken: hop, owner, rule."""
    first = answer.get("first_broken")
    if answer["verdict"] != "broken" or not first:
        return (answer["verdict"], "", "")
    return first["hop"], first["owner"], first.get("rule", "")


class Faults(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(FAULTS + HEALTHY)
        cls.addClassCleanup(cls.lab.world.close)
        cls.lab.start()

    def ask(self, row):
        host = self.lab.host_of[row.name]
        if row.asks == "web":  # the machine of a host that is posted
            return self.lab.diagnose(host.replace("esx", "web"))
        return self.lab.diagnose(" ".join((host, row.asks)).strip())

    def test_1_each_fault_is_told_within_seven_seconds(self):
        """Of all at once; each from the moment at which it was there."""
        broken = self.lab.break_all(FAULTS + HEALTHY)
        open_, said, took = list(FAULTS), {}, {}
        while open_:
            late = all(one.done() for one in broken) and \
                time.time() > max(self.lab.broken.values()) + TOLD_S
            for row in [row for row in open_ if row.name in self.lab.broken]:
                answer = self.ask(row)
                said[row.name] = said_of(answer), answer
                if said[row.name][0] == (row.hop, row.owner, row.rule):
                    took[row.name] = time.time() - self.lab.broken[row.name]
                    open_.remove(row)
            if late:
                break
            time.sleep(0.1)
        for one in broken:
            one.result()
        self.show(FAULTS, said, took)
        for row in open_:
            self.assertEqual(said[row.name][0],
                             (row.hop, row.owner, row.rule),
                             (row.name, said[row.name][1]))
        for name, seconds in took.items():
            self.assertLess(seconds, TOLD_S, name)

    def test_2_healthy_variants_stay_silent(self):
        answers = {row.name: self.ask(row) for row in HEALTHY}
        said = {name: (said_of(answer), answer)
                for name, answer in answers.items()}
        self.show(HEALTHY, said, {})
        for row in HEALTHY:
            answer = said[row.name][1]
            self.assertIn("legs", answer, row.name)
            self.assertIsNone(answer["first_broken"], row.name)
            told = answer["judgements"] + self.lab.findings(
                self.lab.host_of[row.name])
            worse = [one["sentence"] for one in told
                     if one["verdict"] == "broken" and
                     one["severity"] != "remark"]
            self.assertEqual(worse, [], row.name)

    def show(self, rows, said, took):
        for row in rows:
            got = said[row.name][0]
            print("%-44s %-6s %-30s %-30s %s" % (
                row.name, row.by,
                " ".join((row.hop, row.owner, row.rule)) if row.hop
                else "nothing broken", " ".join(got),
                "%.1f s" % took[row.name] if row.name in took else ""))


if __name__ == "__main__":
    unittest.main()
