"""All treaties at once: who is bound by what on which day, and to do what.

`rows` are the plain records, one for each instrument; `make` draws them up from a program, `keep` keeps them
between two runs, and `bound`, `search` and `coverage` answer from them. Nothing here reasons: what holds in a
case is `assessment`'s work.
"""
