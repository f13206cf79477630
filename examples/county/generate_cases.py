#!/usr/bin/env python3
"""Writes cases.csv: a synthetic log of case commands for the county of this folder.

No public case-level log of this field exists, so this one is made up: nobody in it is real. It is
deterministic (a splitmix64 generator of its own, nothing read but this file), so running it again
gives the same bytes:

    python3 generate_cases.py            # writes cases.csv beside it
    python3 generate_cases.py --check    # exit 1 if cases.csv is not what would be written

A case is lived through on a clock that only runs in office hours: position 0 is 08:30 of the first
working day, 21,600 seconds are one day of work. Whatever a case does is written down as commands;
in the end the commands of all cases are put in the order of time and cut off at the last day.
"""

import csv
import datetime as dt
import io
import sys
from pathlib import Path

FIRST, LAST = dt.date(2024, 1, 2), dt.date(2026, 6, 30)
COLUMNS = ("id case at actor action item step to_step outcome kind reason opinion document authority "
           "applicant to_person channel result received limit facts").split()

# Days off that are no weekend, and weekends that are worked: State Council notices for 2024 to 2026,
# and the four days of calendar.yaml.
CLOSED = """2024-02-12/16 2024-04-04/05 2024-05-01/03 2024-05-15 2024-06-10 2024-09-16/17 2024-10-01/07
2025-01-01 2025-01-28/31 2025-02-03/04 2025-04-04 2025-05-01/05 2025-06-02 2025-07-09 2025-10-01/08
2026-01-01/02 2026-02-16/20 2026-02-23 2026-04-06 2026-05-01/05 2026-06-19"""
OPENED = """2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-05-18 2024-09-14 2024-09-29
2024-10-12 2025-01-26 2025-02-08 2025-04-27 2025-07-12 2025-09-28 2025-10-11 2026-01-04 2026-02-14
2026-02-28 2026-05-09"""

STAFF = {
    "民政受理岗": ["MZ01", "MZ02"], "民政审查岗": ["MZ03", "MZ04"], "民政审批岗": ["MZ05", "MZ05", "MZ04"],
    "市监受理岗": ["SC01", "SC02"], "市监核查岗": ["SC03", "SC04"], "市监审批岗": ["SC05", "SC06"],
    "卫健受理岗": ["WS01", "WS02"], "卫健监督岗": ["WS03", "WS04"], "卫健审批岗": ["WS05", "WS05", "WS04"],
    "住建受理岗": ["ZJ01", "ZJ02"], "消防验收岗": ["ZJ03", "ZJ04"], "住建审批岗": ["ZJ05", "ZJ06"],
    "规划核实岗": ["ZR01", "ZR02"], "人防验收岗": ["GD01", "GD02"],
    "林草受理岗": ["LY01", "LY02"], "林草审查岗": ["LY03", "LY04"], "林草签发岗": ["LY05", "LY06"],
    "市级决定岗": ["TS01", "TS02"],
    "信息采集岗": ["ZF01", "ZF02"], "科室负责人岗": ["ZF03", "ZF04"], "分管领导岗": ["ZF05", "ZF06"],
    "主要领导岗": ["ZF07"], "发布岗": ["ZF08", "ZF09"],
    "依申请公开岗": ["ZF10", "ZF11"], "法制审核岗": ["ZF12", "ZF13"], "帮办代办岗": ["ZW01", "ZW02", "ZW03"],
}


