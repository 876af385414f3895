"""The page of a cascade over treaty pages: one file that needs nothing else.

`Told` ──► drawings (report/strata), tables ──► templates, styles ──► HTML without scripts
"""
