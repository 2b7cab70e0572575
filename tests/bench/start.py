"""How long a cold command takes, beside the bare import of the PDF engine.

Whole processes, one of each kind in turn, ten rounds, medians: what is compared runs side by side, so that a busy
machine slows all alike.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 10
IMPORT = "import reportlab.pdfgen.canvas"
CHECKOUT = Path(__file__).resolve().parents[2]

# name of the command and the most it may take, as a multiple of the import
LIMITS = {"agreement make": 2.0, "agreement --help": 1.0}


def took_ms(command: list[str]) -> float:
    """Run `command` once and return how long the whole process took."""
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=os.environ
    )
    took = (time.perf_counter() - began) * 1000
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed ({done.returncode}):\n{done.stderr.decode(errors='replace')}")
    return took


def run() -> None:
    """Print the medians and their ratios to the import."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "sheet.pdf")
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            f"python -c '{IMPORT}'": [sys.executable, "-c", IMPORT],
            "agreement make": [sys.executable, "-m", "agreement", "make", "-o", out, "--force"],
            "agreement --help": [sys.executable, "-m", "agreement", "--help"],
        }
        for command in commands.values():  # once each, so that compiled modules lie ready
            took_ms(command)
        times_ms: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times_ms[name].append(took_ms(command))
    medians_ms = {name: statistics.median(times) for name, times in times_ms.items()}
    import_ms = medians_ms[f"python -c '{IMPORT}'"]
    print(f"medians of {ROUNDS} whole processes, Python {sys.version.split()[0]}")
    for name, median_ms in medians_ms.items():
        limit = f"  (limit {LIMITS[name]:.2f})" if name in LIMITS else ""
        print(f"{name:48} {median_ms:7.1f} ms  {median_ms / import_ms:5.2f} x import{limit}")
