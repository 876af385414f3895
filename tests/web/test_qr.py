"""QR codes: what is drawn is the code, with its border, and needs nothing of the page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import segno

from foedus.web.qr import BORDER, svg, terminal

ADDRESS = "http://192.0.2.7:8000/join/0123-4567-89AB"


def modules() -> list[list[int]]:
    made = segno.make(ADDRESS, error="m", micro=False)
    return [[int(bit) for bit in row] for row in made.matrix_iter(border=BORDER)]


def test_the_picture_is_the_code() -> None:
    drawn = ElementTree.fromstring(svg(ADDRESS))
    side = int(drawn.attrib["viewBox"].split()[2])
    grid = [[0] * side for _ in range(side)]
    path = next(part.attrib["d"] for part in drawn.iter("path") if "stroke" in part.attrib)
    x, y = 0.0, 0.0
    for step, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        found = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+", numbers)]
        if step == "h":
            for at in range(int(x), int(x + found[0])):
                grid[int(y)][at] = 1
            x += found[0]
        else:
            x, y = (found[0], found[1]) if step == "M" else (x + found[0], y + found[1])
    assert grid == modules()


def test_the_picture_has_no_style_and_no_script() -> None:
    drawn = svg(ADDRESS, 'Come in <b>"now"</b>')
    assert "style" not in drawn and "<script" not in drawn and "<b>" not in drawn
    assert "http" not in drawn, "not even a namespace: it stands in the middle of a page"
    assert 'class="qr"' in drawn and "width=" not in drawn.partition(">")[0]
    assert ElementTree.fromstring(drawn)[0].text == 'Come in <b>"now"</b>'


def test_the_terminal_shows_the_code() -> None:
    rows: list[list[int]] = []
    for line in terminal(ADDRESS, coloured=False).splitlines():
        rows.append([int(sign in "▄ ") for sign in line])
        rows.append([int(sign in "▀ ") for sign in line])
    wanted = modules()
    assert rows[: len(wanted)] == wanted


def test_colours_are_ended_on_each_line() -> None:
    for line in terminal(ADDRESS).splitlines():
        assert line.startswith("\x1b[97;40m") and line.endswith("\x1b[0m")
