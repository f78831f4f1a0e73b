"""Torvane Packaging Machines: what is declared of it, in one piece."""

from dataclasses import replace

from .items import BASE
from .methods import METHODS
from .operations import MONEY, SHOP, STORIES, TEAM, TRADE
from .quality_safety import QUALITY, SAFETY

INDUSTRY = replace(
    BASE,
    shop=SHOP,
    team=TEAM,
    trade=TRADE,
    money=MONEY,
    quality=QUALITY,
    safety=SAFETY,
    stories=STORIES,
    methods=METHODS,
)
