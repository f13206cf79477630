"""Which requirement is met where, and which test proves it: tests/cases/requirements.csv, kept honest.

A row names the files and, in the same order, a test of each: (part of) the name of a TEST_CASE, a function of pytest,
an example by its name, or a row of data by its key. Several stand side by side, divided by " | ". What is met in part
says in `rest` what is lacking.
"""

import csv
import os
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests" / "cases" / "requirements.csv"
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))
BETWEEN = " | "


def rows():
    with TABLE.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


@lru_cache(maxsize=None)
def names_in(path):
    """The names of the tests of a file; of a file of data, its lines."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith("_test.cpp"):
        joined = re.sub(r'"\s*\n\s*"', "", text)
        return re.findall(r'TEST_CASE\(\s*"((?:[^"\\]|\\.)*)"', joined)
    if path.endswith("_test.py"):
        return re.findall(r"^def (test_\w+)\(", text, re.M)
    return text.splitlines()


def proofs(row):
    return zip(row["where"].split(BETWEEN), row["test"].split(BETWEEN), strict=True)


def test_every_row_names_tests_that_are_there():
    seen = set()
    for row in rows():
        number = row["number"]
        assert number not in seen, f"{number} stands twice"
        seen.add(number)
        for where, test in proofs(row):
            assert (ROOT / where).is_file(), f"{number}: no {where}"
            assert test and test == test.strip(), f"{number}: no test"
            found = [t for t in names_in(where) if test in t]
            assert found, f"{number}: no test '{test}' in {where}"
            assert len(found) == 1 or not where.endswith(("_test.cpp", "_test.py")), f"{number}: '{test}' is {found}"


def test_what_is_met_in_part_says_what_is_lacking():
    for row in rows():
        assert row["state"] in ("done", "part"), row
        assert (row["state"] == "part") == bool(row["rest"]), row["number"]


def test_a_test_that_names_a_requirement_is_in_the_table():
    """A number in the name of a test is a claim that somebody looks up."""
    known = {row["number"] for row in rows()}
    claims = 0
    for path in sorted((ROOT / "tests").rglob("*_test.cpp")):
        for name in names_in(str(path.relative_to(ROOT))):
            claimed = re.search(r"\(((?:[A-S]\d\d(?:, |-)?)+)\)$", name)
            for number in re.findall(r"[A-S]\d\d", claimed[1]) if claimed else ():
                claims += 1
                assert number in known, f"{path.name}: '{name}' names {number}"
    assert claims > 100


def test_the_table_has_every_requirement_the_library_owns():
    text = SHARED / "requirements.md"
    if not text.is_file():
        pytest.skip("the list of requirements is not here")
    marks = dict(re.findall(r"^\| ([A-S]\d\d) \|.*\| (own|hook|out) \|[^|]*\|$", text.read_text(encoding="utf-8"), re.M))
    assert len(marks) == 440
    known = {row["number"] for row in rows()}
    assert {n for n, mark in marks.items() if mark == "own"} <= known
    assert all(marks.get(n) in ("own", "hook") for n in known)
