"""Alderway Coatings: how the work is done. Looks at filling, motions at the pail scale, a change of color in blending."""

from __future__ import annotations

from methods import Filmed, Hands, Looks, Methods

# Data, laid out by hand.
# fmt: off

METHODS = Methods(
    looks=(
        Looks("filling hall", {"at work": 0.61, "waiting for a batch": 0.17, "cleaning": 0.11, "walking": 0.06, "away": 0.05}, a_day=32),
    ),
    hands=(
        Hands("lid a pail", {
            "today": (("", "step", 2), ("", "reach-far"), ("", "pick"), ("", "step", 2), ("", "move-far"), ("", "fit"), ("press", "press", 6),
                      ("let-go", "let-go")),
            "proposed": (("reach-near", "reach-near"), ("", "grasp"), ("move-near", "move-near"), ("fit", "fit"), ("", "lid-press"),
                         ("let-go", "let-go")),
        }),
    ),
    filmed=(
        Filmed("solvent blending, white to gray", (
            ("wait for the release of the last batch", 300, "i", "i", 120), ("fetch wash solvent and test its flash point tag", 240, "i", "e", 240),
            ("ground the tank and check the meter", 60, "i", "i", None), ("drain the tank", 330, "i", "i", 330),
            ("spray the walls", 420, "i", "i", 300), ("wipe the manway", 120, "i", "i", 120), ("swab and compare with white card", 180, "i", "i", 120),
            ("print the batch sheet", 150, "i", "e", 60), ("label the wash drum for waste", 180, "e", "e", 180),
        )),
    ),
    motions={"lid-press": ("close the lid with the air press", 2.4)},
)
