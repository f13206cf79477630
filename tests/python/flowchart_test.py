"""Flowcharts in Python: read, built, proved, drawn, walked, compared."""

from pathlib import Path

import pytest

import banli

CHARTS = Path(__file__).parents[2] / "examples" / "county" / "flowcharts"


def step(id, days=1):
    return banli.FlowNode(id=id, post="P", duty=id, limit=f"{days} workdays")


def review():
    return banli.Flowchart(
        id="review", name="审查",
        nodes=[{"id": "开始", "node": "start"}, step("采集"), step("初审", 2),
               {"id": "通过?", "node": "decision"}, step("终审"), {"id": "办结", "node": "end"}],
        arrows=[{"from": "开始", "to": "采集"}, {"from": "采集", "to": "初审"},
                {"from": "初审", "to": "通过?"}, {"from": "通过?", "to": "终审", "label": "通过"},
                banli.FlowArrow(from_="通过?", to="采集", label="不通过"), {"from": "终审", "to": "办结"}])


STUCK = (Path(__file__).parents[1] / "cases" / "stuck_chart.yaml").read_text(encoding="utf-8")


def test_a_chart_is_built_and_proved():
    chart = review()
    assert chart.check() == [] and chart.sound and chart.faults == [] and chart.states == 0
    assert chart.reductions > 0
    assert [s.id for s in chart.steps] == ["采集", "初审", "终审"]
    assert chart.longest_workdays == 4 and chart.critical_path == ["采集", "初审", "终审"]
    assert chart.nodes[3].node == "decision" and chart.arrows[4].from_ == "通过?"
    again = banli.Flowchart.from_yaml(chart.to_yaml())
    assert again == chart and again.replace(name="另一") != chart
    assert repr(chart) == "<Flowchart 审查: 6 nodes, 0 problems>"


def test_a_chart_is_read_from_a_file():
    chart = banli.Flowchart.load(str(CHARTS / "civil-association.yaml"))
    assert chart.sound and chart.name == "社会团体成立登记流程图"
    with pytest.raises(banli.Error) as none:
        banli.Flowchart.load(str(CHARTS / "none.yaml"))
    assert none.value.code == "file-not-found"


def test_what_is_wrong_is_told_with_its_place_and_the_shortest_way():
    chart = banli.Flowchart.from_yaml(STUCK, "joint.yaml")
    assert not chart.sound
    problems = {p.code: p for p in chart.check()}
    wrong = problems["improper-finish"]
    assert (wrong.file, wrong.line, wrong.column) == ("joint.yaml", 12, 5)
    assert "'消防审查' is still open" in wrong.message
    fault = next(f for f in chart.faults if f["code"] == "improper-finish")
    assert fault["witness"] == ["环保审查", ("通过?", "退件")] and fault["node"] == "退件"
    assert fault["marking"] == "消防审查+退件"
    assert banli.Flowchart.from_yaml(STUCK, states=3).check()[0].code == "not-decided"
    local = banli.Flowchart.from_yaml(STUCK.replace("to: 办结", "to: 办节"))
    assert "dangling-arrow" in [p.code for p in local.check()] and local.faults == []
    with pytest.raises(banli.Error):
        local.start()


def test_a_marking_is_walked_and_restored():
    chart = review()
    at = chart.start()
    assert at.steps == ["采集"] and at.enabled == ["采集"] and not at.finished
    at = at.fire("采集").fire("初审")
    assert at.choices == [("通过?", "通过", "终审"), ("通过?", "不通过", "采集")]
    assert at.enabled == ["采集", "终审"]
    assert at.choose("不通过") == chart.start()
    assert at.follow("通过?", "终审") == at.choose("通过")
    assert chart.marking(str(at)) == at
    last = at.choose("通过")
    assert last.return_targets("终审") == ["采集", "初审"]
    assert last.send_back("终审", "初审").steps == ["初审"]
    done = at.fire("终审")
    assert done.finished and done.steps == ["办结"] and str(done) == "办结"
    for wrong, code in [(lambda: at.fire("初审"), "step-not-enabled"), (lambda: at.fire("初申"), "unknown-step"),
                        (lambda: at.choose("也许"), "bad-outcome"), (lambda: at.follow("通过?", "办结"), "bad-outcome"),
                        (lambda: last.send_back("终审", "终审"), "bad-return"),
                        (lambda: chart.marking("没有"), "unknown-step")]:
        with pytest.raises(banli.Error) as error:
            wrong()
        assert error.value.code == code


