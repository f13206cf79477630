"""banli (办理): service items, flowcharts, deadlines and supervision for government services.

    >>> import banli
    >>> cal = banli.Calendar.cn()
    >>> cal.due("2024-09-12", "20 workdays", exclude=[("hearing", "2024-10-08", "2024-10-15")]).due
    datetime.date(2024, 10, 25)

Days are datetime.date or ISO text, instants datetime.datetime or ISO text, both without a time zone:
banli works on the clock of the office wall and never asks what time it is. What cannot be done raises
banli.Error; what is wrong with a document is listed in `problems`, all of it at once.
"""

from banli._core import *  # noqa: F401,F403
from banli._core import __version__  # noqa: F401
