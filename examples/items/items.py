"""What an office asks of its items: their codes, the baseline, and what an applicant must bring."""

import banli

county = banli.load("examples/county")
codes = banli.CodeScheme.named("county")
print(codes.next([i.code for i in county.items], {"area": "62052400", "department": "MZ", "type": "XK"}))

mine = banli.Catalogue.of_items(county.items)
print(len(mine), "items,", len(mine.coverage().missing), "of", len(banli.Catalogue.baseline()), "missing")

joint = next(i for i in county.items if i.case_kind == "joint")
for need in joint.needed_materials({"shelter": False}):
    print("-" if need.needed else " ", need.material)
