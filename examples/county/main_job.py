"""The main job from Python: a county's cases from receipt to report."""

import tempfile

import banli

config = banli.load("examples/county")
if not config.good:
    raise SystemExit("\n".join(map(str, config.problems)))
log = banli.read_log(config, "examples/county/cases.csv")
store = banli.memory_store()  # or banli.open_store("county.db")
result = banli.replay(config, log, store, until=log.last)
print(len(log), "commands over", len(store.cases()), "cases")
print(result.table(), end="")

alarms = sorted((h for h in result.hits if h.level == "alarm" and h.end == "open"), key=lambda h: h.raised)
for hit in alarms[-3:]:
    print(hit.raised, hit.case, hit.rule, hit.message_zh)

with tempfile.TemporaryDirectory() as folder:
    report = banli.write_report(folder, config, result, store, until=log.last)
    print(report.dossiers, "dossiers,", store.event_count, "events,", len(store.verify()), "broken chains")
