"""Measures what a run of pytest or unittest covers, with the coverage.py of the project's own environment; what is told goes to the folder that ASSAY_COVERAGE names."""

import json
import os
import time

FOLDER = os.environ.get("ASSAY_COVERAGE")


class Measuring:
    """A run that is measured already, by pytest-cov or `coverage run`, goes on as its project wants it and is asked at the end; for any other, coverage.py is started."""

    def __init__(self):
        self.own = None
        self.name = os.path.join(FOLDER, "python-%d-%d" % (os.getpid(), time.time_ns()))

    def start(self, options):
        try:
            import coverage
        except ImportError:
            self.say("Coverage: needs coverage.py (or pytest-cov) in the project's Python environment.")
            return
        by_plugin = getattr(options, "cov_source", None) and not getattr(options, "no_cov", False)
        if self.own or by_plugin or coverage.Coverage.current() is not None:
            return
        self.own = coverage.Coverage(data_file=self.data_file(), data_suffix=True, branch=True, messages=False)
        if not self.own.get_option("run:source") and not self.own.get_option("run:source_pkgs"):
            self.own.set_option("run:source", [os.getcwd()])
        self.own.start()

    def watch(self):
        """Reports what `coverage run` measures in this process when it keeps that."""
        import coverage

        keep = coverage.Coverage.save

        def save(measured):
            keep(measured)
            try:
                self.report(measured)
            except Exception as error:
                self.say("Coverage: coverage.py failed: %s" % error)

        coverage.Coverage.save = save

    def end(self, config, worker):
        """Each process of xdist leaves its data; the one that started them reports. Without pytest there is no configuration."""
        if config is None and not self.own:
            return
        try:
            measured = self.measured(config, worker)
            if measured and not worker:
                self.report(measured)
        except Exception as error:
            self.say("Coverage: coverage.py failed: %s" % error)

    def measured(self, config, worker):
        import coverage

        if not self.own:
            plugin = config.pluginmanager.getplugin("_cov")
            return getattr(getattr(plugin, "cov_controller", None), "cov", None) or coverage.Coverage.current()
        self.own.stop()
        self.own.save()
        if worker:
            return None
        together = coverage.Coverage(data_file=self.data_file(), branch=True, messages=False)
        together.combine([FOLDER])
        return together

    def report(self, measured):
        part = self.name + ".part"
        measured.json_report(outfile=part, ignore_errors=True)
        with open(part, encoding="utf-8") as read:
            told = json.load(read)
        os.unlink(part)
        told["folder"] = os.getcwd()
        with open(self.name + ".json", "w", encoding="utf-8") as out:
            json.dump(told, out)

    def data_file(self):
        return os.path.join(FOLDER, ".coverage")

    def say(self, sentence):
        with open(self.name + ".txt", "w", encoding="utf-8") as out:
            out.write(sentence)
