"""Files that are read when somebody asks for one of them: a shelf of things by name."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")


class Shelf(Mapping[str, Thing]):
    """Things by name, in order of names, each read from its file once. `paths` says which file holds which."""

    def __init__(self, paths: Mapping[str, Path], read: Callable[[Path], Thing]) -> None:
        self.paths = dict(sorted(paths.items()))
        self._read = read
        self._kept: dict[str, Thing] = {}

    def __getitem__(self, name: str) -> Thing:
        """Return a thing. Raises KeyError for an unknown name, InputError when its file is wrong."""
        if name not in self._kept:
            self._kept[name] = self._read(self.paths[name])
        return self._kept[name]

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)
