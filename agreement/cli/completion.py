"""Ids that the shell completes when somebody presses Tab. A library that cannot be read completes nothing."""

from collections.abc import Callable

import click


def complete(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes ids of a kind: "clauses", "packs" or "topics"."""

    def known(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from agreement.errors import AgreementError
        from agreement.library import load_library

        try:
            return [name for name in getattr(load_library(), kind) if name.startswith(incomplete)]
        except (AgreementError, OSError):
            return []

    return known
