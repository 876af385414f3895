"""How Sphinx makes the site. `make docs` lays its pages out first (`stage.py`)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import colours

import foedus

project = "Foedus"
version = release = foedus.__version__
author = "The Foedus contributors"
project_copyright = author
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["files", "whole"]
suppress_warnings: list[str] = []

myst_heading_anchors = 4
myst_enable_extensions = ["deflist", "attrs_inline"]
myst_links_external_new_tab = False

html_theme = "furo"
html_title = "Foedus"
html_static_path = [str(Path(__file__).parent / "look")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "colours.Day"
pygments_dark_style = "colours.Night"


def setup(app: object) -> dict[str, bool]:
    """Teaches Sphinx the language of pages."""
    for alias in ("foedus", "record", "ask"):
        app.add_lexer(alias, colours.Pages)  # type: ignore[attr-defined]
    app.connect("config-inited", _with_whole_pages)  # type: ignore[attr-defined]
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _with_whole_pages(app: object, config: object) -> None:
    """The answers as pages of their own, which Sphinx copies as they are."""
    config.html_extra_path = [str(Path(app.srcdir) / "whole")]  # type: ignore[attr-defined]
