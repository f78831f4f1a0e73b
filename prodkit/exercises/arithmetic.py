"""Reads the arithmetic in a worked solution, so that the audit can work it out again."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import dropwhile, pairwise, takewhile

from .numbers import show

__all__ = ["wrong_sums"]

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)|(?P<sign>[-+−×*/÷()√^²³%])"
    r"|(?P<space>\s+)|(?P<word>[^\W\d]\w*)|(?P<other>.)",
    re.DOTALL,
)
_JOINS = ("of", "times", "by", "per", "over", "less", "plus", "minus", "half", "twice")  # words that count on
_ROUNDED = re.compile(
    r"[,;:]?\s*\brounded(?: (up|down))?(?: to (?:an?|the next) whole \w+| to whole \w+)?\s*$"
)
_MINUS = "-−"
_TIMES = "×*"
_OVER = "/÷"

Span = tuple[float, float]
Token = tuple[str, str]  # its kind and its text


class _NoSum(ValueError):
    """The text is not plain arithmetic."""


def wrong_sums(text: str, given: Collection[float] = (), units: Collection[str] = ()) -> Iterator[str]:
    """Every "expression = value" of a text that does not hold to the figures shown.

    Only numbers and + − × ÷ / ( ) √ ^ ² ³ % are read; a sum with a word or a letter in it is passed over.
    A decimal figure stands for all that round to it, unless it is one of the `given` ones, which are exact.
    A unit of `units` behind a number is left out. "Rounded up", "rounded down" or "rounded" before the sign is
    done, to as many decimals as the value shows.

    >>> list(wrong_sums("Q = √(2 × 200 × 20 ÷ 5) = 40"))
    []
    >>> list(wrong_sums("Use: 52 × 130 = 6,670 units."))
    ['52 × 130 = 6,670 (it is 6,760)']
    >>> list(wrong_sums("31 ÷ 12, rounded up = 2 boxes."))
    ['31 ÷ 12, rounded up = 2 (it is 3)']
    """
    plain = text
    for unit in sorted(filter(None, units), key=len, reverse=True):
        plain = re.sub(rf"(?<=\d) {re.escape(unit)}(?=$|[\s).,;:])", "", plain)
    for left, right in pairwise(re.split(r"(?<![<>=≤≥≠])=(?!=)", plain)):
        words = _ROUNDED.search(left)
        one, other = _tail(_tokens(left[: words.start()] if words else left)), _head(_tokens(right))
        signs = {x for kind, x in [*one, *other] if kind == "sign"}
        if not (signs - {"%"} or words) or (words and "%" in signs):
            continue
        try:
            worked = _Sum(one, given).span
            said = _Sum(other, given, rounded=True).span
            if words:
                worked = _rounded(worked, words[1], _decimals(other))
        except (_NoSum, ArithmeticError):
            continue
        scales = (1, 100) if ("sign", "%") in other else (1,)
        if not any(_meet(worked, (said[0] * k, said[1] * k)) for k in scales):
            how = words[0].rstrip() if words else ""
            yield f"{_said(one)}{how} = {_said(other)} (it is {show(sum(worked) / 2)})"


def _decimals(tokens: list[Token]) -> int:
    """The most decimals that a figure among the tokens shows."""
    return max((len(x.partition(".")[2]) for kind, x in tokens if kind == "number"), default=0)


def _rounded(span: Span, way: str | None, decimals: int) -> Span:
    """The span's ends rounded up, down, or (no way said) to the nearest."""
    scale = 10.0**decimals

    def end(x: float) -> float:
        slack = 1e-9 * max(1.0, abs(x * scale))
        if way == "up":
            return math.ceil(x * scale - slack) / scale
        if way == "down":
            return math.floor(x * scale + slack) / scale
        return x  # the value said stands for all that round to it

    return end(span[0]), end(span[1])


def _meet(one: Span, other: Span) -> bool:
    slack = 1e-9 * max(abs(one[0]), abs(one[1]), 1e-9)
    return one[0] <= other[1] + slack and other[0] <= one[1] + slack


def _said(tokens: list[Token]) -> str:
    return "".join(x for _, x in tokens).strip()


