"""People: who works here, when, and with which skills."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

SHIFTS = Table(
    "shifts",
    "The shifts of a day.",
    (
        Column("shift", "text", "", "Name of the shift", key=True),
        Column("start_hour", "number", "hours after midnight", "When it begins: 6, 14, 22", low=0, high=24),
        Column("end_hour", "number", "hours after midnight", "When it ends; after midnight count on, so that 6 in the "
               "morning is 30", above=0, high=48),
        Column("break_min", "number", "minutes", "Breaks in it", low=0, high=480, required=False, default=0),
        Column("premium", "share", "of the wage", "What is paid on top", required=False, default=0),
    ),
    optional=True,
    rules=(
        Rule("end_hour", "an hour after start_hour (6 in the morning of the next day is 30)",
             lambda t: t["end_hour"] > t["start_hour"]),
    ),
)

PEOPLE = Table(
    "people",
    "Who works here, by a number in place of the name.",
    (
        Column("person", "text", "", "Number of the person", key=True),
        Column("team", "text", "", "Team"),
        Column("role", "text", "", "What the person does", required=False, default=""),
        Column("workcenter", "text", "", "Where; blank: nowhere fixed", refers="workcenters.workcenter", loose=True,
               required=False, default=""),
        Column("shift", "text", "", "Usual shift; blank: changing", refers="shifts.shift", loose=True, required=False,
               default=""),
        Column("hours_per_week", "number", "hours", "Hours by contract", above=0, high=80),
        Column("wage", "number", "currency an hour", "Wage, without premiums", above=0),
        Column("hired", "date", "", "First day"),
        Column("left", "date", "", "Last day; blank: still here", required=False),
    ),
    optional=True,
    rules=(Rule("left", "a date not before hired", lambda t: ~(t["left"] < t["hired"])),),
)

SKILLS = Table(
    "skills",
    "Who can do what, and how well.",
    (
        Column("person", "text", "", "Number of the person", key=True, refers="people.person"),
        Column("skill", "text", "", "Skill, as the routings name it", key=True),
        Column("level", "whole", "", "0 none, 1 learning, 2 with help, 3 alone, 4 can teach it", low=0, high=4),
        Column("valid_to", "date", "", "Last day of a licence; blank: no end", required=False),
    ),
    optional=True,
)

ABSENCES = Table(
    "absences",
    "Who was away.",
    (
        Column("person", "text", "", "Number of the person", key=True, refers="people.person"),
        Column("first", "date", "", "First day away", key=True),
        Column("last", "date", "", "Last day away"),
        Column("hours", "number", "hours", "Working hours missed", above=0),
        Column("reason", "choice", "", "Why", choices=("sick", "injury", "vacation", "training", "family", "unexcused")),
    ),
    optional=True,
    rules=(Rule("last", "a date not before first", lambda t: t["last"] >= t["first"]),),
)

STAFFING = Table(
    "staffing",
    "How many people each shift needs: one row a team, weekday and shift.",
    (
        Column("team", "text", "", "Team", key=True),
        Column("weekday", "whole", "", "1 is Monday, 7 Sunday", key=True, low=1, high=7),
        Column("shift", "text", "", "Shift", key=True, refers="shifts.shift"),
        Column("needed", "whole", "people", "People needed", low=0),
    ),
    optional=True,
)

HOURS_WORKED = Table(
    "hours_worked",
    "Hours by week and work center: what was there, what was worked, what it was worth.",
    (
        Column("week", "week", "", "Monday of the week", key=True),
        Column("workcenter", "text", "", "Work center", key=True, refers="workcenters.workcenter"),
        Column("available_hours", "number", "hours", "Machine hours of the shifts", low=0),
        Column("worked_hours", "number", "hours", "Machine hours worked", low=0),
        Column("standard_hours", "number", "hours", "Standard hours of what was made", low=0),
        Column("labor_hours", "number", "hours", "Hours that people worked, overtime included", low=0),
        Column("overtime_hours", "number", "hours", "Overtime in them", low=0, required=False, default=0),
        Column("planned_input_hours", "number", "standard hours", "Work that should have come in", low=0,
               required=False),
        Column("input_hours", "number", "standard hours", "Work that came in", low=0, required=False),
        Column("planned_output_hours", "number", "standard hours", "Work that should have gone out", low=0,
               required=False),
    ),
    optional=True,
    rules=(
        Rule("overtime_hours", "no more than labor_hours", lambda t: t["overtime_hours"] <= t["labor_hours"] + 1e-9),
    ),
)
