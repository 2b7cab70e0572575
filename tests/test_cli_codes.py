"""The page of codes and the program know the same ones."""

import re

from tests.codes import codes_in
from tests.command import CHECKOUT

PAGE = (CHECKOUT / "docs" / "errors.md").read_text("utf-8")


def test_every_code_stands_on_the_page_once_and_no_other() -> None:
    written = re.findall(r"^\| ([SFCR]\d{3}) \| .+ \| .+ \|$", PAGE, re.MULTILINE)
    assert len(written) == len(set(written))
    assert set(written) == codes_in()


def test_the_reader_of_the_source_finds_codes_of_each_kind() -> None:
    assert {"S101", "F101", "C101", "F104", "C104", "F321", "C203", "C250"} <= codes_in()
    assert codes_in("cli") == {"F104", "F324", "F329", "F330", "F331"}
