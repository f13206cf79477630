"""Stores from Python: proved, asked how a case stood, copied; and the second verifier beside ours."""

import datetime as dt
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import banli

ROOT = Path(__file__).resolve().parents[2]
COUNTY = str(ROOT / "examples" / "county")
VERIFIER = ROOT / "schemas" / "verify_store.py"
CASE = "LY-2024-000013"

# RFC 8032, 7.1, first key pair
KEY = ("-----BEGIN PRIVATE KEY-----\n"
       "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
       "-----END PRIVATE KEY-----\n")
PUBLIC = ("-----BEGIN PUBLIC KEY-----\n"
          "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
          "-----END PUBLIC KEY-----\n")


@pytest.fixture(scope="module")
def county():
    return banli.load(COUNTY)


@pytest.fixture(scope="module", params=["sha256", "sm3"])
def county_file(county, tmp_path_factory, request):
    folder = tmp_path_factory.mktemp("store")
    lines = Path(COUNTY, "cases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    log = folder / "log.csv"
    log.write_text(lines[0] + "".join(n for n in lines if ",LY-2024-00001" in n), encoding="utf-8")
    with banli.open_store(str(folder / "county.db"), request.param) as store:
        banli.replay(county, banli.read_log(county, str(log)), store)
        assert store.digest == request.param
    return folder / "county.db"


def test_a_case_as_it_stands_and_stood(county, county_file):
    with banli.open_store(str(county_file)) as store:
        case = store.case(CASE, county)
        assert (case.id, case.version, len(case)) == (CASE, 13, 13)
        assert [e["number"] for e in case] == list(range(1, 14))
        now = case.now()
        assert (now.phase, now.version, now.result, now.timeliness) == ("delivered", 13, "refused", "early")
        assert now.ended == dt.datetime(2024, 5, 23, 9, 11, 22) and now.at == now.ended
        then = case.at("2024-05-14T16:16:41")
        assert (then.phase, then.version, then.promised_due) == ("running", 8, dt.date(2024, 7, 8))
        assert [w["step"] for w in then.waiting] == ["上报"] and then.ended is None and then.result is None
        assert [e["number"] for e in then.events] == list(range(1, 9))
        assert CASE in then.text() and "2024-07-08" in then.explain("en")
        assert then.facts["fee_due"] == "370000.0" and "fee_due" not in case.at("2024-05-01").facts
        early = case.at("2024-05-14T16:16:41", known="2024-01-01")
        assert early.version == 0 and early.at == then.at
        assert case.at("2024-05-14T16:16:41", known="2025-01-01").version == then.version
        before = case.at(dt.date(2024, 1, 1))
        assert (before.phase, before.version, before.promised_due, before.timeliness) == ("none", 0, None, None)


def test_every_instant_of_every_case_is_the_fold_up_to_it(county, county_file):
    with banli.open_store(str(county_file)) as store:
        for row in store.cases():
            case = store.case(row["id"], county)
            events = list(case)
            for e in events:
                view = case.at(e["at"])
                assert view.version == max(x["number"] for x in events if x["at"] <= e["at"])
                assert case.at(e["at"] - dt.timedelta(seconds=1)).version < e["number"]


def test_what_cannot_be_asked(county, county_file):
    with banli.open_store(str(county_file)) as store:
        with pytest.raises(TypeError):
            store.case(CASE).now()
        with pytest.raises(banli.Error) as e:
            store.case("none", county).now()
        assert e.value.code == "unknown-reference" and store.case("none").version == 0
        with pytest.raises(banli.Error) as e:
            store.case(CASE, banli.load(str(ROOT / "examples" / "permit-receipt"))).now()
        assert e.value.code == "unknown-item"


def test_iterating_gives_every_event_once(county_file):
    with banli.open_store(str(county_file)) as store:
        pairs = list(store)
        assert len(pairs) == store.event_count == 109
        for row in store.cases():
            assert [e for case, e in pairs if case == row["id"]] == store.events(row["id"])
        first = pairs[0][1]
        assert store.find_request(first["request"])[0] == pairs[0][0]
        assert store.find_request("never asked") is None


def test_backup(county_file, tmp_path):
    with banli.open_store(str(county_file)) as store:
        assert store.backup(str(tmp_path / "copy.db")) == {"cases": 10, "events": 109}
        with banli.open_store(str(tmp_path / "copy.db")) as copy:
            assert copy.cases() == store.cases() and copy.digest == store.digest
        with pytest.raises(banli.Error) as e:
            store.backup(str(tmp_path / "copy.db"))
        assert e.value.code == "store-failure"


def test_export_for_process_mining(county_file):
    with banli.open_store(str(county_file)) as store:
        log = ElementTree.fromstring(store.export("xes", offset="Z"))
        assert len(log.findall("trace")) == 10 and len(log.findall(".//event")) == 109
        ocel = json.loads(store.export("ocel"))
        assert len(ocel["events"]) == 109 and sum(o["type"] == "case" for o in ocel["objects"]) == 10
        assert "applicant" not in store.export("xes")
        assert "applicant" in store.export("xes", everything=True)
        for form, offset in [("csv", "Z"), ("xes", "8")]:
            with pytest.raises(ValueError):
                store.export(form, offset=offset)


def test_process_mining_loads_what_is_exported(county_file, tmp_path):
    pm4py = pytest.importorskip("pm4py")
    with banli.open_store(str(county_file)) as store:
        for form, name in [("xes", "cases.xes"), ("ocel", "cases.jsonocel")]:
            (tmp_path / name).write_text(store.export(form), encoding="utf-8")
    log = pm4py.read_xes(str(tmp_path / "cases.xes"))
    assert len(log) == 109 and log["case:concept:name"].nunique() == 10
    assert set(log.columns) >= {"concept:name", "time:timestamp", "org:resource", "lifecycle:transition"}
    ocel = pm4py.read_ocel2_json(str(tmp_path / "cases.jsonocel"))
    assert len(ocel.events) == 109 and (ocel.objects["ocel:type"] == "case").sum() == 10
    assert pm4py.ocel_get_object_types(ocel) == ["case", "item", "person"]


def test_import_of_what_another_system_pushes(tmp_path):
    """Rows pushed again with later ones lead to each event once; a bad case does not stop the others."""
    config = banli.load(str(ROOT / "examples" / "permit-receipt"))
    head = "case,activity,when,who\n"
    first = "a,T01,2011-10-11T13:45,R1\nb,T01,2011-10-11T14:00,R1\nc,T01,noon,R1\n"
    later = "a,T02,2011-10-12T08:26,R2\n"
    columns = {"case": "case", "step": "activity", "time": "when", "actor": "who", "sequence": "",
               "received": "", "deadline": ""}
    path = tmp_path / "pushed.csv"
    store = banli.memory_store()
    for text, commands, appended in [(head + first, 6, 4), (head + first + later, 7, 2), (head + later, 3, 0)]:
        path.write_text(text, encoding="utf-8")
        log, problems = banli.import_log(config, str(path), columns=columns)
        assert len(log) == commands
        assert [(p.line, p.code) for p in problems] == ([(4, "bad-date")] if "noon" in text else [])
        result = banli.replay(config, log, store)
        assert [r.problem.code for r in result.refusals if r.problem.code != "not-finished"] == []
    assert {c["id"] for c in store.cases()} == {"a", "b"}
    assert [e["with"]["step"] for e in store.events("a") if e["what"] == "completed"] == ["T01", "T02"]
    with pytest.raises(ValueError):
        banli.import_log(config, str(path), columns={"cse": "case"})


def test_errors_have_their_codes(county_file):
    with banli.open_store(str(county_file)) as store:
        checkpoint = store.checkpoint(KEY, "2024-06-30")
        for key, code in [("", "bad-key"), (KEY, "bad-key")]:
            with pytest.raises(banli.Error) as e:
                store.compare(checkpoint, key)
            assert e.value.code == code
        with pytest.raises(banli.Error) as e:
            store.compare(checkpoint.replace("taken 2024", "taken 2025"), PUBLIC)
        assert e.value.code == "bad-signature"
        with pytest.raises(banli.Error):
            banli.memory_store("md5")


def second_opinion(store, *more):
    """What the verifier without banli says: pairs of a case and an event."""
    run = subprocess.run([sys.executable, str(VERIFIER), str(store), *map(str, more)],
                         capture_output=True, text=True, encoding="utf-8")
    assert run.returncode in (0, 1), run.stderr
    found = [line.split(": ", 1)[0].rsplit(" ", 1) for line in run.stdout.splitlines()]
    assert (run.returncode == 1) == bool(found)
    return sorted((case, int(number)) for case, number in found)


def first_opinion(store, checkpoint=None):
    with banli.open_store(str(store)) as s:
        faults = s.verify()
        cases = {c["id"] for c in s.cases()}
        assert all(s.verify_case(f["id"]) == ([f] if f["id"] in cases else []) for f in faults)
        faults += s.compare(checkpoint, PUBLIC) if checkpoint else []
    return sorted((f["id"], f["number"]) for f in faults)


def random_edit(db, pick):
    """One edit; the statement that was run."""
    case = pick.choice([r[0] for r in db.execute("SELECT id FROM cases")])
    last = db.execute("SELECT version FROM cases WHERE id = ?", (case,)).fetchone()[0]
    here = f"case_id = '{case}' AND number = {pick.randint(1, last)}"
    return pick.choice([
        f"UPDATE events SET json = substr(json, 1, {pick.randint(0, 90)}) || '~' || substr(json, 92) WHERE {here}",
        f"UPDATE events SET hash = printf('%064d', 7) WHERE {here}",
        f"UPDATE events SET request = NULL WHERE {here}",
        f"UPDATE events SET request = 'x' WHERE {here}",
        f"DELETE FROM events WHERE {here}",
        f"DELETE FROM events WHERE case_id = '{case}'",
        f"DELETE FROM cases WHERE id = '{case}'",
        f"UPDATE events SET number = number + 100 WHERE {here}",
        f"UPDATE cases SET item = 'other' WHERE id = '{case}'",
        f"UPDATE cases SET version = version - 1 WHERE id = '{case}'",
        f"UPDATE cases SET version = version + 1 WHERE id = '{case}'",
        f"UPDATE cases SET chain = printf('%064d', 7) WHERE id = '{case}'",
        f"INSERT INTO events SELECT case_id, {last + 1}, NULL, json, hash FROM events WHERE {here}",
    ])


def test_the_second_verifier_agrees_on_random_edits(county_file, tmp_path):
    lines = VERIFIER.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 200
    pick = random.Random(7)
    assert first_opinion(county_file) == second_opinion(county_file) == []
    for _ in range(int(os.environ.get("BANLI_SECOND_OPINIONS", "25"))):
        edited = tmp_path / "edited.db"
        shutil.copy(county_file, edited)
        db = sqlite3.connect(edited)
        db.execute("PRAGMA ignore_check_constraints = ON")
        sql = random_edit(db, pick)
        changed = db.execute(sql).rowcount
        db.commit()
        db.close()
        ours = first_opinion(edited)
        assert ours == second_opinion(edited), sql
        assert bool(ours) == bool(changed) or "request = NULL" in sql, sql


def test_the_second_verifier_agrees_on_checkpoints(county_file, tmp_path):
    with banli.open_store(str(county_file)) as store:
        checkpoint = store.checkpoint(KEY, "2024-06-30")
        assert store.compare(checkpoint, PUBLIC) == []
    file, key = tmp_path / "checkpoint.txt", tmp_path / "checkpoint.pub"
    file.write_text(checkpoint, encoding="utf-8")
    key.write_text(PUBLIC, encoding="utf-8")
    with_checkpoint = ["--checkpoint", file, "--public", key]
    assert second_opinion(county_file, *with_checkpoint) == []
    cut = tmp_path / "cut.db"
    shutil.copy(county_file, cut)
    db = sqlite3.connect(cut)
    db.executescript(f"""
        DELETE FROM events WHERE case_id = '{CASE}' AND number > 9;
        UPDATE cases SET version = 9, chain = (SELECT hash FROM events WHERE case_id = '{CASE}' AND number = 9)
            WHERE id = '{CASE}';
        DELETE FROM events WHERE case_id = 'LY-2024-000012';
        DELETE FROM cases WHERE id = 'LY-2024-000012'""")
    db.close()
    assert first_opinion(cut) == second_opinion(cut) == []  # whoever did it mended the chains
    expected = [("LY-2024-000012", 1), (CASE, 10)]
    assert first_opinion(cut, checkpoint) == second_opinion(cut, *with_checkpoint) == expected
    refused = tmp_path / "refused.db"
    shutil.copy(county_file, refused)
    with banli.open_store(str(refused)) as store:
        engine = banli.Engine(banli.load(COUNTY), store)
        for n in range(3):
            with pytest.raises(banli.Error):
                engine.submit(CASE, "withdraw", request=f"x{n}", at="2024-07-01", actor="nobody", reason="x")
        assert len(engine.refusals()) == 3
        checkpoint_of_refusals = store.checkpoint(KEY, "2024-07-01")
    file.write_text(checkpoint_of_refusals, encoding="utf-8")
    assert first_opinion(refused, checkpoint_of_refusals) == second_opinion(refused, *with_checkpoint) == []
    db = sqlite3.connect(refused)
    db.execute("DELETE FROM audit WHERE number > 1")
    db.commit()
    db.close()
    assert first_opinion(refused) == second_opinion(refused) == []
    assert first_opinion(refused, checkpoint_of_refusals) == second_opinion(refused, *with_checkpoint) == [("", 2)]
    for bad in (checkpoint.replace("\n13 ", "\n12 ", 1), checkpoint.replace("taken 2024", "taken 2025"),
                checkpoint.replace("signature ", "signature 00", 1).replace("00", "", 1)):
        if bad == checkpoint:
            continue
        file.write_text(bad, encoding="utf-8")
        run = subprocess.run([sys.executable, str(VERIFIER), str(cut), *map(str, with_checkpoint)],
                             capture_output=True, text=True)
        assert run.returncode == 3, bad[:300]
