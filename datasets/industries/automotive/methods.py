"""Brenner Seating: how the work is done. Looks at the front seat line, motions at station 3, a die change at the press."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("front seat line", {"at work": 0.79, "waiting for the line": 0.08, "walking for parts": 0.05, "rework": 0.03, "away": 0.05}),
    ),
    hands=(
        Hands("drive bolts in seat rail", {
            "today": (("reach-far", ""), ("pick", ""), ("move-far", ""), ("fit", "", 4), ("reach-near", "reach-far"), ("", "grasp"),
                      ("", "move-far"), ("", "run-tool", 4), ("", "place"), ("", "let-go")),
            "proposed": (("reach-near", "reach-near"), ("pick", "grasp"), ("move-near", "move-near"), ("fit", "", 2), ("fit", "run-tool", 2),
                         ("", "run-tool", 2), ("let-go", "let-go")),
        }),
    ),
    filmed=(
        Filmed("press, side member to cushion pan", (
            ("look for the die in the rack", 480, "i", "e", 60), ("wait for the forklift", 540, "i", "e", 120),
            ("unbolt the old die", 420, "i", "i", 90), ("pull it out", 300, "i", "i", 150), ("clean the bolster", 180, "i", "i", 120),
            ("bring in the new die", 360, "i", "i", 150), ("bolt it down", 480, "i", "i", 100), ("set the shut height by trial", 540, "i", "i", 60),
            ("thread the strip", 240, "i", "i", 180), ("first parts and measuring", 420, "i", "i", 240),
            ("carry the old die away", 420, "e", "e", 300),
        )),
    ),
    motions={"run-tool": ("run one bolt down with the nutrunner", 1.9)},
)
