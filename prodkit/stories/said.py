"""Sentences that a notebook shows as prose."""

from __future__ import annotations

from html import escape

__all__ = ["Said", "money", "ratio", "weeks_of"]


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
