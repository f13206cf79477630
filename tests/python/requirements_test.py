"""Which requirement is met where: tests/cases/requirements.csv, kept honest."""

import csv
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "tests" / "cases" / "requirements.csv"
SHARED = Path(os.environ.get("BANLI_SHARED_DIR", ROOT.parent / "shared"))


def rows():
    with TABLE.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_every_row_names_a_file_that_is_there():
    seen = set()
    for row in rows():
        assert row["number"] not in seen, f"{row['number']} stands twice"
        seen.add(row["number"])
        assert row["state"] in ("done", "part"), row
        assert (ROOT / row["where"]).is_file(), f"{row['number']}: no {row['where']}"


def test_every_number_is_a_requirement_the_library_owns():
    text = SHARED / "requirements.md"
    if not text.is_file():
        pytest.skip("the list of requirements is not here")
    marks = dict(re.findall(r"^\| ([A-S]\d\d) \|.*\| (own|hook|out) \|[^|]*\|$", text.read_text(encoding="utf-8"), re.M))
    assert len(marks) == 440
    for row in rows():
        assert marks.get(row["number"]) in ("own", "hook"), row["number"]
