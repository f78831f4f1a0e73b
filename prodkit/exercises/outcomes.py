"""What a problem can be for: a sitting of a lesson, or a module of an exam.

An outcome is "lesson.05.2" (lesson 05, sitting 2) or "cpim.inventory" (an exam and one of its modules).
"""

from __future__ import annotations

import difflib

__all__ = ["EXAMS", "LESSONS", "outcome_fault"]

LESSONS: dict[str, int] = {
    "00": 1, "01": 2, "02": 4, "03": 3, "04": 4, "05": 4, "06": 4, "07": 3, "08": 3, "09": 4,
    "10": 3, "11": 4, "12": 4, "13": 4, "14": 3, "15": 2, "16": 1, "17": 1, "18": 1,
}  # fmt: skip
"""Each lesson with the number of its sittings."""

EXAMS: dict[str, tuple[str, ...]] = {
    "cpim": ("strategy", "sales_and_operations", "demand", "supply", "detailed_schedules", "inventory",
             "distribution", "quality_and_technology"),
    "greenbelt": ("overview", "define", "measure", "analyze", "improve", "control"),
    "cmq": ("leadership", "strategic_plan", "management", "quality_tools", "customer_focus", "supply_chain",
            "training"),
}  # fmt: skip
"""Each exam with its modules: CPIM (version 8), Six Sigma Green Belt, CMQ/OE."""


def outcome_fault(outcome: str) -> str:
    """What is wrong with an outcome's name, with the nearest that there is; empty if nothing is.

    >>> outcome_fault("cpim.inventory"), outcome_fault("lesson.05.1")
    ('', '')
    >>> outcome_fault("cpim.inventry")
    'no such exam module (nearest: cpim.inventory)'
    >>> outcome_fault("lesson.05.7")
    'lesson 05 has sittings 1 to 4'
    """
    kind, _, rest = outcome.partition(".")
    if kind == "lesson":
        lesson, _, sitting = rest.partition(".")
        if lesson not in LESSONS:
            return f"no such lesson: {min(LESSONS)} to {max(LESSONS)}, as in lesson.05.1"
        if sitting not in map(str, range(1, LESSONS[lesson] + 1)):
            return f"lesson {lesson} has sittings 1 to {LESSONS[lesson]}"
        return ""
    known = [f"{exam}.{module}" for exam, modules in EXAMS.items() for module in modules]
    if outcome in known:
        return ""
    nearest = difflib.get_close_matches(outcome, known, 1, 0.5)
    return f"no such exam module{f' (nearest: {nearest[0]})' if nearest else ': ' + ', '.join(known)}"
