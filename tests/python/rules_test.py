"""Rules and decision tables in Python."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

import banli

COUNTY = str(Path(__file__).parents[2] / "examples/county")

TABLE = '''rule,in:amount,in:kind,out:post,note
id,posts,,,
policy,U,,,
type,double,string,string,
values,,"""XK"", ""CF""","""chief"", ""head"", ""clerk""",
1,< 1000,-,"""clerk""",small sums
2,[1000..5000),"XK, CF",head,
3,>= 5000,-,"""chief""",
'''

RULES = """kind: rules
rules:
  - id: T
    name: 已用
    dimension: timeliness
    level: warning
    parameters:
      - {name: share, value: 0.8}
    variables:
      - {name: used, expression: double(case.elapsed_workdays) / double(case.promised_days)}
    match:
      - {condition: variables.used > 1.0, output: "'overdue'", explanation: "'已超期'"}
      - {condition: variables.used > params.share, output: "'late'"}
    tests:
      - {name: 超期, bindings: {case.elapsed_workdays: 21, case.promised_days: 20}, expected: fires, output: overdue}
"""


def test_a_table_is_asked_and_says_what_it_is():
    table = banli.DecisionTable.from_csv(TABLE)
    assert table.check() == [] and table.id == "posts" and table.policy == "U" and len(table) == 3
    assert table.inputs == ["amount", "kind"] and table.outputs == ["post"]
    assert table.evaluate({"amount": 1200.0, "kind": "CF"}) == "head"
    assert table.evaluate({"amount": 3}) == "clerk"  # kind does not matter
    why = table.explain({"amount": 7000.0, "kind": "XK"})
    assert why["value"] == "chief" and why["hits"] == [3] and why["cells"][0] == [False, True]
    assert table.explain({"kind": "XK"})["missing"] == ["amount"]
    assert table.analysis["complete"] == "yes" and table.analysis["disjoint"] == "yes"
    for values, code in [({"kind": "XK"}, "missing-field"), ({"amount": 1.0, "kind": "ZZ"}, "unknown-value"),
                         ({"amount": "1", "kind": "XK"}, "type-mismatch"), ({"amout": 1.0}, "unknown-identifier")]:
        with pytest.raises(banli.Error) as error:
            table.evaluate(values)
        assert error.value.code == code
    assert "did you mean 'amount'" in str(pytest.raises(banli.Error, table.evaluate, {"amout": 1.0}).value)


def test_a_table_comes_back_from_both_forms():
    table = banli.DecisionTable.from_csv(TABLE)
    assert table.to_csv() == TABLE
    assert banli.DecisionTable.from_yaml(table.to_yaml()) == table
    html = table._repr_html_()
    assert "<td>&lt; 1000</td>" in html and "<td>head</td>" in html


def test_gaps_and_overlaps_have_examples():
    table = banli.DecisionTable.from_csv(TABLE.replace("< 1000", "<= 1000").replace(">= 5000", "> 5000"))
    assert {p.code for p in table.check()} == {"rules-gap", "rules-overlap"}
    assert {"amount": 5000.0, "kind": "XK"} in table.analysis["gaps"]
    assert table.analysis["overlaps"][0]["rules"] == (1, 2)
    assert table.analysis["overlaps"][0]["at"]["amount"] == 1000.0
    with pytest.raises(banli.Error) as error:
        table.evaluate({"amount": 1.0, "kind": "XK"})
    assert {p.code for p in error.value.problems} == {"rules-gap", "rules-overlap"}


def test_rules_are_judged_and_explained():
    rules = banli.RuleSet.from_yaml(RULES)
    assert rules.check() == [] and rules.test() == [] and rules.ids == ["T"] and len(rules) == 1
    said = rules.evaluate({"case": {"elapsed_workdays": 17, "promised_days": 20}})["T"]
    assert said["verdict"] == "fires" and said["output"] == "late" and said["match"] == 1
    assert rules.evaluate({"办件.已用工作日": 3, "case.promised_days": 20})["T"]["verdict"] == "silent"
    unknown = rules.evaluate({"case.elapsed_workdays": 3})["T"]
    assert unknown["verdict"] == "unjudgeable" and unknown["missing"] == ["case.promised_days"]
    why = rules.explain({"case.elapsed_workdays": 25, "case.promised_days": 20}, "T")["T"]
    assert why["message_zh"] == "已超期" and why["variables"] == {"used": 1.25}
    assert ("case.elapsed_workdays", 25) in why["facts"]
    assert rules.reads == {"T": ["case.elapsed_workdays", "case.promised_days"]}
    assert rules.index["case.promised_days"] == ["T"]
    with pytest.raises(banli.Error) as error:
        rules.explain({}, "U")
    assert error.value.code == "unknown-reference"
    failing = banli.RuleSet.from_yaml(RULES.replace("output: overdue", "output: late"))
    assert [p.line for p in failing.test()] == [15]


NESTED = """kind: rules
counters:
  - name: returns
    activities:
      - sent_back
    window_days: 30
