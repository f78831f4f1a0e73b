"""Halden Metal: how the work is done. Looks at assembly, motions at the rivet bench, a color change in coating."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("assembly", {"at work": 0.66, "walking for parts": 0.13, "waiting": 0.07, "rework": 0.06, "talking": 0.04, "away": 0.04}),
    ),
    hands=(
        Hands("rivet hinge leaf", {
            "today": (("reach-near", ""), ("grasp", ""), ("move-near", "reach-far"), ("fit", "pick"), ("", "move-far"), ("", "fit"),
                      ("", "reach-near"), ("", "grasp"), ("", "move-near"), ("", "pull-rivet"), ("", "place"), ("", "let-go")),
            "proposed": (("reach-near", "reach-near"), ("grasp", "pick"), ("move-near", "move-near"), ("fit", "fit"),
                         ("", "pull-rivet"), ("let-go", "let-go")),
        }),
    ),
    filmed=(
        Filmed("coating, color change", (
            ("find the work order and the color card", 240, "i", "e", 60), ("fetch powder from the store", 420, "i", "e", 300),
            ("let the line run empty", 540, "i", "i", 360), ("blow out guns and hoses", 480, "i", "i", 300),
            ("wipe the booth", 660, "i", "i", 420), ("change the filter", 300, "i", "i", 120), ("fill the hopper", 180, "i", "e", 180),
            ("set gun distances by eye", 240, "i", "i", 45), ("trial part and thickness", 180, "i", "i", 120),
            ("clean the old hopper", 300, "e", "e", 300),
        )),
    ),
    motions={"pull-rivet": ("pull one blind rivet with the tool", 1.35)},
)
