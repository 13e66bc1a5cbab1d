"""Runs the tests of this folder, a line each; the sum is the last line."""
import argparse
import os
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


class Result(unittest.TextTestResult):
    """A sentence a test, with the time that it took."""

    def startTest(self, test):
        unittest.TestResult.startTest(self, test)
        self.begun = time.time()
        self.bad = False

    def sentence(self, test):
        name = str(test.id()).split(".", 1)[-1]
        return name.replace(".test_", ": ").replace("_", " ")

    def say(self, word, test, more=""):
        self.stream.writeln("%-6s %s (%.1f s)%s" % (
            word, self.sentence(test), time.time() - self.begun, more))
        self.stream.flush()

    def addSuccess(self, test):
        if not self.bad:
            self.say("ok", test)

    def addError(self, test, err):
        unittest.TestResult.addError(self, test, err)
        self.begun = getattr(self, "begun", time.time())
        self.say("ERROR", test)

    def addFailure(self, test, err):
        unittest.TestResult.addFailure(self, test, err)
        self.say("FAILED", test)

    def addSubTest(self, test, subtest, err):
        unittest.TestResult.addSubTest(self, test, subtest, err)
        if err:
            self.bad = True
            self.say("FAILED", subtest)

    def addSkip(self, test, reason):
        unittest.TestResult.addSkip(self, test, reason)
        self.begun = getattr(self, "begun", time.time())
        self.say("SKIP", test, ": " + reason)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--name", default="integration")
    options.add_argument("--in", dest="folder", default=HERE)
    options.add_argument("tests", nargs="*")
    given = options.parse_args()
    sys.path.insert(0, given.folder)
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(given.tests) if given.tests else \
        loader.discover(given.folder)
    runner = unittest.TextTestRunner(
        stream=sys.stdout, resultclass=Result, verbosity=0)
    result = runner.run(suite)
    bad = len(result.failures) + len(result.errors)
    good = max(result.testsRun - len({
        str(test).split(" [")[0] for test, _ in
        result.failures + result.errors}) - len(result.skipped), 0)
    print("%s: %d passed, %d failed, %d skipped" %
          (given.name, good, bad, len(result.skipped)))
    return bad > 0


sys.exit(main())
