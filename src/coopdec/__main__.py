"""``python -m coopdec``."""

from coopdec.cli import main

main()
