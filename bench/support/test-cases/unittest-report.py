"""Runs unittest and prints what became of each test as JSON: from its results, which are objects."""

import io
import json
import re
import sys
import unittest

told = []


def tell(test, state):
    whole = getattr(test, "test_case", test)
    name = getattr(whole, "_testMethodName", None)
    shared = re.match(r"(\w+) \((.+)\)", str(test))
    title = [type(whole).__name__, name] if name else [shared.group(2).split(".")[-1], shared.group(1)]
    told.append({"title": " ".join(title + ([test._subDescription()] if whole is not test else [])), "state": state})


class Result(unittest.TextTestResult):
    def addSuccess(self, test):
        tell(test, "passed")


result = unittest.TextTestRunner(stream=io.StringIO(), resultclass=Result).run(unittest.defaultTestLoader.loadTestsFromNames(sys.argv[1:]))
for test, _ in result.failures + result.errors:
    tell(test, "failed")
for test, _ in result.skipped + result.expectedFailures:
    tell(test, "skipped")
for test in result.unexpectedSuccesses:
    tell(test, "failed")
print(json.dumps(told))
