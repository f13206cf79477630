"""When must each of these applications be decided, and which of them did an amendment move?"""

import numpy as np

import banli

calendar = banli.Calendar.cn()
received = np.array(["2020-01-02", "2020-01-16", "2020-01-19"], dtype="datetime64[D]")
deadlines = calendar.due(received, "10 workdays")
print(deadlines.due)

# The exclusions of case i are the entries offsets[i] to offsets[i + 1]; NaT: it has not ended.
offsets = np.array([0, 1, 1, 2])
first = np.array(["2020-01-06", "2020-02-10"], dtype="datetime64[D]")
last = np.array(["2020-01-07", "NaT"], dtype="datetime64[D]")
heard = calendar.due(received, "10 workdays", exclude=(offsets, first, last))
print(heard.due, heard.remaining)
print(heard[0].explain(), end="")  # one case by itself, with its days

# On 2020-01-27 the Spring Festival was prolonged: who must be told a new date?
moved = banli.moved_by(calendar.as_known_on("2020-01-26"), calendar, received, "10 workdays")
for case, before, after, by in zip(moved.index, moved.before, moved.after, moved.by):
    print(f"case {case}: {before} -> {after}, {by}")
