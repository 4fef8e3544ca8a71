"""Runs when a Python process of a test command starts whose coverage is asked for, and has what unittest runs measured; for pytest there is a plugin (assay_pytest.py)."""

import atexit
import importlib.util
import os
import sys
from importlib.machinery import PathFinder

HERE = os.path.dirname(os.path.abspath(__file__))


def same(folder):
    return os.path.abspath(folder or os.curdir) == HERE


def program(words):
    """What Python was started for: ("m", module), ("c", code) or ("", file)."""
    words = iter(words)
    for word in words:
        if not word.startswith("-") or word == "-":
            return "", word
        for at, letter in enumerate(word[1:], 2):
            if word.startswith("--") or letter not in "cmWX":
                continue
            rest = word[at:] or next(words, "")
            if letter in "cm":
                return letter, rest
            break
    return "", ""


def is_own(kind, name):
    """Whether that is unittest, or a program of the project's: in the current folder, and nothing that is installed."""
    if kind == "m":
        file = os.path.join(*name.split("."))
        return name == "unittest" or os.path.isfile(file + ".py") or os.path.isfile(os.path.join(file, "__main__.py"))
    file = os.path.realpath(name)
    below = lambda folder: file.startswith(os.path.realpath(folder) + os.sep)
    return kind == "" and os.path.isfile(file) and below(os.curdir) and not (sys.prefix != sys.base_prefix and below(sys.prefix))


def is_measured_anyway(kind, name, words):
    return (kind == "m" and name == "coverage" or kind == "" and os.path.basename(name) == "coverage") and "run" in words


def begin():
    words = getattr(sys, "orig_argv", [])[1:]
    kind, name = program(words)
    anyway = is_measured_anyway(kind, name, words)
    if not anyway and not is_own(kind, name):
        return
    # What tests start is not the project's.
    os.environ["PYTHONPATH"] = os.pathsep.join(one for one in os.environ.get("PYTHONPATH", "").split(os.pathsep) if one and not same(one))
    if not os.environ["PYTHONPATH"]:
        del os.environ["PYTHONPATH"]
    tools = os.path.join(os.path.dirname(HERE), "python")
    sys.path.insert(0, tools)
    try:
        from assay_coverage import Measuring
    finally:
        sys.path.remove(tools)
    measuring = Measuring()
    if anyway:
        measuring.watch()
    else:
        measuring.start(None)
        atexit.register(measuring.end, None, False)


def go_on():
    """Python looks for one such module only: that of the environment comes after ours."""
    found = PathFinder.find_spec("sitecustomize", [one for one in sys.path if not same(one)])
    if found and found.loader:
        module = importlib.util.module_from_spec(found)
        sys.modules["sitecustomize"] = module
        found.loader.exec_module(module)


if os.environ.get("ASSAY_COVERAGE"):
    begin()
sys.path[:] = [one for one in sys.path if not same(one)]
go_on()
