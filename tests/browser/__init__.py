"""Judges of the HTML twin: axe-core in a real headless browser, and the Nu checker of the W3C.

Both come from npm by tests/browser/package.json, into a folder that AGREEMENT_NODE names (or into this one); the
browser is Debian's chromium, and the Nu checker needs Java.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path

TAGS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_ANSWER = re.compile(r'<pre id="axe-says">(.*?)</pre>', re.DOTALL)
_ASK = """
<script>%s</script>
<script>
axe.run(document.querySelector('main'), {runOnly: {type: 'tag', values: %s}}).then(found => {
  const answer = document.createElement('pre');
  answer.id = 'axe-says';
  answer.textContent = JSON.stringify({passes: found.passes.length, faults: found.violations.concat(found.incomplete)
    .map(fault => fault.id + ': ' + fault.help + ' at ' + fault.nodes[0].html)});
  document.body.append(answer);
});
</script>
"""


def missing() -> str:
    """Name what these judges lack on this machine, or return an empty string."""
    lacking = [program for program in ("java",) if shutil.which(program) is None]
    if _browser() is None:
        lacking.append("chromium (apt install chromium)")
    if not _axe().exists() or not _nu().exists():
        lacking.append("axe-core and vnu-jar (npm install in a copy of tests/browser, AGREEMENT_NODE names it)")
    return ", ".join(lacking)


def faults(html: str) -> list[str]:
    """Return what axe-core finds wrong, or cannot decide, under all its rules for WCAG 2.2 up to level AAA."""
    asked = html.replace("</body>", _ASK % (_axe().read_text(encoding="utf-8"), json.dumps(TAGS)) + "</body>")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(asked, encoding="utf-8")
        browser = _browser()
        assert browser is not None, "missing() was asked before"
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000"]
        command += [f"--user-data-dir={folder}/profile", "--dump-dom", page.as_uri()]
        shown = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8")
    found = _ANSWER.search(shown)
    if found is None:
        raise RuntimeError("axe-core gave no verdict")
    answer = json.loads(unescape(found[1]))
    if not answer["passes"]:
        raise RuntimeError("axe-core looked at nothing")
    return list(answer["faults"])


def html_errors(pages: Sequence[str]) -> list[str]:
    """Return the errors and warnings of the Nu checker in any of these pages."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{place}.html" for place in range(len(pages))]
        for path, page in zip(paths, pages, strict=True):
            path.write_text(page, encoding="utf-8")
        command = ["java", "-jar", str(_nu()), "--format", "gnu", "--exit-zero-always", *map(str, paths)]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return done.stderr.decode("utf-8").splitlines()


def _browser() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _modules() -> Path:
    return Path(os.environ.get("AGREEMENT_NODE") or Path(__file__).parent) / "node_modules"


def _axe() -> Path:
    return _modules() / "axe-core" / "axe.min.js"


def _nu() -> Path:
    return _modules() / "vnu-jar" / "build" / "dist" / "vnu.jar"
