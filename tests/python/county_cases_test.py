#!/usr/bin/env python3
"""The synthetic log of examples/county is exactly what its generator writes.

    python3 tests/python/county_cases_test.py        # exit 1 if anything below does not hold
"""

import csv
import datetime as dt
import importlib.util
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COUNTY = ROOT / "examples" / "county"


def load_generator():
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("generate_cases", COUNTY / "generate_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class generated_log(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.generator = load_generator()
        cls.written = (COUNTY / "cases.csv").read_bytes()
        cls.rows = list(csv.DictReader(cls.written.decode().splitlines()))

    def test_running_the_generator_again_gives_the_committed_bytes(self):
        self.assertTrue(self.generator.text().encode() == self.written,
                        "run examples/county/generate_cases.py and commit what it writes")

    def test_there_are_at_least_2400_cases_in_the_order_of_time(self):
        self.assertGreaterEqual(len({row["case"] for row in self.rows}), 2400)
        times = [row["at"] for row in self.rows]
        self.assertEqual(times, sorted(times))
        self.assertEqual(len({row["id"] for row in self.rows}), len(self.rows))

    def test_every_command_of_the_engine_occurs(self):
        self.assertEqual({row["action"] for row in self.rows},
                         set("accept refuse complete request_supplement supplement suspend resume "
                             "send_back hand_over extend withdraw decide deliver".split()))

    def test_every_command_lies_in_office_hours_of_a_working_day(self):
        days = set(self.generator.Office().days)
        for row in self.rows:
            at = dt.datetime.fromisoformat(row["at"])
            self.assertIn(at.date(), days)
            self.assertTrue("08:30" <= row["at"][11:16] < "11:30" or "14:30" <= row["at"][11:16] < "17:30",
                            row["at"])

    def test_the_generator_knows_the_days_of_the_local_calendar(self):
        days = set(self.generator.Office().days)
        written = (COUNTY / "calendar.yaml").read_text(encoding="utf-8")
        rules = re.findall(r"date: (\S+), opens: (open|closed)", written)
        self.assertEqual(len(rules), 4)
        for date, opens in rules:
            self.assertEqual(dt.date.fromisoformat(date) in days, opens == "open", date)


if __name__ == "__main__":
    unittest.main()
