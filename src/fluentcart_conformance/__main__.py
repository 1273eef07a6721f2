"""The entry point, also of `python -m fluentcart_conformance`."""

from __future__ import annotations

import os


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is no traceback either."""
    try:
        from fluentcart_conformance.cli import main as command  # noqa: PLC0415 - takes its time

        command()
    except KeyboardInterrupt:
        os.write(2, b"fluentcart-conformance: interrupted\n")
        # Threads and buffers of a program half loaded have nothing to say any more.
        os._exit(130)


if __name__ == "__main__":
    main()
