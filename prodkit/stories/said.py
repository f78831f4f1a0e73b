"""Sentences that a notebook shows as prose."""

from __future__ import annotations

from html import escape

__all__ = ["Said", "about", "money", "percent", "ratio", "weeks_of", "whole"]


class Said:
    """Paragraphs of plain text; in a notebook they read like the prose around them.

    Whatever a plant's tables call a thing is text here, never markup.

    Parameters
    ----------
    *paragraphs
        Plain text. One that begins with "- " is an item of a list; "- To whom: words" sets off whom.

    Examples
    --------
    >>> Said("Order 132 at a time.", "- To the store: from March.")
    Order 132 at a time.
    <BLANKLINE>
    - To the store: from March.
    """

    def __init__(self, *paragraphs: str) -> None:
        self.paragraphs = tuple(paragraph for paragraph in paragraphs if paragraph)

    def __str__(self) -> str:
        return "\n\n".join(self.paragraphs)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        html, items = [], list[str]()
        for paragraph in [*self.paragraphs, ""]:
            if paragraph.startswith("- "):
                whom, colon, words = paragraph[2:].partition(": ")
                items.append(
                    f"<li><em>{escape(whom)}:</em> {escape(words)}</li>"
                    if colon
                    else f"<li>{escape(whom)}</li>"
                )
                continue
            if items:
                html.append(f"<ul>{''.join(items)}</ul>")
                items = []
            if paragraph:
                html.append(f"<p>{escape(paragraph)}</p>")
        return "".join(html)


def ratio(larger: float, smaller: float) -> str:
    """How many times as much, in words.

    >>> ratio(4.02, 1), ratio(1.1, 1), ratio(1, 0)
    ('4 times as much as', '1.1 times as much as', 'far more than')
    """
    if smaller <= 0 or larger / smaller > 1000:
        return "far more than"
    times = larger / smaller
    return f"{times:.{0 if times >= 9.95 or abs(times - round(times)) < 0.05 else 1}f} times as much as"


def money(amount: float, currency: str = "") -> str:
    """An amount, with its cents below a thousand.

    >>> money(86.4, "USD"), money(12345.6), money(0.0345)
    ('86.40 USD', '12,346', '0.0345')
    """
    text = (
        f"{amount:,.2f}"
        if 0.1 <= abs(amount) < 1000
        else f"{amount:,.4g}"
        if abs(amount) < 0.1
        else f"{amount:,.0f}"
    )
    return f"{text} {currency}".rstrip()


def weeks_of(number: float) -> str:
    """A number of weeks.

    >>> weeks_of(1), weeks_of(3)
    ('1 week', '3 weeks')
    """
    return "1 week" if number == 1 else f"{number:.3g} weeks"


def about(value: float, unit: str = "") -> str:
    """A figure as one says it in passing, to two digits.

    >>> about(5534.2, "USD"), about(92.5), about(8.31), about(0.437)
    ('5,500 USD', '92', '8.3', '0.44')
    """
    if not value:
        return f"0 {unit}".rstrip()
    rounded = float(f"{value:.1e}")
    return f"{rounded:,.0f} {unit}".rstrip() if abs(rounded) >= 10 else f"{rounded:g} {unit}".rstrip()


def whole(value: float, unit: str = "") -> str:
    """A count in whole units; below ten with one digit after the point, where it has one.

    >>> whole(32.3, "coils"), whole(8.26), whole(3)
    ('32 coils', '8.3', '3')
    """
    text = f"{value:,.0f}" if abs(value) >= 9.95 else f"{round(value, 1):g}"
    return f"{text} {unit}".rstrip()


def percent(share: float) -> str:
    """A share in percent, whole from 10 on.

    >>> percent(0.312), percent(0.0917), percent(0.9834)
    ('31 %', '9.2 %', '98.3 %')
    """
    value = 100 * share
    digits = 0 if 9.95 <= value <= 90 or abs(value - round(value)) < 0.05 else 1
    return f"{value:.{digits}f} %"
