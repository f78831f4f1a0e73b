"""The one look of every chart, and the object that carries it into a notebook."""

from __future__ import annotations

import base64
import html
import io
import textwrap
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text


__all__ = [
    "ACCENT",
    "BLUE",
    "GREEN",
    "INK",
    "ORANGE",
    "PURPLE",
    "SKY",
    "SOFT",
    "VERMILION",
    "Chart",
    "amount",
    "named",
    "worded",
]

INK, SOFT, RULE, ACCENT = "#1f2a33", "#52606b", "#dfe4e8", "#0a6c8f"
# Okabe and Ito's colors, told apart by every common kind of color vision.
BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#56B4E9"

_INCHES = (8.0, 4.5)
_WIDTH = 768  # pixels on the page
_EDGES = {"left": 0.095, "right": 0.80, "bottom": 0.135, "top": 0.83}
_CHARACTER = 0.0135  # width of a letter of label text (share of the axes)
_ROW = 0.052  # height of a line of label text (share of the axes)


class Chart:
    """A picture whose title is the finding and whose `alt` says what there is to see.

    As the last expression of a cell it shows itself, once; its `repr` is the title and the alt text, so
    that a screen reader, a terminal and a test have something to read. `ax` is matplotlib's own Axes,
    for whoever wants to add to it. No pyplot is involved, so that nothing is shown twice or kept open.

    Parameters
    ----------
    x, y
        Names of the axes, each with its unit.

    Examples
    --------
    >>> chart = Chart("Week", "Sold (units)").line([1, 2, 3], [4, 6, 5], "bench-15")
    >>> chart.finish("Week 2 sold most", "A line over three weeks: 4, 6 and 5 units.")
    Week 2 sold most
    A line over three weeks: 4, 6 and 5 units.
    """

    def __init__(self, x: str, y: str) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.ticker import FuncFormatter

        self.title = ""
        self.alt = ""
        self._labels: list[tuple[float, Text]] = []
        self._tops: list[tuple[float, Text]] = []
        self.figure = Figure(figsize=_INCHES, facecolor="white")
        FigureCanvasAgg(self.figure)
        self.ax: Axes = self.figure.add_axes(
            (
                _EDGES["left"],
                _EDGES["bottom"],
                _EDGES["right"] - _EDGES["left"],
                _EDGES["top"] - _EDGES["bottom"],
            )
        )
        ax = self.ax
        ax.set_xlabel(x, color=SOFT, fontsize=9.5, labelpad=6, parse_math=False)
        ax.set_ylabel(y, rotation=0, ha="left", va="bottom", color=SOFT, fontsize=9.5, parse_math=False)
        ax.yaxis.set_label_coords(0, 1.035)
        for side in ("top", "right", "left"):
            ax.spines[side].set_visible(False)
        ax.spines["bottom"].set_color(SOFT)
        ax.grid(axis="y", color=RULE, linewidth=0.7)
        ax.set_axisbelow(True)
        ax.tick_params(colors=SOFT, labelsize=9, length=3, width=0.8)
        ax.tick_params(axis="y", length=0)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: amount(value)))

    def line(
        self,
        x: Any,
        y: Any,
        label: str = "",
        *,
        color: str = BLUE,
        dashed: bool = False,
        width: float = 1.9,
        steps: bool = False,
    ) -> Chart:
        """A line, labeled at its right end."""
        style = "steps-post" if steps else "default"
        self.ax.plot(
            x,
            y,
            color=color,
            linewidth=width,
            linestyle=(0, (5, 3)) if dashed else "-",
            drawstyle=style,
            label=label or "_",
            solid_capstyle="round",
        )
        if label:
            self.note(float(y[-1]), label, color=color)
        return self

    def note(self, y: float, label: str, *, color: str = INK) -> Chart:
        """Text in the right margin at a height; notes that would overlap move apart."""
        text = self.ax.text(
            1.015,
            0,
            textwrap.fill(label, 21),
            transform=self.ax.transAxes,
            color=_legible(color),
            fontsize=9.5,
            va="center",
            linespacing=1.15,
            parse_math=False,
        )
        self._labels.append((y, text))
        return self

    def limit(self, at: float, label: str, *, axis: str = "x", color: str = SOFT) -> Chart:
        """A thin dashed line at a limit, a target or a level, with its name."""
        style: dict[str, Any] = {"color": color, "linewidth": 1.1, "linestyle": (0, (3, 2.5)), "zorder": 1.5}
        if axis == "y":
            self.ax.axhline(at, **style)
            return self.note(at, label, color=color)
        self.ax.axvline(at, **style)
        text = self.ax.text(
            at,
            1,
            label,
            transform=self.ax.get_xaxis_transform(),
            color=_legible(color),
            fontsize=9.5,
            va="top",
            parse_math=False,
        )
        self._tops.append((at, text))
        return self

    def zone(self, low: float, high: float, label: str, *, color: str = SOFT) -> Chart:
        """The name of a stretch of the x axis, just above it."""
        self.ax.text(
            (low + high) / 2,
            0.02,
            label,
            transform=self.ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            color=_legible(color),
            fontsize=9.5,
            parse_math=False,
        )
        return self

    def point(self, x: float, y: float, *, color: str = ACCENT) -> Chart:
        """A dot that marks where one stands."""
        self.ax.plot(
            [x],
            [y],
            "o",
            markersize=9,
            color=color,
            markeredgecolor="white",
            markeredgewidth=1.5,
            clip_on=False,
            zorder=5,
        )
        return self

    def bars(self, x: Any, heights: Any, *, color: Any = BLUE, width: float = 0.8) -> Chart:
        """Bars that stand on zero."""
        self.ax.bar(x, heights, width=width, color=color, linewidth=0)
        self.ax.set_ylim(bottom=min(0.0, self.ax.get_ylim()[0]))
        return self

    def finish(self, title: str, alt: str) -> Chart:
        """Set the finding and the alt text; the chart is then ready to be shown."""
        self.title, self.alt = " ".join(title.split()), " ".join(alt.split())
        lines = textwrap.fill(self.title, 70)
        self.ax.set_title(
            lines,
            loc="left",
            fontsize=11.5,
            fontweight="bold",
            color=INK,
            y=1.0,
            pad=26,
            linespacing=1.2,
            parse_math=False,
        )
        return self

    def png(self, dpi: int = 144, *, is_passing: bool = False) -> bytes:
        """The picture as a PNG of at most 64 colors, small enough to be kept in a notebook.

        A passing one, soon replaced by the next, is made faster and larger.
        """
        from PIL import Image

        self._place()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a glyph that the font lacks, in a name
            self.figure.set_dpi(dpi)
            canvas: Any = self.figure.canvas
            canvas.draw()
        whole = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
        out = io.BytesIO()
        if is_passing:
            whole.convert("RGB").save(out, "PNG", compress_level=1)
            return out.getvalue()
        palette = whole.convert("RGB").quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(out, "PNG", optimize=False, compress_level=6)
        return out.getvalue()

    def source(self, dpi: int = 144, *, is_passing: bool = False) -> str:
        """The picture as the address of an image: a data URL."""
        return "data:image/png;base64," + base64.b64encode(self.png(dpi, is_passing=is_passing)).decode(
            "ascii"
        )

    def _place(self) -> None:
        """Put the notes at their heights without overlap, and the names of vertical lines inside the axes."""
        low, high = self.ax.get_ylim()
        wanted = sorted(((y - low) / (high - low or 1), i) for i, (y, _) in enumerate(self._labels))
        heights = [_ROW * (1 + self._labels[i][1].get_text().count("\n")) for _, i in wanted]
        for (_, i), at in zip(wanted, _apart([y for y, _ in wanted], heights), strict=True):
            self._labels[i][1].set_y(at)
        left, right = self.ax.get_xlim()
        lines = [(x - left) / (right - left or 1) for x, _ in self._tops]
        taken: list[tuple[float, float, int]] = []
        for at, (_, text) in zip(lines, self._tops, strict=True):
            width, row, is_left, start = _CHARACTER * len(text.get_text()), 0, False, at
            for row, is_left in ((row, is_left) for row in range(4) for is_left in (False, True)):
                start = at - 0.008 - width if is_left else at + 0.008
                crossed = any(start < other < start + width for other in lines)
                beside = any(r == row and start < b and a < start + width for a, b, r in taken)
                if start >= 0 and start + width <= 1 and not crossed and not beside:
                    break
            taken.append((start, start + width, row))
            text.set_horizontalalignment("right" if is_left else "left")
            text.set_x(left + (at + (-0.008 if is_left else 0.008)) * (right - left))
            text.set_y(1 - 0.065 * row)

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}" if self.title else "A chart without a title"

    def _repr_html_(self) -> str:
        # Lab gives an image/png output no alt text; an <img> of our own has it.
        return (
            f'<img alt="{html.escape(f"{self.title}. {self.alt}")}" width="{_WIDTH}" src="{self.source()}" '
            'style="max-width: 100%; height: auto; border: 1px solid #d5dbe0; border-radius: 3px; background: #fff">'
        )