def test_branches_wait_for_each_other():
    joint = banli.Flowchart.from_yaml(STUCK)
    at = joint.start()
    assert at.enabled == ["环保审查", "消防审查"]
    at = at.fire("消防审查")
    assert at.waiting == [("消防审查", "汇")] and at.steps == ["环保审查"]


def test_inclusive_branches():
    consult = banli.Flowchart(
        id="consult", name="征求意见",
        nodes=[{"id": "开始", "node": "start"}, step("受理"), {"id": "征求意见", "node": "inclusive_decision"},
               step("规划意见"), step("环保意见"), {"id": "汇总", "node": "inclusive_join"}, step("决定"),
               {"id": "办结", "node": "end"}],
        arrows=[{"from": "开始", "to": "受理"}, {"from": "受理", "to": "征求意见"},
                {"from": "征求意见", "to": "规划意见", "label": "规划"},
                {"from": "征求意见", "to": "环保意见", "label": "环保"},
                {"from": "规划意见", "to": "汇总"}, {"from": "环保意见", "to": "汇总"},
                {"from": "汇总", "to": "决定"}, {"from": "决定", "to": "办结"}])
    assert consult.sound
    at = consult.start().fire("受理")
    both = at.choose("规划+环保")
    assert both == at.follow("征求意见", ["规划意见", "环保意见"]) and both.steps == ["规划意见", "环保意见"]
    assert both.fire("规划意见").steps == ["环保意见"]
    assert both.fire("规划意见").waiting == [("规划意见", "汇总")]
    assert at.choose("环保").fire("环保意见").steps == ["决定"]
    with pytest.raises(banli.Error) as error:
        at.choose("环保+消防")
    assert error.value.code == "bad-outcome"
    ends = consult.replace(arrows=[a if a.from_ != "环保意见" else a.replace(to="办结") for a in consult.arrows] +
                           [{"from": "征求意见", "to": "汇总", "label": "无"}])
    fault = next(f for f in ends.faults if f["code"] == "improper-finish")
    assert fault["witness"] == ["受理", ("征求意见", "规划意见", "环保意见"), "环保意见"]


def test_bounds_persons_and_supervision_points():
    chart = review()
    assert [(a.from_, a.to) for a in chart.unbounded] == [("通过?", "采集")]
    assert chart.workdays_with_returns == chart.longest_workdays == 4
    bounded = chart.replace(arrows=[a.replace(at_most=2) if a.label == "不通过" else a for a in chart.arrows])
    assert bounded.unbounded == [] and bounded.workdays_with_returns == 10 and bounded.arrows[4].at_most == 2
    named = bounded.replace(nodes=[n.replace(persons=["甲"], supervision_points=["时限"]) if n.id == "初审" else n
                                   for n in bounded.nodes])
    assert named.nodes[2].persons == ["甲"] and "监察点:时限" in named.to_svg()
    assert banli.Flowchart.from_yaml(named.to_yaml()) == named and "至多 2 次" in named.to_mermaid()
    assert "bad-value" in [p.code for p in chart.replace(
        arrows=[a.replace(at_most=0) if a.label else a for a in chart.arrows]).check()]


def test_a_case_migrates_to_a_new_version():
    before = review()
    after = before.replace(nodes=[n for n in before.nodes if n.id != "初审"],
                           arrows=[a for a in before.arrows if a.from_ != "采集" and a.to != "初审"] +
                           [{"from": "采集", "to": "通过?"}])
    after = after.replace(arrows=[a for a in after.arrows if a.from_ != "初审"])
    assert after.check() == []
    assert before.marking("终审").migrate(after) == after.marking("终审")
    gone = before.marking("初审")
    with pytest.raises(banli.Error) as error:
        gone.migrate(after)
    assert error.value.code == "unknown-step"
    assert gone.migration_targets("初审", after) == ["采集", "通过?", "终审", "办结"]
    assert gone.migrate(after, {"初审": "采集"}) == after.start()


