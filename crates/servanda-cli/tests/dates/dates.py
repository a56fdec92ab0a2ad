"""Answers questions about days with python-dateutil: one JSON question a line, one JSON answer a line."""

import datetime
import json
import sys

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, FR, MO, MONTHLY, TH, TU, WE, WEEKLY, YEARLY, rrule, rruleset

WORKING = (MO, TU, WE, TH, FR)
FREQUENCY = {"days": DAILY, "weeks": WEEKLY, "months": MONTHLY, "years": YEARLY}


def day(text):
    return datetime.datetime.strptime(text, "%Y-%m-%d")


def text(moment):
    return moment.strftime("%Y-%m-%d")


def last_of_month(moment):
    return (moment + datetime.timedelta(days=1)).day == 1


def business(first, last, holidays):
    """The business days from one day to another, both included."""
    days = rruleset()
    days.rrule(rrule(DAILY, dtstart=first, until=last, byweekday=WORKING))
    for holiday in holidays:
        days.exdate(day(holiday))
    return list(days)


def around(moment, holidays):
    """The nearest business days before and after, the day itself where it is one."""
    span = datetime.timedelta(days=40)
    days = business(moment - span, moment + span, holidays)
    return max(d for d in days if d <= moment), min(d for d in days if d >= moment)


def shifted(moment, convention, holidays):
    before, after = around(moment, holidays)
    same = lambda d: d.month == moment.month
    return {
        "following": after,
        "preceding": before,
        "modified-following": after if same(after) else before,
        "modified-preceding": before if same(before) else after,
    }[convention]


def cycle(q):
    """The first days of a cycle, by recurrence rules where they can say it, otherwise by sums from the first day."""
    first, unit, step, count = day(q["anchor"]), q["unit"], q["step"], q["count"]
    if unit in ("months", "years") and q["end_of_month"] and last_of_month(first):
        months = step * (12 if unit == "years" else 1)
        return list(rrule(MONTHLY, dtstart=first, interval=months, bymonthday=-1, count=count))
    if unit in ("days", "weeks") or first.day <= 28:
        return list(rrule(FREQUENCY[unit], dtstart=first, interval=step, count=count))
    return [first + relativedelta(**{unit: step * k}) for k in range(count)]


def answer(q):
    kind = q["kind"]
    if kind == "sum":
        return text(day(q["day"]) + relativedelta(months=q["months"]))
    if kind == "cycle":
        days = cycle(q)
        if q["convention"]:
            days = [shifted(d, q["convention"], q["holidays"]) for d in days]
        return [text(d) for d in days]
    if kind == "next":
        rule = rrule(FREQUENCY[q["unit"]], dtstart=day(q["anchor"]), interval=q["step"])
        found = rule.after(day(q["day"]), inc=q["on"])
        return text(found)
    if kind == "count":
        first, last = day(q["from"]), day(q["to"])
        return len(business(first + datetime.timedelta(days=1), last, q["holidays"]))
    if kind == "plus":
        span = datetime.timedelta(days=2 * abs(q["business_days"]) + 40)
        first = day(q["day"])
        one = datetime.timedelta(days=1)
        if q["business_days"] > 0:
            return text(business(first + one, first + span, q["holidays"])[q["business_days"] - 1])
        return text(business(first - span, first - one, q["holidays"])[q["business_days"]])
    raise ValueError(kind)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
