"""The program ``coopdec``, and ``python -m coopdec``."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line. It is here, before anything else is loaded, that Ctrl-C is told in
    a word from the first moment; once the command is done, nobody need hear of it."""
    try:
        from coopdec.cli import main as run

        run()
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from coopdec.cli._errors import interrupted

        sys.exit(interrupted())
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
