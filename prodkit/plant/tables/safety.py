"""Hazards, injuries, exposures, chemicals and waste."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

HAZARDS = Table(
    "hazards",
    "The hazard register: one row a hazard of a job.",
    (
        Column("hazard", "text", "", "Number of the hazard", key=True),
        Column("job", "text", "", "Job"),
        Column("workcenter", "text", "", "Where", refers="workcenters.workcenter", loose=True, required=False,
               default=""),
        Column("step", "text", "", "Step of the job", required=False, default=""),
        Column("description", "text", "", "What can hurt, and how"),
        Column("people", "whole", "people", "People exposed", low=0, required=False, default=1),
        Column("likelihood", "whole", "", "1 rare to 5 almost certain", low=1, high=5),
        Column("severity", "whole", "", "1 first aid to 5 death", low=1, high=5),
        Column("control", "choice", "", "Highest control in place",
               choices=("none", "protective_equipment", "administrative", "engineering", "substitution", "elimination"),
               required=False, default="none"),
    ),
    optional=True,
)

INCIDENTS = Table(
    "incidents",
    "Injuries and illnesses: one row a case, without a name.",
    (
        Column("case", "text", "", "Number of the case", key=True),
        Column("date", "date", "", "Day of the injury, or on which the illness began"),
        Column("hour", "number", "hours after midnight", "Time of day", low=0, high=24, required=False),
        Column("person", "text", "", "Number of the person; blank for a privacy case", refers="people.person",
               loose=True, required=False, default=""),
        Column("employed", "choice", "", "Who pays the person", choices=("own", "temporary", "contractor"),
               required=False, default="own"),
        Column("job", "text", "", "What the person was doing"),
        Column("workcenter", "text", "", "Where", refers="workcenters.workcenter", loose=True, required=False,
               default=""),
        Column("event", "text", "", "What happened"),
        Column("kind", "choice", "", "Column of the log",
               choices=("injury", "skin", "respiratory", "poisoning", "hearing", "other_illness")),
        Column("body_part", "text", "", "Part of the body", required=False, default=""),
        Column("work_related", "yes/no", "", "Whether work caused it or made it worse", required=False, default=True),
        Column("new_case", "yes/no", "", "Whether it is a new one", required=False, default=True),
        Column("treatment", "text", "", "What was done for the person"),
        Column("outcome", "choice", "", "Gravest outcome",
               choices=("first_aid", "other_recordable", "restricted", "days_away", "death")),
        Column("days_away", "whole", "calendar days", "Days away from work, without the day itself, 180 at most",
               low=0, high=180, required=False, default=0),
        Column("days_restricted", "whole", "calendar days", "Days of restricted or other work", low=0, high=180,
               required=False, default=0),
        Column("hospital", "yes/no", "", "Whether the person was admitted as an in-patient", required=False,
               default=False),
    ),
    optional=True,
    rules=(
        Rule("days_away", "1 or more, since outcome is days_away",
             lambda t: (t["outcome"] != "days_away") | (t["days_away"] >= 1)),
    ),
)

NEAR_MISSES = Table(
    "near_misses",
    "What nearly happened.",
    (
        Column("report", "text", "", "Number of the report", key=True),
        Column("date", "date", "", "Day"),
        Column("shift", "text", "", "Shift", refers="shifts.shift", loose=True, required=False, default=""),
        Column("job", "text", "", "Job"),
        Column("workcenter", "text", "", "Where", refers="workcenters.workcenter", loose=True, required=False,
               default=""),
        Column("description", "text", "", "What nearly happened"),
        Column("severity", "whole", "", "1 first aid to 5 death, had it happened", low=1, high=5),
    ),
    optional=True,
)

LIFTS = Table(
    "lifts",
    "Lifting jobs as they were measured: one row a job and task, two-handed lifts only.",
    (
        Column("job", "text", "", "Job", key=True),
        Column("task", "text", "", "Lift", key=True),
        Column("weight", "number", "kg | lb", "Average weight of the load", above=0),
        Column("weight_most", "number", "kg | lb", "Greatest weight of the load; blank: the average", above=0,
               required=False),
        Column("horizontal", "number", "cm | in", "Hands in front of the ankles, at the start", above=0),
        Column("vertical", "number", "cm | in", "Hands above the floor, at the start", low=0),
        Column("asymmetry", "number", "degrees", "Turn of the trunk, at the start", low=0, high=180, required=False,
               default=0),
        Column("horizontal_end", "number", "cm | in", "Hands in front of the ankles, at the end", above=0,
               required=False),
        Column("vertical_end", "number", "cm | in", "Hands above the floor, at the end", low=0),
        Column("asymmetry_end", "number", "degrees", "Turn of the trunk, at the end", low=0, high=180, required=False,
               default=0),
        Column("control", "yes/no", "", "Whether the load must be placed with care at the end", required=False,
               default=False),
        Column("lifts_per_min", "number", "lifts a minute", "How often", above=0),
        Column("duration_hours", "number", "hours", "How long at a stretch", above=0, high=24),
        Column("coupling", "choice", "", "How well the hands hold it", choices=("good", "fair", "poor")),
        Column("people", "whole", "people", "People who do it", low=1, required=False, default=1),
    ),
    optional=True,
)

NOISE = Table(
    "noise",
    "Noise at a job: one row a stretch of the shift.",
    (
        Column("job", "text", "", "Job", key=True),
        Column("period", "text", "", "Stretch of the shift", key=True),
        Column("hours", "number", "hours", "How long", above=0, high=24),
        Column("level", "number", "dBA", "Sound level, slow response", low=0, high=200),
        Column("people", "whole", "people", "People exposed", low=0, required=False, default=1),
    ),
    optional=True,
)

HEAT = Table(
    "heat",
    "Heat at a job: one row a stretch of the shift.",
    (
        Column("job", "text", "", "Job", key=True),
        Column("period", "text", "", "Stretch of the shift", key=True),
        Column("hours", "number", "hours", "How long", above=0, high=24),
        Column("air", "number", "deg C | deg F", "Air temperature in the shade"),
        Column("humidity", "number", "percent", "Relative humidity", low=0, high=100, required=False),
        Column("wet_bulb", "number", "deg C | deg F", "Natural wet bulb temperature", required=False),
        Column("globe", "number", "deg C | deg F", "Globe temperature", required=False),
        Column("indoors", "yes/no", "", "Whether it is indoors", required=False, default=True),
        Column("work", "choice", "", "How hard the work is", choices=("light", "moderate", "heavy", "very_heavy"),
               required=False, default="moderate"),
    ),
    optional=True,
)

CHEMICALS = Table(
    "chemicals",
    "Chemicals on the site, a row each.",
    (
        Column("chemical", "text", "", "Name", key=True),
        Column("cas", "text", "", "CAS registry number", required=False, default=""),
        Column("stored", "number", "kg | lb", "Most that is on the site at one time", low=0),
        Column("made", "number", "kg a year | lb a year", "Made, imported or processed", low=0, required=False,
               default=0),
        Column("used", "number", "kg a year | lb a year", "Otherwise used", low=0, required=False, default=0),
        Column("released", "number", "kg a year | lb a year", "Released to air, water and land", low=0, required=False,
               default=0),
        Column("hazard", "text", "", "Hazard of its label", required=False, default=""),
    ),
    optional=True,
)

EXPOSURES = Table(
    "exposures",
    "Air samples: one row a job, chemical and stretch of the shift.",
    (
        Column("job", "text", "", "Job", key=True),
        Column("chemical", "text", "", "Chemical", key=True, refers="chemicals.chemical", loose=True),
        Column("period", "text", "", "Stretch of the shift", key=True),
        Column("hours", "number", "hours", "How long", above=0, high=24),
        Column("concentration", "number", "ppm or mg/m3", "Concentration", low=0),
        Column("unit", "choice", "", "Its unit", choices=("ppm", "mg/m3")),
    ),
    optional=True,
)

WASTE = Table(
    "waste",
    "Waste generated: one row a month and stream.",
    (
        Column("month", "date", "", "First day of the month", key=True),
        Column("stream", "text", "", "What it is", key=True),
        Column("kind", "choice", "", "How the law sees it",
               choices=("hazardous", "acute", "universal", "solid", "recycled")),
        Column("generated", "number", "kg | lb", "Generated in the month", low=0),
        Column("stored", "number", "kg | lb", "On the site at its end", low=0, required=False),
        Column("cost", "number", "currency", "Cost of getting rid of it", low=0, required=False, default=0),
    ),
    optional=True,
    rules=(Rule("month", "the first day of a month", lambda t: t["month"].dt.day == 1),),
)
