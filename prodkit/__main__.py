"""`python -m prodkit` is the prodkit command."""

from .cli import main

main()
