"""Torvane Packaging Machines: what is declared of it, in one piece."""

from .items import BASE

INDUSTRY = BASE
