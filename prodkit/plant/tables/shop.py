"""Work centers and machines, routings, the shift log, time studies, lines and projects."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

CALENDAR = Table(
    "calendar",
    "Working days: one row a day. Days that are not listed follow days_per_week of `about`.",
    (
        Column("date", "date", "", "The day", key=True),
        Column("is_working", "yes/no", "", "Whether the plant works"),
        Column("shifts", "whole", "shifts", "Shifts that are worked; blank: as usual", low=0, high=6, required=False),
        Column("note", "text", "", "Holiday, stocktaking, shutdown", required=False, default=""),
    ),
    optional=True,
)

WORKCENTERS = Table(
    "workcenters",
    "Groups of machines or places that do the same work.",
    (
        Column("workcenter", "text", "", "Code of the work center", key=True),
        Column("name", "text", "", "What people call it", required=False, default=""),
        Column("machines", "whole", "machines", "Machines or places that work side by side", low=1),
        Column("shifts_per_day", "whole", "shifts", "Shifts that it works; blank: as the plant", low=1, high=6,
               required=False),
        Column("efficiency", "number", "standard hours an hour worked", "Standard hours of work done in an hour worked",
               above=0, high=2, required=False, default=1),
        Column("utilization", "share", "of the hours available", "Hours worked of the hours available", above=0,
               required=False, default=1),
        Column("cost_per_hour", "number", "currency an hour", "Cost of one hour: labor and overhead", low=0),
        Column("queue_hours", "number", "hours", "Usual wait before it", low=0, required=False, default=0),
        Column("move_hours", "number", "hours", "Usual time to bring work to the next one", low=0, required=False,
               default=0),
    ),
    optional=True,
)

MACHINES = Table(
    "machines",
    "The machines, one row each.",
    (
        Column("asset", "text", "", "Number of the machine", key=True),
        Column("workcenter", "text", "", "Where it stands", refers="workcenters.workcenter"),
        Column("name", "text", "", "What it is", required=False, default=""),
        Column("bought", "date", "", "Day on which it was bought"),
        Column("price", "number", "currency", "What it cost", low=0),
        Column("life_years", "number", "years", "Years over which it is written off", above=0, required=False),
        Column("salvage", "number", "currency", "What it is worth at their end", low=0, required=False, default=0),
    ),
    optional=True,
)

ASSET_YEARS = Table(
    "asset_years",
    "What a machine costs to run and would sell for, by its age.",
    (
        Column("asset", "text", "", "Number of the machine", key=True, refers="machines.asset"),
        Column("year", "whole", "years", "Year of its life, from 1", key=True, low=1, high=60),
        Column("running_cost", "number", "currency a year", "Repairs, energy, lost time", low=0),
        Column("resale", "number", "currency", "What it would sell for at the end of the year", low=0),
    ),
    optional=True,
)

ROUTINGS = Table(
    "routings",
    "How an item is made: one row an item, step and alternative.",
    (
        Column("item", "text", "", "Item that is made", key=True, refers="items.item"),
        Column("step", "whole", "", "Number of the step, in order: 10, 20, 30", key=True, low=1),
        Column("alternative", "text", "", "Name of another way to do the step; blank for the usual one", key=True,
               required=False, default=""),
        Column("operation", "text", "", "What is done", required=False, default=""),
        Column("workcenter", "text", "", "Where", refers="workcenters.workcenter"),
        Column("setup_hours", "number", "hours", "Time to set up for a lot", low=0, required=False, default=0),
        Column("run_hours", "number", "hours a unit", "Time for one unit", low=0),
        Column("skill", "text", "", "Skill that the operator needs; blank: none", required=False, default=""),
        Column("crew", "number", "people", "Operators at one machine; 0.5 where one minds two", low=0, high=50,
               required=False, default=1),
        Column("overlap_quantity", "number", "units", "After so many units the next step may begin; blank: after all",
               above=0, required=False),
    ),
    optional=True,
)

CHANGEOVERS = Table(
    "changeovers",
    "Time and cost of going from one item to another, where it matters which.",
    (
        Column("workcenter", "text", "", "Where", key=True, refers="workcenters.workcenter"),
        Column("from_item", "text", "", "Item before", key=True, refers="items.item"),
        Column("to_item", "text", "", "Item after", key=True, refers="items.item"),
        Column("hours", "number", "hours", "Time of the changeover", low=0),
        Column("cost", "number", "currency", "Material, cleaning and waste of the changeover", low=0, required=False,
               default=0),
    ),
    optional=True,
)

MAINTENANCE = Table(
    "maintenance",
    "Planned maintenance: one row a machine and task.",
    (
        Column("asset", "text", "", "Number of the machine", key=True, refers="machines.asset"),
        Column("task", "text", "", "What is done", key=True),
        Column("every_weeks", "number", "weeks", "Time from one to the next", above=0),
        Column("hours", "number", "hours", "How long the machine stands", low=0),
        Column("cost", "number", "currency", "Parts and work", low=0, required=False, default=0),
        Column("last_done", "date", "", "When it was done last; blank: never", required=False),
        Column("due", "date", "", "When it is due"),
    ),
    optional=True,
)

PRODUCTION = Table(
    "production",
    "The shift log: one row a day, shift, machine and item.",
    (
        Column("date", "date", "", "Day on which the shift began", key=True),
        Column("shift", "text", "", "Which shift", key=True, refers="shifts.shift", loose=True),
        Column("asset", "text", "", "Machine", key=True, refers="machines.asset"),
        Column("item", "text", "", "Item that was made", key=True, refers="items.item"),
        Column("shift_min", "number", "minutes", "Part of the shift that this row speaks of", above=0, high=1440),
        Column("planned_stop_min", "number", "minutes", "Breaks, meetings, no orders: outside OEE", low=0, high=1440,
               required=False, default=0),
        Column("stop_min", "number", "minutes", "Failures, changeovers and other stops of the planned time", low=0,
               high=1440),
        Column("ideal_cycle_s", "number", "seconds a unit", "Time of one unit at the best rate", above=0),
        Column("total", "whole", "units", "Units made, good and bad", low=0),
        Column("good", "whole", "units", "Units right the first time", low=0),
        Column("rework", "whole", "units", "Units mended", low=0, required=False, default=0),
        Column("operators", "number", "people", "People at the machine", low=0, required=False, default=1),
    ),
    optional=True,
    rules=(
        Rule("planned_stop_min", "no more than shift_min", lambda t: t["planned_stop_min"] <= t["shift_min"] + 1e-9),
        Rule("stop_min", "no more than shift_min less planned_stop_min",
             lambda t: t["stop_min"] <= t["shift_min"] - t["planned_stop_min"] + 1e-9),
        Rule("good", "no more than total", lambda t: t["good"] <= t["total"]),
        Rule("rework", "no more than total less good", lambda t: t["rework"] <= t["total"] - t["good"]),
    ),
)

STOPS = Table(
    "stops",
    "The stops behind the shift log's minutes, with their reason.",
    (
        Column("date", "date", "", "Day on which the shift began", key=True),
        Column("shift", "text", "", "Which shift", key=True, refers="shifts.shift", loose=True),
        Column("asset", "text", "", "Machine", key=True, refers="machines.asset"),
        Column("number", "whole", "", "Which stop of the shift", key=True, low=1),
        Column("kind", "choice", "", "Which loss it is", choices=("failure", "setup", "waiting", "minor", "planned")),
        Column("reason", "text", "", "What the operator wrote"),
        Column("minutes", "number", "minutes", "How long", above=0, high=1440),
    ),
    optional=True,
)

FAILURES = Table(
    "failures",
    "Lives of parts that wear: one row a life.",
    (
        Column("asset", "text", "", "Machine", key=True, refers="machines.asset"),
        Column("part", "text", "", "Part of it", key=True),
        Column("number", "whole", "", "Which life", key=True, low=1),
        Column("hours", "number", "operating hours", "How long it ran", above=0),
        Column("failed", "yes/no", "", "no: it was still running, or was replaced before it failed"),
        Column("repair_hours", "number", "hours", "How long the repair took", low=0, required=False),
        Column("cost", "number", "currency", "What it cost", low=0, required=False),
    ),
    optional=True,
)

TIME_STUDIES = Table(
    "time_studies",
    "Stopwatch readings: one row an element and cycle.",
    (
        Column("operation", "text", "", "Operation that was watched", key=True),
        Column("element", "text", "", "Part of it", key=True),
        Column("cycle", "whole", "", "Which cycle", key=True, low=1),
        Column("seconds", "number", "seconds", "Time read", above=0),
        Column("rating", "number", "", "Pace against normal, 1 is normal", low=0.4, high=2, required=False, default=1),
        Column("foreign", "yes/no", "", "Whether something happened that does not belong to the work", required=False,
               default=False),
        Column("every", "number", "cycles", "The element comes once in so many cycles; 1: in each", above=0,
               required=False, default=1),
    ),
    optional=True,
)

WORK_SAMPLES = Table(
    "work_samples",
    "Work sampling: how many of a day's looks at a place, at random moments, found which state.",
    (
        Column("date", "date", "", "Day", key=True),
        Column("place", "text", "", "Where one looked: a team, or machines", key=True),
        Column("state", "text", "", "What was found: at work, waiting, walking", key=True),
        Column("looks", "whole", "looks", "Looks that found it", low=0),
    ),
    optional=True,
)

MOTIONS = Table(
    "motions",
    "Predetermined times of motions, at normal pace: those that your plant may use. Figures of the samples are made.",
    (
        Column("motion", "text", "", "Code of the motion", key=True),
        Column("name", "text", "", "What the hand, eye or body does"),
        Column("seconds", "number", "seconds", "Time at normal pace; a time measurement unit is 0.036 seconds",
               above=0, high=600),
        Column("source", "text", "", "Where the time comes from", required=False, default=""),
    ),
    optional=True,
)

MOTION_STUDIES = Table(
    "motion_studies",
    "Operations as the motions of both hands: one row a step.",
    (
        Column("operation", "text", "", "Operation", key=True),
        Column("method", "text", "", "Which way of doing it: today, proposed", key=True),
        Column("step", "whole", "", "Which step, from 1", key=True, low=1),
        Column("left", "text", "", "Motion of the left hand; blank: it rests or holds", refers="motions.motion",
               loose=True, required=False, default=""),
        Column("right", "text", "", "Motion of the right hand; blank: it rests or holds", refers="motions.motion",
               loose=True, required=False, default=""),
        Column("times", "number", "", "How often the step is done", above=0, required=False, default=1),
    ),
    optional=True,
)

CHANGEOVER_STEPS = Table(
    "changeover_steps",
    "What is done in a changeover, step by step, as filmed today and as it could be.",
    (
        Column("changeover", "text", "", "Which changeover", key=True),
        Column("step", "whole", "", "Which step, from 1", key=True, low=1),
        Column("name", "text", "", "What is done"),
        Column("seconds", "number", "seconds", "Time of it today", low=0),
        Column("now", "choice", "", "internal: the machine stands meanwhile; external: it runs",
               choices=("internal", "external")),
        Column("later", "choice", "", "What it can be", choices=("internal", "external")),
        Column("seconds_later", "number", "seconds", "Time once it is made shorter; blank: as today", low=0,
               required=False),
    ),
    optional=True,
    rules=(Rule("seconds_later", "no more than seconds", lambda t: ~(t["seconds_later"] > t["seconds"])),),
)

TASKS = Table(
    "tasks",
    "Tasks of an assembly line, with what must come before: one row a line, model and task.",
    (
        Column("line", "text", "", "Name of the line", key=True),
        Column("task", "text", "", "Code of the task", key=True),
        Column("model", "text", "", "Model that is built; blank: all of them", key=True, required=False, default=""),
        Column("name", "text", "", "What is done", required=False, default=""),
        Column("seconds", "number", "seconds", "Time of the task", low=0),
        Column("after", "text", "", "Tasks that must be done before, parted by semicolons", refers="tasks.task",
               many=True, required=False, default=""),
        Column("mix_share", "share", "of the units", "Share of the model in what is built", required=False, default=1),
    ),
    optional=True,
)

ACTIVITIES = Table(
    "activities",
    "Activities of projects: one row a project and activity.",
    (
        Column("project", "text", "", "Name of the project", key=True),
        Column("activity", "text", "", "Code of the activity", key=True),
        Column("name", "text", "", "What is done", required=False, default=""),
        Column("after", "text", "", "Activities that must be done before, parted by semicolons",
               refers="activities.activity", many=True, required=False, default=""),
        Column("days", "number", "working days", "How long it takes as planned, most likely", low=0),
        Column("days_optimistic", "number", "working days", "If all goes well", low=0, required=False),
        Column("days_pessimistic", "number", "working days", "If much goes wrong", low=0, required=False),
        Column("cost", "number", "currency", "Planned cost", low=0, required=False, default=0),
        Column("crash_days", "number", "working days", "How short it can be made", low=0, required=False),
        Column("crash_cost", "number", "currency", "Cost at crash_days", low=0, required=False),
        Column("resource", "text", "", "Who or what does it", required=False, default=""),
        Column("resource_units", "number", "", "How many of them", low=0, required=False, default=1),
        Column("done_share", "share", "of the work", "Part that is done today", required=False, default=0),
        Column("actual_cost", "number", "currency", "Spent until today", low=0, required=False, default=0),
    ),
    optional=True,
    rules=(
        Rule("days_optimistic", "no more than days", lambda t: ~(t["days_optimistic"] > t["days"])),
        Rule("days_pessimistic", "no less than days", lambda t: ~(t["days_pessimistic"] < t["days"])),
        Rule("crash_days", "no more than days", lambda t: ~(t["crash_days"] > t["days"])),
        Rule("crash_cost", "no less than cost", lambda t: ~(t["crash_cost"] < t["cost"])),
    ),
)

AREAS = Table(
    "areas",
    "Areas of the plant's floor.",
    (
        Column("area", "text", "", "Name of the area", key=True),
        Column("size", "number", "m2 | ft2", "Floor that it takes", above=0),
        Column("x", "number", "m | ft", "Middle of it today, from the west wall", low=0),
        Column("y", "number", "m | ft", "Middle of it today, from the south wall", low=0),
        Column("fixed", "yes/no", "", "Whether it must stay where it is", required=False, default=False),
    ),
    optional=True,
)

FLOWS = Table(
    "flows",
    "What is carried between areas.",
    (
        Column("from_area", "text", "", "Where it starts", key=True, refers="areas.area"),
        Column("to_area", "text", "", "Where it ends", key=True, refers="areas.area"),
        Column("trips", "number", "trips a day", "How often", low=0),
        Column("cost", "number", "currency a trip a m | currency a trip a ft", "Cost of carrying one trip so far",
               low=0, required=False, default=1),
    ),
    optional=True,
)
