"""Draws up the register of the shipped pages for a wheel: `python -m foedus.register.built`, before it is built.

Whoever installs Foedus then never waits for it; a register that no longer fits the pages beside it is not used.
"""

from __future__ import annotations

from foedus.register.draw import draw_up
from foedus.register.keep import Register, as_json, built, key_of

if __name__ == "__main__":
    built().write_text(as_json(Register(draw_up(None), key_of(None))), encoding="utf-8")
