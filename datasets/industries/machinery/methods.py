"""Torvane Packaging Machines: how the work is done. Looks at final assembly, motions at the terminal row, a lathe setup."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("final assembly", {"at work": 0.58, "looking for parts": 0.16, "reading drawings": 0.09, "waiting for crane": 0.07, "rework": 0.06,
                                 "away": 0.04}, a_day=36),
    ),
    hands=(
        Hands("connect a wire", {
            "today": (("reach-far", ""), ("pick", ""), ("move-far", "reach-far"), ("", "grasp"), ("", "strip"), ("", "place"), ("fit", "look"),
                      ("", "reach-near"), ("", "grasp"), ("", "move-near"), ("", "screw"), ("let-go", "let-go")),
            "proposed": (("reach-near", "reach-near"), ("pick", "grasp"), ("move-near", "strip"), ("fit", ""), ("press", ""), ("let-go", "let-go")),
        }),
    ),
    filmed=(
        Filmed("lathe, main shaft to idler shaft", (
            ("find the drawing and the program", 210, "i", "e", 90), ("walk to the tool crib", 300, "i", "e", 240), ("take the jaws off", 240, "i", "i", 90),
            ("put soft jaws on", 270, "i", "i", 110), ("set three tools and touch off", 390, "i", "i", 120), ("load the program", 60, "i", "i", 30),
            ("first part", 180, "i", "i", 160), ("measure it in the measuring room", 150, "i", "i", 60), ("put old tools away", 240, "e", "e", 240),
        )),
    ),
    motions={"strip": ("strip and crimp one end", 3.1), "screw": ("tighten one terminal screw", 2.2)},
)
