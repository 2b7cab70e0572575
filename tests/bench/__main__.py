"""Run the benches: `python -m tests.bench [NAME ...]`, all of them without a name."""

import sys
from collections.abc import Callable

from tests.bench import batch, start, tagging

BENCHES: dict[str, Callable[[], None]] = {"start": start.run, "batch": batch.run, "tagging": tagging.run}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"there is no bench {', '.join(unknown)}; there is: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in names or list(BENCHES):
        print(f"== {name}")
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