def amount(value: float) -> str:
    """A figure on an axis or in a sentence.

    Examples
    --------
    >>> amount(7200), amount(0.25), amount(12.5), amount(-0.0)
    ('7,200', '0.25', '12.5', '0')
    """
    rounded = float(f"{value:.6g}") + 0.0
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 or rounded.is_integer() else f"{rounded:g}"


def named(name: str, unit: str) -> str:
    """The name of an axis.

    Examples
    --------
    >>> named("Cost", "USD a year"), named("Cost", "")
    ('Cost (USD a year)', 'Cost')
    """
    return f"{name} ({unit})" if unit else name


def worded(value: float, unit: str = "") -> str:
    """A figure to be read aloud, to three digits or whole from 100 up, with its unit.

    Examples
    --------
    >>> worded(246.3, "coils"), worded(4678.4), worded(2.537, "%")
    ('246 coils', '4,678', '2.5 %')
    """
    digits = 0 if abs(value) >= 99.5 else 1 if abs(value) >= 0.95 or value == 0 else 2
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text} {unit}".rstrip()


def _legible(color: str) -> str:
    """The color dark enough for small text on white (contrast 4.5 or more)."""

    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)

    rgb = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    while (
        1.05 / (sum(w * channel(c) for w, c in zip((0.2126, 0.7152, 0.0722), rgb, strict=True)) + 0.05) < 4.6
    ):
        rgb = [int(c * 0.95) for c in rgb]
    return "#" + "".join(f"{c:02x}" for c in rgb)


def _apart(wanted: list[float], heights: list[float]) -> list[float]:
    """Centers as near to the wanted ones as may be, in their order, each with its height, between 0 and 1."""
    placed: list[float] = []
    for at, height in zip(wanted, heights, strict=True):
        floor = placed[-1] + (heights[len(placed) - 1] + height) / 2 if placed else 0.0
        placed.append(max(at, floor))
    ceiling = 1.02
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], ceiling - heights[i] / 2)
        ceiling = placed[i] - heights[i] / 2
    return placed
