"""An item on its way into the library of an office: who does what, what is refused, what changes."""

import banli

county = banli.load("examples/county")
item = next(i for i in county.items if i.code == "62052400MZ-XK-0001").replace(code="")
writer = banli.ItemActor("录入员", ["录入账号"], "MZ")
reviewer = banli.ItemActor("科长", ["部门审核"], "MZ")
office = banli.ItemActor("编办", ["编办"])
city = banli.ItemActor("市办", ["市级确认机关"])
service = banli.ItemActor("政务办", ["政务办"])

lib = banli.ItemLibrary(chain=["city"])
entry = lib.create(item, writer, "2025-01-02T09:00", origin="权力清单 17")
lib.act(entry, "submit", reviewer, "2025-01-03T09:00")
lib.act(entry, "review", office, "2025-01-06T09:00")
lib.act(entry, "confirm_city", city, "2025-01-10T09:00")
lib.assign_code(entry, service, "2025-01-13T09:00", "county", "62052400MZ")
lib.act(entry, "publish", service, "2025-01-13T10:00", effective="2025-02-01")
print(lib.as_of(entry, "2025-01-31"), lib.as_of(entry, "2025-02-01"))

# A change is a new draft; the old version stays in force until the new one is published.
lib.act(entry, "change", writer, "2025-03-03T09:00")
shorter = lib.versions(entry)[1].item.replace(promised="15 workdays", description="")
lib.edit(entry, shorter, writer, "2025-03-03T10:00")
for change in lib.compare(entry, 1, 2):
    print(change.text("zh"))

# A section without its mark holds the draft back; who may do what now is asked, not guessed.
verdict = lib.act_all([entry], "submit", reviewer, "2025-03-04T09:00")[0]
print(verdict.good, [p.message_zh for p in verdict.problems][-1])
for who in (writer, reviewer, office):
    print(who.who, [row.command for row in lib.allowed(entry, who)])

# The whole library is one text with a checksum; what was touched is refused.
kept = banli.OfficeLibrary()
kept.items = lib
kept.laws = county.laws
bundle = kept.export()
print(banli.OfficeLibrary.restore(bundle) == kept)
print(banli.OfficeLibrary.problems(bundle.replace("编办", "某办"))[0].message)
