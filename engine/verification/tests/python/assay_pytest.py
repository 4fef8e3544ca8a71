"""Tells what tests do: a plugin for pytest that appends events (see ../events.ts) to the file that ASSAY_TEST_EVENTS names."""

import json
import os
import sys
import time

import pytest

FILE = os.environ.get("ASSAY_TEST_EVENTS")
ONLY = os.environ.get("ASSAY_ONLY_TESTS")
LONGEST_TEXT = 20000

MEASURING = None
if os.environ.get("ASSAY_COVERAGE"):
    from assay_coverage import Measuring

    MEASURING = Measuring()


def clip(text):
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def words(value):
    try:
        return clip(repr(value))
    except Exception:
        return "<%s>" % type(value).__name__


class Comparisons:
    """What the last assertion compared, kept for the report of its test: with xdist that is made in the process of the test."""

    def __init__(self):
        self.last = None

    def pytest_assertrepr_compare(self, config, op, left, right):
        if op == "==":
            self.last = [words(left), words(right)]

    def pytest_runtest_logstart(self, nodeid, location):
        self.last = None

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        outcome = yield
        if self.last is not None and getattr(call.excinfo, "type", None) is AssertionError:
            outcome.get_result().assay_compared = self.last
        self.last = None


class Only:
    """Leaves out all tests but those that are wanted."""

    def __init__(self, wanted):
        self.ids = {nodeid for framework, _, _, nodeid in wanted if framework == "pytest"}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        if not self.ids:
            return
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in self.ids])
        items[:] = [item for item in items if item.nodeid in self.ids]


