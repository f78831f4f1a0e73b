"""A single figure: the part kind that most problems are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ..numbers import Reading, Unreadable, read_number, show, time_unit
from ..tolerance import FactorOf, Relative, Tolerance
from .base import EMPTY, Answers, Convention, Given, Part, Slip, Verdict, guarded, number, unreadable

if TYPE_CHECKING:
    from ..variant import Variant

NEAR = 4.0  # "near but too coarse" reaches to so many tolerances
_HOURS = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "week": 168.0,
    "month": 8760 / 12,
    "year": 8760.0,
}


@dataclass(frozen=True)
class Number(Part):
    """A figure to work out and type.

    Parameters
    ----------
    unit
        What stands behind the input: "units", "1/year", "%", "{currency} a year".
        With "%" the key is in percent (12, not 0.12).
    key
        `key(g, a)`: the answer, from the subject's own function.
    tolerance
        How near is right (`Relative(0.005)` unless said).
    check
        Where `key` is a formula on earlier answers: the subject's call, which the audit holds it to.
    raw
        The figure before rounding up, where the answer is rounded up to a whole number.
    by_hand
        Functions `(g, a)` giving what hand work with printed tables gets; the audit wants them right.
    """

    kind: ClassVar[str] = "number"
    unit: str = ""
    key: Callable[[Any, Any], Any] = lambda g, a: None
    tolerance: Tolerance = Relative(0.005)
    slips: tuple[Slip, ...] = ()
    conventions: tuple[Convention, ...] = ()
    check: Callable[[Any], Any] | None = None
    raw: Callable[[Any, Any], Any] | None = None
    by_hand: tuple[Callable[[Any, Any], Any], ...] = ()

    def solve(self, g: Given, a: Answers) -> float:
        return float(self.key(g, a))

    def view(self, v: Variant) -> dict[str, Any]:
        return {**super().view(v), "unit": v.text(self.unit)}

    def type(self, value: Any) -> str:
        return repr(float(value))

    def show(self, v: Variant, value: Any) -> str:
        return f"{show(float(value))} {v.text(self.unit)}".strip()

    def width(self, v: Variant, key: float, a: Answers) -> float:
        """Half-width of what counts as right around `key`."""
        return float(self.tolerance.width(key, v.g, a))

    def slip_answers(self, v: Variant) -> Iterator[tuple[str, Any]]:
        for slip in self.slips:
            value = number(guarded(slip.value, v.g, v.key))
            yield slip.id, None if value is None else self.type(value)

    def read(self, v: Variant, raw: Any) -> float | None:
        try:
            readings = self._readings(raw)
        except Unreadable:
            return None
        if not readings:
            return None
        key = getattr(v.key, self.id)
        return min(readings, key=lambda r: abs(r.value - key)).value

    def _readings(self, raw: Any) -> list[Reading]:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return []
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise Unreadable("That is not a number. Type the figure, such as 1,250.5.")
        text = raw if isinstance(raw, str) else repr(raw)
        found = read_number(text)
        if self.unit.startswith("%"):
            found = [
                Reading(r.value * 100 if r.percent else r.value, r.unit, r.percent, r.note) for r in found
            ]
        return found

    def judge(self, v: Variant, raw: Any, a: Answers, clean: bool) -> Verdict:
        try:
            readings = self._readings(raw)
        except Unreadable as fault:
            return unreadable(str(fault))
        if not readings:
            return EMPTY
        key = getattr(v.key, self.id)
        exact = self.show(v, key)
        foreign = self._foreign_unit(v, readings[0], key)
        if foreign:
            return foreign

        def hit(target: float | None, context: Answers = v.key) -> Reading | None:
            if target is None:
                return None
            return next((r for r in readings if self.tolerance.holds(r.value, target, v.g, context)), None)

        if found := hit(key):
            return Verdict("right", "Right", "", 1.0, exact=exact, reading=found.note)
        contexts = (v.key, a) if vars(a) else (v.key,)
        own = number(guarded(self.key, v.g, a)) if vars(a) else None
        if own is not None and (found := hit(own, a)):
            if clean:
                return Verdict("right", "Right", "", 1.0, exact=exact, reading=found.note)
            text = "The method is right here. Mend the earlier answer, then work this one out again."
            return Verdict("follows", "Follows from your earlier answer", text, 1.0, reading=found.note)
        for convention in self.conventions:
            for context in contexts:
                if found := hit(number(guarded(convention.value, v.g, context)), context):
                    return Verdict(
                        "convention",
                        "Right, by another convention",
                        v.text(convention.text, context),
                        1.0,
                        slip=convention.id,
                        exact=exact,
                        reading=found.note,
                    )
        for slip in self.slips:
            if (self.id, slip.id) in v.off:
                continue
            for context in contexts:
                if found := hit(number(guarded(slip.value, v.g, context)), context):
                    return Verdict(
                        "slip", "Not yet", v.text(slip.text, context), slip=slip.id, reading=found.note
                    )
        return self._general(v, readings, key, own, a)

    def _foreign_unit(self, v: Variant, reading: Reading, key: float) -> Verdict | None:
        """A unit typed behind the number that is not the one asked for."""
        wanted, typed = time_unit(v.text(self.unit)), time_unit(reading.unit)
        if not wanted or not typed or wanted == typed or "/" in self.unit or " a " in self.unit:
            return None
        title = "Not yet"
        converted = reading.value * _HOURS[typed] / _HOURS[wanted]
        same = abs(converted - key) <= self.width(v, key, v.key)
        text = f"You typed {reading.unit}; the answer is asked in {v.text(self.unit)}."
        text += " The amount is right: convert it." if same else " Convert, or work it out again."
        return Verdict("general", title, text, slip="general.unit")

    def _general(
        self, v: Variant, readings: list[Reading], key: float, own: float | None, a: Answers
    ) -> Verdict:
        plain = readings[0].value
        if isinstance(self.tolerance, FactorOf):
            high = "too high" if plain > key else "too low"
            text = f"Your estimate is {high} by more than a factor of {show(self.tolerance.factor)}. Round each figure to one digit and count the zeros."
            return Verdict("wrong", "Not yet", text, reading=readings[0].note)
        targets = [key] if own is None else [key, own]
        for slip_id, factor, text in self._detectors(v):
            for target in targets:
                aim = factor(target)
                if aim is not None and abs(plain - aim) <= self.width(v, target, a) * abs(
                    aim / target if target else 1
                ):
                    return Verdict(
                        "general", "Not yet", text, slip=f"general.{slip_id}", reading=readings[0].note
                    )
        for target in targets:
            if self.raw is not None:
                unrounded = number(guarded(self.raw, v.g, v.key if target is key else a))
                if unrounded is not None:
                    if plain == math.floor(unrounded) and plain < target:
                        return Verdict(
                            "general",
                            "Not yet",
                            "Rounded down: that many do not cover the need. Round up.",
                            slip="general.rounded",
                        )
                    if abs(plain - unrounded) <= max(0.005 * abs(unrounded), 0.05):
                        return Verdict(
                            "general",
                            "Not yet",
                            "The figure before rounding. There are only whole ones: round up.",
                            slip="general.not_rounded",
                        )
            if abs(plain - target) <= NEAR * self.width(v, target, a) and not float(target).is_integer():
                text = "Close, but too coarse. Keep one more digit in the steps between, and round only at the end."
                return Verdict("near", "Nearly", text, 0.5, reading=readings[0].note)
        high = "too high" if plain > key else "too low"
        text = f"Your figure is {high}. Take a hint, or go back to the first step and write its unit beside each figure."
        return Verdict("wrong", "Not yet", text, reading=readings[0].note)

    def _detectors(self, v: Variant) -> list[tuple[str, Callable[[float], float | None], str]]:
        def times(factor: float) -> Callable[[float], float | None]:
            return lambda key: key * factor if key else None

        found: list[tuple[str, Callable[[float], float | None], str]] = [
            ("sign", times(-1), "The amount is right, the sign is not."),
        ]
        if self.unit.startswith("%"):
            found.append(
                ("share", times(0.01), "That is the share; the answer is asked in percent. Multiply by 100.")
            )
        else:
            found.append(
                ("percent", times(100), "A hundred times too large: percent where a plain figure is asked.")
            )
        found += [
            ("decimal", times(f), "The digits are right, the decimal point is not. Check the powers of ten.")
            for f in (10, 0.1, 0.01, 1000, 0.001)
        ]
        found.append(
            ("upside_down", lambda key: 1 / key if key else None, "Upside down: turn the division round.")
        )
        found += [
            (
                "time",
                times(f),
                f"Off by a factor of {n}. Put {words} on one time base, then work it out again.",
            )
            for n, words in (
                (12, "months and years"),
                (52, "weeks and years"),
                (60, "minutes and hours"),
                (7, "days and weeks"),
                (365, "days and years"),
            )
            for f in (n, 1 / n)
        ]
        return found