class Dice:
    """splitmix64: a fixed algorithm, so that no version of Python changes the file."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n

    def between(self, low, high):
        """A number in [low, high), from whole numbers only."""
        return low + (high - low) * self.below(1_000_000) / 1_000_000

    def chance(self, percent):
        return self.below(10_000) < percent * 100

    def pick(self, things):
        return things[self.below(len(things))]


class Office:
    """Working days and the clock of office hours: 08:30-11:30 and 14:30-17:30."""

    DAY = 21_600

    def __init__(self):
        closed = set()
        for span in CLOSED.split():
            first, _, last = span.partition("/")
            for number in range(int(first[8:]), int(last or first[8:]) + 1):
                closed.add(dt.date.fromisoformat(f"{first[:8]}{number:02}"))
        opened = {dt.date.fromisoformat(d) for d in OPENED.split()}
        span = (LAST - FIRST).days + 1
        days = [FIRST + dt.timedelta(n) for n in range(span)]
        self.days = [d for d in days if d in opened or (d.weekday() < 5 and d not in closed)]

    @property
    def end(self):
        return len(self.days) * self.DAY

    def clock(self, position):
        second = position % self.DAY
        second += 8 * 3600 + 1800 + (3 * 3600 if second >= 3 * 3600 else 0)
        return dt.datetime.combine(self.days[position // self.DAY], dt.time()) + dt.timedelta(0, second)


class Case:
    """One case being lived through; its commands are collected in `log`."""

    def __init__(self, dice, office, kind, accepted):
        self.dice, self.office, self.kind = dice, office, kind
        self.now = self.accepted = accepted
        self.log, self.people, self.last = [], {}, None
        self.returned = 0
        self.plan_temper()

    def plan_temper(self):
        """How fast the case goes, and what will happen to it."""
        d = self.dice
        fate = d.below(1000)
        self.pace = d.between(0.25, 0.70)
        self.slow_step = None
        if fate < 70:
            self.pace = d.between(0.80, 0.95)
        elif fate < 115:
            self.pace = d.between(1.25, 1.80)
        elif fate < 140:
            self.slow_step = d.below(4)
        self.forgotten = d.chance(0.4)
        self.withdrawn_at = d.below(2) if d.chance(1.5) else None
        self.supplement_at = 1 if d.chance(7) else None
        self.stop_at = 1 + d.below(2) if d.chance(6) else None
        self.return_at = 2 + d.below(2) if d.chance(5) else None
        self.returns = 2 if d.chance(25) else 1
        self.hand_over_at = d.below(4) if d.chance(2.5) else None
        self.silent_step = d.below(4) if d.chance(3) else None
        self.extends = d.chance(3)
        self.refused = d.chance(3)
        self.closed = False
        self.steps_done = 0

    def who(self, post):
        if post not in self.people:
            self.people[post] = self.dice.pick(STAFF[post])
        return self.people[post]

    def today(self):
        return self.office.clock(min(self.now, self.office.end - 1)).date()

    def say(self, action, actor, **details):
        self.log.append((self.now, dict(details, action=action, actor=actor)))

    def pass_days(self, days):
        self.now += max(int(days * Office.DAY), 120 + self.dice.below(900))

    def accept(self, post, facts="", who="申请人"):
        d = self.dice
        way = d.pick(["counter"] * 6 + ["online"] * 8 + ["phone", "letter", "email"])
        details = {"item": self.kind.code, "channel": way, "facts": facts,
                   "applicant": f"虚构{who}{d.below(9000) + 1000}"}
        if way == "online" and self.kind.promised > 5 and d.chance(20):
            day = self.office.clock(self.now).date() - dt.timedelta(1)
            details["received"] = day.isoformat()
        self.say("accept", self.who(post), **details)

    def step(self, name, post, limit, opinion, outcome="", facts="", back_to=None, takes=None):
        """Lives through one step, in `takes` days or at the pace of the case; `back_to` is what the
        step before it says when it is done again: (name, post, opinion, outcome)."""
        if self.closed:
            return
        number, self.steps_done = self.steps_done, self.steps_done + 1
        if self.interrupted(name, post, number):
            return
        if back_to and self.return_at is not None and number >= self.return_at:
            self.send_back(name, post, back_to)
        pace = 3.0 if number == self.slow_step else self.pace * self.dice.between(0.7, 1.2)
        self.pass_days(limit * pace if takes is None else takes)
        if number == self.silent_step:
            opinion = ""
        self.last = self.who(post)
        self.say("complete", self.last, step=name, outcome=outcome, opinion=opinion,
                 facts=facts if isinstance(facts, str) else facts(self))

    def interrupted(self, name, post, number):
        """What may happen while a step waits. True: the case is over, or left lying."""
        d = self.dice
        if self.withdrawn_at == number:
            self.pass_days(d.between(0.1, 1.5))
            self.say("withdraw", self.who(post), reason=d.pick(["申请人自愿撤回申请", "申请人改变经营计划，撤回申请"]))
            self.closed = True
            return True
        if self.forgotten and number == 2:
            self.closed = True
            return True
        if self.supplement_at == number and self.kind.supplements:
            self.pass_days(0.3)
            self.say("request_supplement", self.who(post), reason=d.pick(self.kind.supplements))
            self.pass_days(d.between(0.5, 4))
            self.say("supplement", self.who(post), opinion="申请人已补正")
        if self.stop_at == number and self.kind.stops:
            self.pass_days(0.2)
            kind, reason = d.pick(self.kind.stops)
            self.say("suspend", self.who(post), kind=kind, reason=reason)
            self.pass_days(d.between(2, 9))
            self.say("resume", self.who(post))
        if self.hand_over_at == number and len(set(STAFF[post])) > 1:
            self.pass_days(0.1)
            old = self.who(post)
            new = d.pick([p for p in STAFF[post] if p != old])
            self.say("hand_over", old, step=name, to_person=new, reason=d.pick(["岗位轮换", "经办人休假", "外出培训"]))
            self.people[post] = new
        if self.extends and number == 2 and self.kind.longer and self.before_due():
            self.say("extend", self.who(post), limit=self.kind.longer[0], authority=self.kind.longer[1],
                     reason=d.pick(["案情复杂，需要进一步核实", "需要向有关部门核对资料"]))
            self.pace *= 1.3
        return False

    def before_due(self):
        """Safely before the promised due date, whatever was excluded."""
        return self.now // Office.DAY - self.accepted // Office.DAY <= self.kind.promised - 2

    def send_back(self, name, post, back_to):
        earlier, earlier_post, opinion, outcome = (*back_to, "")[:4]
        for _ in range(self.returns):
            self.pass_days(self.dice.between(0.1, 0.6))
            self.say("send_back", self.who(post), step=name, to_step=earlier,
                     reason=self.dice.pick(["意见不明确，退回重新核对", "附件不全，退回补充"]))
            self.pass_days(self.dice.between(0.2, 0.9))
            self.say("complete", self.who(earlier_post), step=earlier, outcome=outcome, opinion=opinion)
        self.return_at = None

    def decide(self, document):
        if self.closed:
            return
        self.pass_days(0)
        if self.dice.chance(2.5):
            document = ""
        if self.refused and self.kind.refusals:
            self.say("decide", self.last, result="refused", reason=self.dice.pick(self.kind.refusals),
                     document=document.replace("准予", "不予").replace("许可决定书", "不予许可决定书"))
        else:
            self.say("decide", self.last, result="granted", document=document)

    def deliver(self):
        if not self.closed:
            self.pass_days(0)
            self.say("deliver", self.last)


def civil_association(c):
    d = c.dice
    similar, members = d.chance(15), 50 + d.below(260)
    c.accept("民政受理岗", f"similar={yes(similar)};members={members}", "发起人")
    c.step("受理", "民政受理岗", 1, "材料齐全，予以受理")
    c.step("初审", "民政审查岗", 4, "章程、负责人符合条件")
    visit = similar or members > 200
    if visit:
        c.step("实地核查", "民政审查岗", 5, "住所和会员属实", back_to=("初审", "民政审查岗", "已重新核对"))
    again = visit and d.chance(12)
    c.step("审核", "民政审批岗", 4, "建议补充核查" if again else "同意", outcome="补充核查" if again else "同意")
    if again:
        c.step("实地核查", "民政审查岗", 2, "补充核查属实")
        c.step("审核", "民政审批岗", 2, "同意", outcome="同意")
    c.step("决定", "民政审批岗", 3, "准予登记" if not c.refused else "不予登记",
           back_to=None if again else ("审核", "民政审批岗", "同意", "同意"))
    c.decide("准予登记决定书")
    c.step("制证送达", "民政受理岗", 2, "已送达")
    c.deliver()


def food_licence(c):
    d = c.dice
    catering, area = d.chance(40), 15 + d.below(2400) / 10
    c.accept("市监受理岗", f"catering={yes(catering)};area={area}", "商户")
    c.step("受理", "市监受理岗", 1, "材料齐全，予以受理")
    c.step("材料审查", "市监核查岗", 2, "材料符合要求")
    if catering or area > 100:
        c.step("现场核查", "市监核查岗", 2, "现场符合要求", back_to=("材料审查", "市监核查岗", "已重新审查"))
    c.step("审批", "市监审批岗", 2, "准予许可" if not c.refused else "不予许可",
           back_to=("材料审查", "市监核查岗", "已重新审查") if not (catering or area > 100) else None)
    c.decide("许可决定书")
    c.step("制证送达", "市监受理岗", 1, "已送达")
    c.deliver()


def public_place(c):
    d = c.dice
    water, area = d.chance(15), 20 + d.below(6000) / 10
    c.accept("卫健受理岗", f"water={yes(water)};area={area}", "经营单位")
    c.step("受理", "卫健受理岗", 1, "材料齐全，予以受理")
    c.step("材料审查", "卫健监督岗", 2, "材料符合要求")
    if water:
        c.step("卫生检测", "卫健监督岗", 0, "检测合格", takes=d.between(4, 9))
    c.step("现场审核", "卫健监督岗", 3, "现场符合卫生要求", back_to=None if water else ("材料审查", "卫健监督岗", "已重新审查"))
    c.step("审批", "卫健审批岗", 2, "准予许可" if not c.refused else "不予许可",
           back_to=("现场审核", "卫健监督岗", "已重新审核"))
    c.decide("许可决定书")
    c.step("制证送达", "卫健受理岗", 1, "已送达")
    c.deliver()


def joint_acceptance(c):
    d = c.dice
    shelter = d.chance(45)
    c.accept("住建受理岗", f"shelter={yes(shelter)};floor_area={500 + d.below(400000) / 10}", "建设单位")
    c.step("受理", "住建受理岗", 1, "材料齐全，已分送各部门")
    if c.closed:
        return
    fork, ends = c.now, []
    branches = [[("规划资料审查", "规划核实岗", 2, "测绘成果齐全"), ("规划现场核实", "规划核实岗", 4, "符合规划条件")],
                [("消防验收", "消防验收岗", 7, "消防验收合格")],
                [("人防核验", "人防验收岗", 5, "防护设备符合要求")] if shelter else []]
    for branch in branches:
        c.now = fork
        for name, post, limit, opinion in branch:
            c.pass_days(limit * c.pace * d.between(0.7, 1.2))
            c.say("complete", c.who(post), step=name, opinion=opinion)
        ends.append(c.now)
    c.now = max(ends)
    mend = d.chance(20)
    outcome = "需整改" if mend else "合格"
    if d.chance(20):  # sometimes only the next step tells; nobody can hand over what is not yet chosen
        outcome, c.hand_over_at = "", None
    c.step("汇总意见", "住建审批岗", 1, "消防通道需整改" if mend else "各部门意见一致", outcome=outcome)
    if mend:
        c.step("整改复验", "住建审批岗", 2, "整改到位")
    c.step("出具意见书", "住建审批岗", 2, "同意通过联合验收", back_to=("整改复验", "住建审批岗", "已再次复验") if mend else None)
    c.decide("联合验收意见书")
    c.step("送达", "住建受理岗", 1, "已统一送达")
    c.deliver()


def senior_card(c):
    c.accept("民政受理岗", who="老人")
    c.supplement_at = c.stop_at = c.hand_over_at = c.withdrawn_at = None
    late = c.dice.chance(1.5)  # the printer was broken
    c.step("核验", "民政受理岗", 0, "年龄符合，予以办理")
    c.decide("")
    c.step("发证", "民政受理岗", 0, "已发证", takes=1.1 if late else 0)
    c.deliver()


def registration_agency(c):
    c.accept("帮办代办岗", f"company={yes(c.dice.chance(45))}", "创业者")
    c.step("接受委托", "帮办代办岗", 0, "委托书有效")
    c.step("代办申报", "帮办代办岗", 1, "已申报")
    c.step("跟踪办理", "帮办代办岗", 1, "登记机关已核准", back_to=("代办申报", "帮办代办岗", "已重新申报"))
    c.decide("营业执照")
    c.step("送达", "帮办代办岗", 1, "已送达")
    c.deliver()


def information_request(c):
    d = c.dice
    third, requests = d.chance(18), 1 + d.below(9) + (d.below(16) if d.chance(20) else 0)
    due = max(0, requests - 10) * 100.0
    fees = f"fee_due={due};fee_paid={due + (100.0 if d.chance(20) else 0.0)}" if due else ""
    c.accept("依申请公开岗", f"third_party={yes(third)};requests={requests}")
    c.step("登记", "依申请公开岗", 1, "已登记")
    c.step("审查", "依申请公开岗", 5, "属于可以公开的信息", facts=fees)
    if third:
        c.step("征求第三方意见", "依申请公开岗", 0, "第三方同意公开", takes=d.between(5, 13))
    c.step("拟制答复", "依申请公开岗", 5, "已拟制答复书", back_to=None if third else ("审查", "依申请公开岗", "已重新检索"))
    reworded = d.chance(12)
    c.step("法制审核", "法制审核岗", 2, "措辞需修改" if reworded else "依据充分", outcome="修改" if reworded else "通过")
    if reworded:
        c.step("拟制答复", "依申请公开岗", 1, "已修改")
        c.step("法制审核", "法制审核岗", 1, "依据充分", outcome="通过")
    c.step("签发", "分管领导岗", 1, "同意")
    c.decide("政府信息公开答复书")
    c.step("答复送达", "依申请公开岗", 1, "已送达")
    c.deliver()


def forest_land(c):
    d = c.dice
    area = (2 + d.below(400)) / 100
    due = round(area * 10_000 * 10, 1)
    paid = round(due * d.pick([1.0] * 8 + [0.97, 0.9, 1.08]), 1)
    c.accept("林草受理岗", f"area={area}", "建设单位")
    c.step("受理", "林草受理岗", 1, "材料齐全，予以受理")
    c.step("材料初审", "林草审查岗", 5, "材料符合要求")
    if area >= 2:
        c.step("现场勘验", "林草审查岗", 0, "林地范围属实", takes=d.between(3, 8))
        c.step("专家评审", "林草审查岗", 0, "评审通过", takes=d.between(3, 7))
    c.step("县级审查", "林草审查岗", 6, "同意上报", facts=f"fee_due={due};fee_paid={paid}",
           back_to=("材料初审", "林草审查岗", "已重新审查") if area < 2 else None)
    c.step("上报", "林草签发岗", 2, "同意上报", back_to=("县级审查", "林草审查岗", "已重新核算"))
    c.step("市级决定", "市级决定岗", 14, "准予使用林地" if not c.refused else "不予同意")
    c.decide("使用林地审核同意书")
    c.step("送达", "林草受理岗", 2, "已送达")
    c.deliver()


COLUMN_OF = {"政策文件": "政策法规", "预算决算": "政府信息公开", "清单目录": "其他"}


def website_review(c):
    d = c.dice
    block = d.pick(["通知公告", "政务动态", "政策文件", "预算决算", "办事指南", "清单目录"])
    source = d.pick(["原创", "原创", "转载", "图片"])
    c.accept("信息采集岗", f"block={block};source={source}", "科室")

    number = f"{c.today().year}-{c.today().timetuple().tm_yday * 24 + c.now % 24}"

    def collected(x):
        return (f"标题={block} {number};编号={number};栏目={COLUMN_OF.get(block, block)};来源={source};"
                f"承办人={x.last}")

    def signed(by):
        return lambda x: f"{by}=已阅;{by}日期={x.today().isoformat()}"

    c.step("采集", "信息采集岗", 1, "已采集，提交初审", facts=collected)
    if d.chance(14):
        c.step("初审", "科室负责人岗", 0.6, "文字有误，不通过", outcome="不通过", facts=signed("科室意见"))
        c.step("采集", "信息采集岗", 0.6, "已修改", facts=collected)
    c.step("初审", "科室负责人岗", 1, "通过", outcome="通过", facts=signed("科室意见"))
    if d.chance(6):
        c.step("终审", "分管领导岗", 0.6, "内容需补充，不通过", outcome="不通过", facts=signed("领导意见"))
        c.step("采集", "信息采集岗", 0.6, "已补充", facts=collected)
        c.step("初审", "科室负责人岗", 0.6, "通过", outcome="通过", facts=signed("科室意见"))
    chief = d.chance(18)
    c.step("终审", "分管领导岗", 1, "送主要领导审批" if chief else "同意发布",
           outcome="送主要领导审批" if chief else "通过", facts=signed("领导意见"))
    if chief:
        c.step("主要领导审批", "主要领导岗", 1, "同意发布", outcome="通过", facts=signed("领导意见"))
    c.decide("信息发布审核表")
    c.step("发布存档", "发布岗", 1, "已发布并存档")
    c.deliver()


class Kind:
    """What the cases of one item have in common; `window` is the post that refuses an application."""

    def __init__(self, live, code, promised, count, window, supplements=(), stops=(), longer=None,
                 refusals=()):
        self.live, self.code, self.promised, self.count, self.window = live, code, promised, count, window
        self.supplements, self.stops, self.longer, self.refusals = supplements, stops, longer, refusals


KINDS = [
    Kind(civil_association, "62052400MZ-XK-0001", 20, 120, "民政受理岗", ["章程草案缺少会员权利条款", "缺验资报告"],
         [("hearing", "利害关系人申请听证"), ("expert_review", "业务范围需要专家评审")],
         ("10 workdays", "武山县民政局负责人"), ["没有必要成立"]),
    Kind(food_licence, "62052400SC-XK-0001", 8, 560, "市监受理岗", ["缺食品安全管理制度", "布局图未标注尺寸"],
         [("hearing", "利害关系人申请听证"), ("inspection", "设施需要检验")],
         ("10 workdays", "武山县市场监督管理局负责人"), ["现场核查不符合要求"]),
    Kind(public_place, "62052400WS-XK-0001", 10, 260, "卫健受理岗", ["缺平面布局图", "健康合格证明过期"],
         [("hearing", "申请人申请听证"), ("testing", "空气质量需要复检"), ("appraisal", "消毒效果需要鉴定")],
         ("10 workdays", "武山县卫生健康局负责人"), ["卫生设施不符合国家标准"]),
    Kind(joint_acceptance, "62052400ZJ-XK-0001", 15, 130, "住建受理岗", ["缺竣工测绘成果报告"],
         [("expert_review", "消防设计变更需要专家评审"), ("testing", "消防设施需要检测")],
         ("15 workdays", "武山县人民政府负责人")),
    Kind(senior_card, "62052400MZ-BM-0001", 0, 640, "民政受理岗"),
    Kind(registration_agency, "62052400ZW-DL-0001", 3, 330, "帮办代办岗", ["住所文件不清晰"],
         longer=("3 workdays", "登记机关负责人")),
    Kind(information_request, "62052400ZF-FW-0001", 15, 150, "依申请公开岗", ["申请内容不明确"],
         [("third_party_consultation", "征求其他机关意见")], ("20 workdays", "政府信息公开工作机构负责人"),
         ["属于内部事务信息"]),
    Kind(forest_land, "62052400LY-XK-0001", 30, 110, "林草受理岗", ["缺林地权属证明"],
         [("survey", "林地界址需要复勘"), ("expert_review", "保护物种需要专家评审")],
         ("10 workdays", "武山县林业和草原局负责人"), ["占用公益林，不符合规定"]),
    Kind(website_review, "62052400ZF-QT-0001", 5, 320, "信息采集岗"),
]


def yes(condition):
    return "true" if condition else "false"


def live(kind, dice, office):
    """The commands of one case: (position, details), in order of time."""
    accepted = dice.below(office.end)
    if kind.promised == 0:  # nobody begins on the spot in the last hour and a half of the day
        accepted = min(accepted, accepted - accepted % Office.DAY + Office.DAY - 5_400)
    case = Case(dice, office, kind, accepted)
    if kind.promised > 5 and dice.chance(1.5):
        case.say("refuse", case.who(kind.window), item=kind.code,
                 reason=dice.pick(["不属于本机关职权范围", "申请人不符合受理条件"]))
    else:
        kind.live(case)
    return sorted(case.log, key=lambda entry: entry[0])  # branches ran side by side; the sort is stable


def commands(office):
    """Every command of every case up to the last day, in order of time."""
    dice, cases = Dice(20240102), []
    for kind in KINDS:
        cases += [(kind, live(kind, dice, office)) for _ in range(kind.count)]
    cases.sort(key=lambda case: case[1][0][0])
    numbers, rows = {}, []
    for order, (kind, log) in enumerate(cases):
        series = f"{kind.code[8:10]}-{office.clock(log[0][0]).year}"
        numbers[series] = numbers.get(series, 0) + 1
        for place, (position, details) in enumerate(log):
            if position < office.end:
                rows.append((position, order, place, dict(details, case=f"{series}-{numbers[series]:06}")))
    rows.sort(key=lambda row: row[:3])
    for number, (position, _, _, row) in enumerate(rows, 1):
        yield dict(row, id=f"R{number:06}", at=office.clock(position).isoformat())


def text():
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(commands(Office()))
    return out.getvalue()


def main(arguments):
    target = Path(__file__).resolve().with_name("cases.csv")
    written = text().encode()
    if arguments == ["--check"]:
        same = target.is_file() and target.read_bytes() == written
        print(f"{target.name} is {'what' if same else 'not what'} the generator writes")
        return 0 if same else 1
    target.write_bytes(written)
    print(f"{target.name}: {written.count(bytes([10])) - 1} commands, {len(written)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
