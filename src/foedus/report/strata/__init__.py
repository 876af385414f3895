"""A cascade over treaty pages, drawn: its outcomes side by side, and the course of each, round by round.

Strata, titles, days of entry ──► `Told` ──► words, SVG for a page or a notebook, and what figures are made of
"""