class Events:
    """Tells events from the process that hears of all tests."""

    def __init__(self, config):
        self.root = str(getattr(config, "rootpath", config.rootdir))
        self.cwd = os.getcwd()
        self.run = "pytest-%d-%d" % (os.getpid(), time.time_ns())
        self.channel = os.open(FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.running = {}
        self.tell(type="run", framework="pytest", version=pytest.__version__)

    def tell(self, **event):
        event["run"] = self.run
        try:
            os.write(self.channel, (json.dumps(event) + "\n").encode("utf-8", "replace"))
        except OSError:
            pass

    def identity(self, nodeid, location=None):
        file, _, rest = nodeid.partition("::")
        head, bracket, parameters = rest.partition("[")
        title = head.split("::") if head else [os.path.basename(file)]
        title[-1] += bracket + parameters
        told = {"key": nodeid, "id": nodeid, "file": os.path.normpath(os.path.join(self.root, file)), "title": title}
        same = location and os.path.normpath(location[0]) == os.path.normpath(file)
        if same and location[1] is not None:
            told["place"] = [location[1] + 1]
        return told

    def pytest_runtest_logstart(self, nodeid, location):
        told = self.identity(nodeid, location)
        self.running[nodeid] = {"ms": 0, "state": "passed"}
        self.tell(type="begin", file=told["file"], title=told["title"])

    def pytest_runtest_logreport(self, report):
        if type(report).__name__ in ("SubtestReport", "SubTestReport"):
            self.subtest(report)
            return
        seen = self.running.setdefault(report.nodeid, {"ms": 0, "state": "passed"})
        seen["ms"] += getattr(report, "duration", 0) * 1000
        if report.outcome == "failed":
            if seen["state"] != "failed":
                seen["failure"] = self.failure(report)
            seen["state"] = "failed"
        elif report.outcome == "skipped" and seen["state"] == "passed":
            seen["state"] = "skipped"
        elif report.outcome == "rerun":
            seen.update(state="passed", again=True)
        if report.when == "teardown":
            if not seen.pop("again", False) or report.outcome != "rerun":
                self.tell(type="test", test=dict(self.identity(report.nodeid, report.location), **seen))
            self.running.pop(report.nodeid, None)

    def subtest(self, report):
        """A part of a test (unittest's subTest, pytest's subtests): told where it did not pass, as pytest itself does."""
        if report.outcome == "passed":
            return
        context = getattr(report, "context", None)
        told = self.identity(report.nodeid, report.location)
        kwargs = getattr(context, "kwargs", None) or {}
        name = " ".join([str(getattr(context, "msg", None) or "")] + ["%s=%s" % one for one in dict(kwargs).items()]).strip()
        told["title"] = told["title"] + [name or "<subtest>"]
        told["key"] += "::" + name
        told["state"] = "failed" if report.outcome == "failed" else "skipped"
        if report.outcome == "failed":
            told["failure"] = self.failure(report)
        self.tell(type="test", test=told)

    def failure(self, report):
        crash = getattr(report.longrepr, "reprcrash", None)
        text = report.longreprtext if report.longrepr is not None else ""
        told = {"message": clip(crash.message if crash else text.strip()[:2000]), "stack": clip(text)}
        compared = getattr(report, "assay_compared", None)
        if compared:
            told["actual"], told["expected"] = compared
        place = self.own_place(report.longrepr) or (crash and crash.path and (str(crash.path), crash.lineno))
        if place:
            told["at"] = {"file": os.path.normpath(os.path.join(self.root, place[0])), "place": [place[1]]}
        return told

    def own_place(self, longrepr):
        """The innermost place of a traceback that lies in the project, and not in what it has installed."""
        entries = getattr(getattr(longrepr, "reprtraceback", None), "reprentries", None) or []
        for entry in reversed(entries):
            place = getattr(entry, "reprfileloc", None)
            file = place and os.path.normpath(os.path.join(self.cwd, str(place.path)))
            if file and file.startswith(self.root + os.sep) and "site-packages" not in file:
                return file, place.lineno
        return None

    def pytest_collectreport(self, report):
        if report.outcome == "failed":
            file = os.path.normpath(os.path.join(self.root, report.nodeid.partition("::")[0]))
            text = report.longreprtext
            told = [line[2:].strip() for line in text.splitlines() if line.startswith("E ")]
            self.tell(type="broken", file=file, message=clip("\n".join(told) or text.strip()), stack=clip(text))
        elif report.outcome == "skipped" and report.nodeid:
            self.tell(type="test", test=dict(self.identity(report.nodeid), state="skipped"))

    def pytest_internalerror(self, excrepr, excinfo):
        self.tell(type="broken", message=clip("pytest failed internally: %s" % excinfo.value), stack=clip(str(excrepr)))

    def pytest_sessionfinish(self, session, exitstatus):
        self.tell(type="end")


def leave_children_alone():
    """Takes what brought us here out of the environment: runs of pytest that tests start are not the project's."""
    os.environ.pop("ASSAY_TEST_EVENTS", None)
    os.environ.pop("ASSAY_ONLY_TESTS", None)
    here = os.path.dirname(os.path.abspath(__file__))
    ours = (here, os.path.join(os.path.dirname(here), "python-start"))
    left = [one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one and os.path.abspath(one) not in ours]
    if left:
        os.environ["PYTHONPATH"] = os.pathsep.join(left)
    else:
        os.environ.pop("PYTHONPATH", None)
    # Those in this process find plugins by it.
    sys.path[:] = [one for one in sys.path if os.path.abspath(one) != here]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    # The report of some tests would take the place of that of all.
    if ONLY:
        early_config.known_args_namespace.no_cov = True
    if MEASURING:
        MEASURING.start(early_config.known_args_namespace)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    if MEASURING:
        MEASURING.end(config, hasattr(config, "workerinput"))


def pytest_configure(config):
    worker = hasattr(config, "workerinput")
    # A process of xdist learns of plugins late.
    if worker and MEASURING:
        MEASURING.start(config.option)
    if worker or FILE:
        config.pluginmanager.register(Comparisons())
    if FILE and not worker and not config.getoption("collectonly", False):
        config.pluginmanager.register(Events(config))
    if ONLY:
        config.pluginmanager.register(Only(json.loads(ONLY)))
    distributes = any(getattr(config.option, name, None) for name in ("numprocesses", "tx")) and not worker
    # The processes of xdist are started with this environment, and need what is in it.
    if not distributes:
        leave_children_alone()