def test_a_chart_shows_itself():
    chart = review()
    at = chart.start().fire("采集")
    assert chart._repr_svg_().startswith("<svg") and "终审" in chart.to_svg()
    assert "resting" in at._repr_svg_() and at._repr_svg_() == chart.to_svg(at)
    assert chart.to_mermaid().startswith("flowchart TD\n")
    stuck = banli.Flowchart.from_yaml(STUCK)
    assert "end fault" not in stuck.to_svg() and "fault" in stuck.to_svg(faults=True).split("</style>")[1]
    assert stuck.to_svg(faults=True) == stuck._repr_svg_()
    with pytest.raises(banli.Error):
        stuck.to_svg(at)


def test_versions_are_compared():
    before = review()
    after = before.replace(
        nodes=[n.replace(limit="1 workday") if n.id == "初审" else n for n in before.nodes])
    d = before.compare(after)
    assert d.steps == (3, 3) and d.days == (4, 3) and d.day_compression == 0.25 and not d.promised
    assert d.changed == {"初审": ["limit"]} and d.added == [] and d.removed == [] and not d.rerouted
    assert before.compare(after, promised_before="20 workdays", promised_after="10 workdays").days == (20, 10)


FOREIGN = """<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
  <process id="p" name="审批">
    <startEvent id="s"/>
    <userTask id="a" name="受理"/>
    <scriptTask id="b"/>
    <endEvent id="e"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
    <sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
  </process>
</definitions>
"""


def test_bpmn_is_read_proved_and_given_back_as_it_came(tmp_path):
    chart = banli.Flowchart.from_bpmn(FOREIGN, "p.bpmn")
    assert chart.sound and chart.dead_steps == []
    assert [s.label for s in chart.steps] == ["受理", ""]
    told = [p for p in chart.check() if p.code == "not-run"]
    assert [(p.file, p.line, p.column) for p in told] == [("p.bpmn", 6, 5)]
    assert "missing-post" in [p.code for p in chart.check()]
    assert chart.to_bpmn() == FOREIGN and chart.bpmn_processes == ["p"]
    assert chart.bpmn_elements[3] == {"tag": "userTask", "id": "a", "name": "受理", "line": 5, "column": 5,
                                      "use": "runs"}
    path = tmp_path / "p.bpmn"
    path.write_bytes(FOREIGN.encode("utf-16"))
    wide = banli.Flowchart.load(str(path))
    assert wide == chart and wide.to_bpmn() == FOREIGN
    assert banli.Flowchart.from_bpmn(FOREIGN.encode()) == chart
    with pytest.raises(banli.Error):
        chart.start()


def test_a_foreign_chart_that_is_changed_keeps_what_is_not_run():
    file = FOREIGN.replace("<scriptTask id=\"b\"/>", "<scriptTask id=\"b\"><script>x</script></scriptTask>")
    chart = banli.Flowchart.from_bpmn(file)
    filled = chart.replace(nodes=[n.replace(post="P", duty="D", limit="1 workday") if n.node == "step" else n
                                  for n in chart.nodes])
    text = filled.to_bpmn()
    assert "<script>x</script>" in text and "P1WD" in text
    again = banli.Flowchart.from_bpmn(text)
    assert again == filled and again.start().enabled == ["a"]
    renamed = again.replace(nodes=[n.replace(label="接件") if n.id == "a" else n for n in again.nodes]).to_bpmn()
    assert 'name="接件"' in renamed and "<script>x</script>" in renamed
    assert banli.Flowchart.from_bpmn(renamed).nodes[1].label == "接件"
    cut = banli.Flowchart.from_bpmn(file[:400])
    with pytest.raises(banli.Error) as broken:
        cut.replace(name="x").to_bpmn()
    assert broken.value.code == "bad-xml"


