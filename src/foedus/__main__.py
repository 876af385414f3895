"""`python -m foedus`: the command line, where no script `foedus` is on the path."""

from __future__ import annotations

from foedus.cli.main import main

if __name__ == "__main__":
    main()
