"""Figures for papers, drawn with matplotlib (extra `foedus[plots]`).

    obligations, panels, results ──► a `Figure` ──► SVG, PDF or PNG, and beside it what it shows in words
                                     title, alt, source, what paints it

A figure is a value until it is saved: its title, its words for whoever does not see it, the line that says from which
data it is, and how it is painted. The same figure is the same file, byte for byte. Nothing is told by colour alone:
marks differ in shape, lines in dashes, what is missing is hatched.
"""
