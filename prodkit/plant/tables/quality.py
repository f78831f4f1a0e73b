"""Measurements, counts, studies of gauges and of processes."""

from __future__ import annotations

from ..schema import Column, Rule, Table

# Data, a row a column: kept as they are by hand.
# fmt: off

CHARACTERISTICS = Table(
    "characteristics",
    "What is measured, and its limits.",
    (
        Column("characteristic", "text", "", "Name of it", key=True),
        Column("item", "text", "", "Item that has it", refers="items.item"),
        Column("workcenter", "text", "", "Where it is made", refers="workcenters.workcenter", loose=True,
               required=False, default=""),
        Column("unit", "text", "", "Unit of its values", required=False, default=""),
        Column("lower_limit", "number", "", "Lower specification limit; blank: none", required=False),
        Column("upper_limit", "number", "", "Upper specification limit; blank: none", required=False),
        Column("target", "number", "", "Value wanted", required=False),
    ),
    optional=True,
    rules=(
        Rule("upper_limit", "above lower_limit", lambda t: ~(t["upper_limit"] <= t["lower_limit"])),
        Rule("target", "between the limits",
             lambda t: ~((t["target"] < t["lower_limit"]) | (t["target"] > t["upper_limit"]))),
    ),
)

MEASUREMENTS = Table(
    "measurements",
    "Values in the order in which they were made: one row a piece.",
    (
        Column("characteristic", "text", "", "What was measured", key=True, refers="characteristics.characteristic"),
        Column("sample", "whole", "", "Number of the sample, in order of time", key=True, low=1),
        Column("piece", "whole", "", "Which piece of the sample", key=True, low=1),
        Column("date", "date", "", "Day", required=False),
        Column("value", "number", "", "Value"),
        Column("note", "text", "", "What the operator wrote", required=False, default=""),
    ),
    optional=True,
)

ATTRIBUTES = Table(
    "attributes",
    "Counts of bad units and of defects, in order: one row a sample.",
    (
        Column("process", "text", "", "What was inspected", key=True),
        Column("sample", "whole", "", "Number of the sample, in order of time", key=True, low=1),
        Column("date", "date", "", "Day", required=False),
        Column("inspected", "whole", "units", "Units looked at", low=1),
        Column("defective", "whole", "units", "Units with one defect or more", low=0),
        Column("defects", "whole", "defects", "Defects on them", low=0),
    ),
    optional=True,
    rules=(
        Rule("defective", "no more than inspected", lambda t: t["defective"] <= t["inspected"]),
        Rule("defects", "no less than defective", lambda t: t["defects"] >= t["defective"]),
    ),
)

GAUGE_STUDIES = Table(
    "gauge_studies",
    "Studies of a gauge: one row a part, operator and trial.",
    (
        Column("study", "text", "", "Name of the study", key=True),
        Column("characteristic", "text", "", "What the gauge measures", refers="characteristics.characteristic",
               loose=True, required=False, default=""),
        Column("part", "text", "", "Part", key=True),
        Column("operator", "text", "", "Who measured", key=True),
        Column("trial", "whole", "", "Which time", key=True, low=1),
        Column("value", "number", "", "Value read"),
        Column("reference", "number", "", "True value, where it is known", required=False),
    ),
    optional=True,
)

AGREEMENT_STUDIES = Table(
    "agreement_studies",
    "Studies of a judgment: do inspectors agree with each other and with the standard?",
    (
        Column("study", "text", "", "Name of the study", key=True),
        Column("part", "text", "", "Part", key=True),
        Column("appraiser", "text", "", "Who judged", key=True),
        Column("trial", "whole", "", "Which time", key=True, low=1),
        Column("decision", "text", "", "Judgment: accept, reject, or a grade"),
        Column("reference", "text", "", "Right judgment, where it is known", required=False, default=""),
    ),
    optional=True,
)

LOTS = Table(
    "lots",
    "Receiving inspection: one row a lot.",
    (
        Column("lot", "text", "", "Number of the lot", key=True),
        Column("date", "date", "", "Day on which it came"),
        Column("supplier", "text", "", "Who sent it", refers="suppliers.supplier", loose=True, required=False,
               default=""),
        Column("item", "text", "", "Item", refers="items.item"),
        Column("size", "whole", "units", "Units in the lot", low=1),
        Column("sampled", "whole", "units", "Units inspected", low=0),
        Column("defective", "whole", "units", "Bad ones among them", low=0),
        Column("decision", "choice", "", "What was done with it", choices=("accept", "return", "sort", "concession")),
    ),
    optional=True,
    rules=(
        Rule("sampled", "no more than size", lambda t: t["sampled"] <= t["size"]),
        Rule("defective", "no more than sampled", lambda t: t["defective"] <= t["sampled"]),
    ),
)

EXPERIMENT_FACTORS = Table(
    "experiment_factors",
    "The factors of the experiments.",
    (
        Column("experiment", "text", "", "Name of the experiment", key=True),
        Column("factor", "choice", "", "Its letter", key=True, choices=("A", "B", "C", "D", "E", "F")),
        Column("name", "text", "", "What was changed"),
        Column("low", "text", "", "Setting at -1"),
        Column("high", "text", "", "Setting at +1"),
    ),
    optional=True,
)

EXPERIMENTS = Table(
    "experiments",
    "Runs of the experiments: one row a run, its factors coded -1 and +1 (0 at the center).",
    (
        Column("experiment", "text", "", "Name of the experiment", key=True, refers="experiment_factors.experiment"),
        Column("run", "whole", "", "Number of the run, in the order in which it was made", key=True, low=1),
        *(Column(letter, "number", "", f"Level of factor {letter}", low=-2, high=2, required=False)
          for letter in "ABCDEF"),
        Column("block", "text", "", "Day, batch or shift of the run", required=False, default=""),
        Column("response", "number", "", "Result"),
    ),
    optional=True,
)

DEFECT_LOG = Table(
    "defect_log",
    "What was wrong: one row a day, item and defect.",
    (
        Column("date", "date", "", "Day", key=True),
        Column("item", "text", "", "Item", key=True, refers="items.item"),
        Column("workcenter", "text", "", "Where it was found", key=True, refers="workcenters.workcenter", loose=True,
               required=False, default=""),
        Column("defect", "text", "", "Kind of defect", key=True),
        Column("count", "whole", "defects", "How many", low=1),
        Column("cost", "number", "currency", "Scrap and rework", low=0, required=False, default=0),
    ),
    optional=True,
)
