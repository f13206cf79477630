"""A case by way of the engine: who may, who is refused and why, what looks suspicious, and the record of it."""

import banli

engine = banli.Engine(banli.load("examples/engine"), banli.memory_store())
requests = iter(range(1, 100))


def submit(at, actor, action, **details):
    try:
        done = engine.submit("2026-0001", action, request=f"r{next(requests)}", at=at, actor=actor, **details)
    except banli.Error as e:
        print(f"{at} {actor} {action}: {e.code}: {e.problem.message_zh}")
        return
    for event in done.events:
        said = event.get("with", {})
        whose = f" for {said['on_behalf']}" if "on_behalf" in said else ""
        flags = "".join(f" [{rule}: {words}]" for rule, words in said.get("flags", []))
        print(f"{at} {actor}{whose} {event['what']}{flags}")


name = {"name": "赵小明"}
title = {"title": "样例养老服务中心", "phone": "13812345678"}
submit("2026-03-02T09:00", "MZ04", "accept", item="62052400MZ-XK-0901", facts=name)
submit("2026-03-02T09:30", "MZ01", "complete", step="受理", facts={"opinion": "同意"})
submit("2026-03-02T09:30", "MZ01", "complete", step="受理", facts={"phone": "13812345678"})
submit("2026-03-02T21:30", "MZ01", "complete", step="受理", facts=title)
submit("2026-03-03T09:00", "MZ01", "complete", step="审查", outcome="通过")
case = engine.case("2026-0001")
print("审查:", *[p.person for p in case.who_may("complete", "2026-03-03T09:00", "审查")])
submit("2026-03-02T21:40", "MZ03", "decide", result="granted")
submit("2026-03-04T09:00", "MZ02", "complete", step="审查", outcome="通过", facts={"opinion": "材料齐全"})
for field in case.form("MZ03", "2026-03-04T10:00"):
    print(f"  {field['label']}: {field['shown']}")
again = engine.submit("2026-0001", "withdraw", request="r7", at="2026-03-05T09:00", actor="MZ01", reason="重复")
print("repeated:", again.repeated, again.events[0]["what"])
for r in engine.refusals():
    print(r["number"], r["actor"], r["what"], r["code"], r["rule"] or "-")
table = engine.columns("2026-03-09T18:00")
print(*[f"{name}={table[name][0]}" for name in ("id", "phase", "due", "used", "remaining")])
