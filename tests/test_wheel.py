"""What a school installs is whole: clauses, fonts, licences and types in the wheel, everything in the sdist."""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.slow

UNWANTED = {"__pycache__", ".DS_Store", ".git", ".venv", ".mypy_cache", ".hypothesis", ".pytest_cache", ".ruff_cache"}
LEFT_BY_GOLDENS = (".actual", ".difference", ".actual.png", ".difference.png")


def build(kind: str, into: Path) -> Path:
    """Build a "wheel" or "sdist" of the checkout with hatchling alone, fetching nothing."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(build("wheel", tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tarfile.TarFile]:
    with tarfile.open(build("sdist", tmp_path_factory.mktemp("sdist"))) as opened:
        yield opened


def files_in_checkout(folder: str) -> set[str]:
    """List the files under `folder` that people wrote, relative to the checkout."""
    found = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / folder).rglob("*") if path.is_file()}
    return {name for name in found if not UNWANTED & set(PurePosixPath(name).parts) and not name.endswith(".pyc")}


def read(wheel: zipfile.ZipFile, ending: str) -> bytes:
    (name,) = [name for name in wheel.namelist() if name.endswith(ending)]
    return wheel.read(name)


@pytest.mark.parametrize("folder", ["clauses", "fonts"])
def test_the_wheel_has_every_file_of(wheel: zipfile.ZipFile, folder: str) -> None:
    ours = files_in_checkout(folder)
    assert ours
    in_wheel = {name for name in wheel.namelist() if name.startswith(f"agreement/{folder}/")}
    assert in_wheel == {f"agreement/{name}" for name in ours}
    for name in ours:
        assert wheel.read(f"agreement/{name}") == (CHECKOUT / name).read_bytes(), name


def test_the_wheel_has_every_module_and_the_marker_of_types(wheel: zipfile.ZipFile) -> None:
    in_wheel = set(wheel.namelist())
    assert files_in_checkout("agreement") <= in_wheel
    assert "agreement/py.typed" in in_wheel


def test_the_wheel_has_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {PurePosixPath(name).parts[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"agreement"}
    assert not [name for name in wheel.namelist() if UNWANTED & set(PurePosixPath(name).parts)]


def test_each_font_has_its_licence(wheel: zipfile.ZipFile) -> None:
    fonts = [PurePosixPath(name) for name in wheel.namelist() if name.endswith(".ttf")]
    assert fonts
    for font in fonts:
        text = wheel.read(str(font.parent / "OFL.txt")).decode("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text, font


def test_licences_travel(wheel: zipfile.ZipFile) -> None:
    metadata = HeaderParser().parsestr(read(wheel, ".dist-info/METADATA").decode("utf-8"))
    assert metadata["License-Expression"] == "MIT AND CC-BY-4.0 AND OFL-1.1"
    assert b"MIT License" in read(wheel, ".dist-info/licenses/LICENSE")
    assert b"Creative Commons Attribution 4.0 International Public License" in read(wheel, "agreement/clauses/LICENSE")
    named = metadata.get_all("License-File") or []
    assert {"LICENSE", "clauses/LICENSE"} < set(named)
    fonts = {PurePosixPath(name).parts[1] for name in files_in_checkout("fonts") if name.endswith(".ttf")}
    assert {f"fonts/{family}/OFL.txt" for family in fonts} <= set(named)


def test_the_wheel_says_what_it_needs(wheel: zipfile.ZipFile) -> None:
    import agreement

    metadata = HeaderParser().parsestr(read(wheel, ".dist-info/METADATA").decode("utf-8"))
    assert metadata["Version"] == agreement.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert not [line for line in metadata.get_all("Requires-Dist") or [] if line.startswith("pydantic")]
    assert b"agreement = agreement.cli.main:main" in read(wheel, ".dist-info/entry_points.txt")


def test_the_sdist_is_whole(sdist: tarfile.TarFile) -> None:
    inside = {"/".join(PurePosixPath(member.name).parts[1:]) for member in sdist.getmembers() if member.isfile()}
    for folder in ("agreement", "clauses", "fonts", "docs"):
        assert files_in_checkout(folder) <= inside, folder
    tests = {name for name in files_in_checkout("tests") if not name.endswith(LEFT_BY_GOLDENS)}
    assert tests <= inside
    top = {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".ci/run"}
    assert top <= inside