rules:
  - id: F-1
    name: 退回
    dimension: flow
    level: warning
    variables:
      - name: limit
        expression: "2"
    match:
      - condition: flow.returns > variables.limit
        rule:
          variables:
            - name: limit
              expression: variables.limit * 3
          match:
            - condition: flow.returns > variables.limit
              output: "'many'"
              explanation: "'超过 ' + string(variables.limit)"
            - output: "'some'"
"""


def test_rules_within_rules_and_counters():
    rules = banli.RuleSet.from_yaml(NESTED)
    assert rules.check() == [] and rules.reads == {"F-1": ["flow.returns"]}
    many = rules.explain({"flow.returns": 7})["F-1"]
    assert (many["output"], many["match"], many["within"]) == ("many", 0, [0])
    assert many["explanation"] == "超过 6" and many["variables"] == {"limit": 6}
    some = rules.evaluate({"flow": {"returns": 3}})["F-1"]
    assert (some["output"], some["match"], some["within"]) == ("some", 0, [1])
    none = rules.evaluate({"flow.returns": 1})["F-1"]
    assert (none["verdict"], none["match"], none["within"]) == ("silent", None, [])
    assert rules.to_yaml() == NESTED


def test_rules_of_a_folder():
    rules = banli.RuleSet.load(COUNTY)
    assert rules.check() == [] and "T-1" in rules.ids and rules.test() == []
    assert banli.RuleSet.load(COUNTY + "/none").check()[0].code == "file-not-found"


def test_constraints_over_a_history():
    late = banli.FlowConstraint("response", ["受理"], ["审核"], most=timedelta(days=5),
                                correlation="a.actor != b.actor && b.amount > 0.0", data={"amount": "double"})
    taken = {"activity": "受理", "at": "2025-10-13T09:00", "actor": "甲", "amount": 1.0}
    said = late.judge([taken], "2025-10-14")
    assert said["state"] == "pending" and said["events"] == [0] and said["deadline"] == datetime(2025, 10, 18, 9)
    assert late.judge([taken], "2025-10-19")["state"] == "violated"
    checked = {"activity": "审核", "at": datetime(2025, 10, 15), "actor": "乙", "amount": 2.0}
    assert late.judge([taken, checked], "2025-10-19")["state"] == "satisfied"
    assert late.judge([taken], "2025-10-14", closed=True)["state"] == "violated"
    assert late.judge([taken, {**checked, "amount": None}], "2025-10-19")["missing"] == ["b.amount"]
    eyes = banli.FlowConstraint("four_eyes", ["受理"], ["审核"])
    assert eyes.judge([taken, {**checked, "actor": "甲"}], "2025-10-19")["events"] == [0, 1]
    assert eyes.template in banli.FlowConstraint.templates() and "person_load" in eyes.templates()
    for wrong, code in [(lambda: banli.FlowConstraint("respons", ["受理"]), "unknown-value"),
                        (lambda: banli.FlowConstraint("response", ["受理"]), "missing-field"),
                        (lambda: eyes.judge([{"activity": "受理"}], "2025-10-19"), "missing-field")]:
        with pytest.raises(banli.Error) as error:
            wrong()
        assert error.value.code == code
