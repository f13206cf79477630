"""Codes, catalogue and tables of items from Python."""

from pathlib import Path

import pytest

import banli

COUNTY = str(Path(__file__).resolve().parents[2] / "examples" / "county")


def test_a_code_is_taken_apart():
    code = banli.ItemCode.parse("62052400MZ-XK-0001")
    assert (code.area, code.department, code.type, code.number) == ("62052400", "MZ", "XK", 1)
    assert code.level == "county" and code.body == "62052400MZ" and str(code) == "62052400MZ-XK-0001"
    with pytest.raises(banli.Error) as wrong:
        banli.ItemCode.parse("62052400MZ-XK-000A")
    assert wrong.value.code == "bad-item-code" and wrong.value.problem.column == 18


def test_schemes_are_data():
    letters = banli.CodeScheme("深审核准({year}){n}号")
    assert letters.parse("深审核准(2024)12号") == {"year": "2024", "n": 12}
    assert letters.next(["深审核准(2024)12号"], {"year": "2024"}) == "深审核准(2024)13号"
    assert letters.format({"year": "2025"}, 1) == "深审核准(2025)1号"
    national = banli.CodeScheme.named("national_item").parse("12441500196720244T3442199806003")
    assert national["body"] == "12441500196720244T" and national["n"] == 806
    assert "county" in banli.CodeScheme.built_in()
    with pytest.raises(banli.Error) as full:
        banli.CodeScheme("A{n:1}").next(["A9"], {})
    assert full.value.code == "code-exhausted"
    assert banli.CodeScheme("A{n:1}").next(["A9"], {}, gaps="fill") == "A1"
    with pytest.raises(banli.Error):
        banli.CodeScheme("A{n:1}").next([], {}, gaps="maybe")


def test_the_baseline_and_what_covers_it():
    base = banli.Catalogue.baseline()
    assert base.counts() == {"disclosure": 65, "power": 295, "convenience": 25, "sectors": 30, "units": 0}
    assert len(base) == 385 and base.coverage().complete
    assert repr(base.lines[384]) == "<CatalogueLine convenience 25 民间纠纷调解受理>"
    mine, problems = banli.Catalogue.parse_csv("class,name\npower,社会保险费征收\npower,地方特色职权\n")
    assert problems == []
    coverage = mine.coverage()
    assert len(coverage.missing) == 384 and coverage.extra == [1]
    assert coverage.matches == [(0, 65 + 69, "name")]
    assert {p.code for p in mine.coverage_problems()} == {"missing-entry", "extra-entry"}


def test_tables_go_out_and_come_back():
    items = banli.load(COUNTY).items
    page = banli.export_items(items, "表一", unit="武山县")
    assert page.startswith("# 武山县政务服务事项内容目录\n")
    text = banli.export_items(items, "a1", format="csv", exact=True)
    again, problems = banli.import_items(text, "a1")
    assert problems == [] and [i.code for i in again] == [i.code for i in items]
    assert banli.export_items(again, "a1", format="csv", exact=True) == text
    assert banli.three_sames(items) == []
    assert len(banli.Catalogue.of_items(items)) == len(items)
    assert set(banli.missing_guide_elements(items[0])) <= {"办理时间", "办理材料"}
    approvals = banli.export_items(items, "审批公开", format="csv").splitlines()
    assert approvals[0] == "序号,审批事项,实施主体,审批依据,审批程序,审批结果,收费,投诉渠道,其他"
    with pytest.raises(banli.Error):
        banli.export_items(items, "表九")
    with pytest.raises(banli.Error):
        banli.export_items(items, "表一", format="pdf")
