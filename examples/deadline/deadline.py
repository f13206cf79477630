"""When must this application be decided? Twenty working days, with a hearing that does not count."""

import banli

calendar = banli.Calendar.cn()
deadline = calendar.due("2024-09-12", "20 workdays",
                        exclude=[("hearing", "2024-10-08", "2024-10-15")])
print(deadline.explain(), end="")  # deadline.due is the date alone
