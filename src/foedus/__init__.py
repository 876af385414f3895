"""Foedus reads treaties as programs over contested facts, and crises as dossiers of who said what.

The rooms, lowest first, each importing only from those before it: `words`, `diagnostics`, `terms`,
`evidence`, `ir`, then `lang` and `engines`, then `library`, `assessment`, `report` and `cli`.
"""

__version__ = "0.1.0"