def _tokens(text: str) -> list[Token]:
    return [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]


def _run(tokens: Iterable[Token]) -> list[Token]:
    return list(takewhile(lambda token: token[0] in ("number", "sign", "space"), tokens))


def _tail(tokens: list[Token]) -> list[Token]:
    """The arithmetic that the tokens end in, or nothing where a word counts in it."""
    run = _run(reversed(tokens))[::-1]
    word = tokens[-len(run) - 1] if len(run) < len(tokens) else ("", "")
    first = next((x for x in run if x[0] != "space"), ("", ""))
    counts = word[1] in _JOINS or (first[0] == "sign" and (first[1] not in "(√" or run[0] == first))
    return [] if word[0] == "word" and counts else run


def _head(tokens: list[Token]) -> list[Token]:
    """The arithmetic that the tokens begin with, or nothing where a word counts in it."""
    run = _run(tokens)
    while run and (run[-1][0] == "space" or run[-1] == ("sign", "(")):  # "7 (see below)"
        run.pop()
    rest = tokens[len(run) :]
    if rest and rest[0][0] == "word":  # "3x"
        return []
    words = list(dropwhile(lambda token: token[0] in ("space", "word"), rest))
    counts_on = bool(rest) and len(words) > 0 and words[0][0] == "sign" and words[0][1] in "×*÷+−^"
    return [] if counts_on else run


class _Sum:
    """A sum worked out from left to right with the usual ranks; each figure is the span that rounds to it."""

    def __init__(self, tokens: list[Token], given: Collection[float], rounded: bool = False) -> None:
        self._left = [token for token in tokens if token[0] != "space"][::-1]
        self._given = given
        self._result = rounded and sum(kind == "number" for kind, _ in self._left) == 1
        self.span = self._terms()
        if self._left or not all(map(math.isfinite, self.span)):
            raise _NoSum(str(tokens))

    def _next(self, signs: str) -> str:
        if self._left and self._left[-1][0] == "sign" and self._left[-1][1] in signs:
            return self._left.pop()[1]
        return ""

    def _terms(self) -> Span:
        low, high = self._factors()
        while sign := self._next("+" + _MINUS):
            a, b = self._factors()
            low, high = (low + a, high + b) if sign == "+" else (low - b, high - a)
        return low, high

    def _factors(self) -> Span:
        span = self._signed()
        while sign := self._next(_TIMES + _OVER):
            other = self._signed()
            if sign in _OVER:
                if other[0] <= 0 <= other[1]:
                    raise ZeroDivisionError
                other = 1 / other[1], 1 / other[0]
            ends = [x * y for x in span for y in other]
            span = min(ends), max(ends)
        return span

    def _signed(self) -> Span:
        if self._next(_MINUS):
            low, high = self._signed()
            return -high, -low
        return self._power()

    def _power(self) -> Span:
        low, high = self._atom()
        while sign := self._next("^²³%"):
            if sign == "%":
                low, high = low / 100, high / 100
                continue
            power = self._signed() if sign == "^" else (2.0, 2.0) if sign == "²" else (3.0, 3.0)
            if low < 0:
                raise _NoSum(sign)
            ends = [x**y for x in (low, high) for y in power]
            low, high = min(ends), max(ends)
        return low, high

    def _atom(self) -> Span:
        if self._next("√"):
            low, high = self._atom()
            if high < 0:
                raise _NoSum("root")
            return math.sqrt(max(low, 0.0)), math.sqrt(high)
        if self._next("("):
            span = self._terms()
            if not self._next(")"):
                raise _NoSum("bracket")
            return span
        if not self._left or self._left[-1][0] != "number":
            raise _NoSum("number")
        return self._figure(self._left.pop()[1])

    def _figure(self, text: str) -> Span:
        value = float(text.replace(",", ""))
        decimals = len(text.partition(".")[2])
        if not self._result and any(math.isclose(value, x, rel_tol=1e-9) for x in self._given):
            return value, value
        if not (decimals or self._result):  # five digits are shown, zeros at the end left out
            decimals = 1 if value >= 1000 else 5 - len(text)
        half = 0.5 * 10.0**-decimals
        return value - half, value + half
