"""What a file may say of itself beside its title and language. Knows nothing of how that is written."""

import datetime
from typing import NamedTuple


class Meta(NamedTuple):
    """What a file says of itself beside its title and language. Anything empty is left out."""

    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: datetime.date | None = None
    producer: str = "agreement"