def test_a_chart_is_built_piece_by_piece():
    fixed = dict(post="P", duty="D", limit="1 workday")
    chart = (banli.FlowchartBuilder("joint", "并联审批")
             .start("开始").step("受理", **fixed).fork("并联").step("规划", **fixed).step("环保", **fixed)
             .join("汇总").decision("通过?").step("决定", **fixed).end("办结")
             .path("开始", "受理", "并联", "规划", "汇总", "通过?").path("并联", "环保", "汇总")
             .arrow("通过?", "决定", label="通过").arrow("通过?", "受理", label="不通过", at_most=2)
             .path("决定", "办结").separation("审办分离", steps=["受理"], decision=True).chart())
    assert chart.check() == [] and chart.sound and chart.arrows[-2].at_most == 2
    assert chart.separations[0].steps == ["受理"]
    assert banli.Flowchart.from_bpmn(chart.to_bpmn()) == chart
    draft = banli.FlowchartBuilder("d", "草稿").start("开始").step("受理").path("开始", "受里")
    assert {"dangling-arrow", "missing-post", "no-end"} <= {p.code for p in draft.chart().check()}
    with pytest.raises(banli.Error) as wrong:
        draft.step("决定", pots="P")
    assert wrong.value.code == "unknown-field" and "post" in str(wrong.value)


def test_what_cannot_be_drawn_shows_its_words():
    many = banli.FlowchartBuilder("m", "多").start("s")
    for i in range(3000):
        many.step(f"a{i}")
    assert many.chart()._repr_svg_() is None


def test_our_charts_go_through_bpmn_unchanged():
    chart = review()
    text = chart.to_bpmn()
    again = banli.Flowchart.from_bpmn(text)
    assert again == chart and again.check() == [] and again.to_bpmn() == text
    assert again.replace(name="另一").to_bpmn() != text
    assert "<di:waypoint" in text


def test_one_of_several_processes_must_be_named():
    two = FOREIGN.replace("</definitions>", "<process id='q'><task id='x'/></process></definitions>")
    with pytest.raises(banli.Error) as which:
        banli.Flowchart.from_bpmn(two)
    assert which.value.code == "missing-field"
    assert banli.Flowchart.from_bpmn(two, process="q").id == "q"
    flows = two.replace("<process", "<collaboration><messageFlow id='m'/></collaboration><process", 1)
    with pytest.raises(banli.Error) as which:  # what is not run comes earlier in the file, and is no reason
        banli.Flowchart.from_bpmn(flows)
    assert which.value.code == "missing-field"
    cut = banli.Flowchart.from_bpmn(FOREIGN[:400])
    assert cut.sound is None and "bad-xml" in [p.code for p in cut.check()]


def test_a_chart_carries_forms_and_says_who_writes_what():
    chart = banli.Flowchart.load(str(CHARTS / "website-review.yaml"))
    form = chart.forms[0]
    assert chart.check() == [] and form.name == "政府网站信息发布审核表"
    rights = chart.form_rights("初审")["信息发布审核表"]
    assert rights["科室意见"] == "write" and rights["标题"] == "read" and rights["领导意见"] == "hidden"
    with pytest.raises(banli.Error) as unknown:
        chart.form_rights("初申")
    assert unknown.value.code == "unknown-step" and "did you mean '初审'" in str(unknown.value)
    source = next(f for f in form.fields if f.id == "来源")
    assert source.refuse("原创|转载") is None and source.refuse("转截").code == "unknown-value"
    assert source.refuse("").code == "missing-field"
    again = banli.Flowchart.from_yaml(chart.to_yaml())
    assert again == chart and banli.Flowchart.from_bpmn(chart.to_bpmn()) == chart


def test_forms_and_assignees_are_built():
    a = step("采集").replace(
        forms=[banli.FormUse(form="F", writes=["x"])],
        assignees=banli.AssigneeRule(posts=["Q"], condition="actor.id != \"\""))
    form = banli.Form(id="F", name="表", fields=[banli.FormField(id="x", type="date", required=True)])
    chart = banli.Flowchart(
        id="f", name="填表", forms=[form], nodes=[{"id": "开始", "node": "start"}, a,
                                                  {"id": "办结", "node": "end"}],
        arrows=[{"from": "开始", "to": "采集"}, {"from": "采集", "to": "办结"}])
    assert chart.check() == [] and chart.form_rights("采集") == {"F": {"x": "write"}}
    assert chart.nodes[1].assignees.posts == ["Q"] and chart.nodes[1].forms[0].writes == ["x"]
    lost = chart.replace(forms=[form.replace(fields=[{"id": "y"}])])
    assert [p.code for p in lost.check()] == ["unknown-reference", "unwritten-field"]
