"""Quillon Systems: how the work is done. Looks at configuration, motions at the disk sled, a change of model on the line."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("configuration", {"at work": 0.7, "waiting for parts": 0.14, "waiting for the scanner": 0.06, "talking": 0.05, "away": 0.05}),
    ),
    hands=(
        Hands("mount disk on sled", {
            "today": (("reach-near", ""), ("grasp", ""), ("move-near", ""), ("", "reach-far"), ("", "grasp"), ("", "move-far"), ("", "fit"),
                      ("", "pick", 4), ("", "move-near", 4), ("", "drive", 4), ("let-go", "let-go")),
            "proposed": (("reach-near", "reach-near"), ("grasp", "grasp"), ("move-near", "move-near"), ("", "fit"), ("press", "press", 2),
                         ("let-go", "let-go")),
        }),
    ),
    filmed=(
        Filmed("barebone line, desktop to tower", (
            ("clear the last parts", 180, "i", "i", 120), ("fetch cases and supplies", 330, "i", "e", 300), ("set the pallet stops", 150, "i", "i", 40),
            ("change the driver bits", 120, "i", "i", 30), ("set out new screens and sheets", 180, "i", "e", 120),
            ("walk the line and explain", 240, "i", "i", 120), ("first unit, checked by the leader", 240, "i", "i", 200),
            ("return the leftover parts", 210, "e", "e", 210),
        )),
    ),
    motions={"drive": ("drive one screw with the electric driver", 1.6)},
)
