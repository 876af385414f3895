"""Who drew whom into a war: the chains of a cascade, in words, in the terminal and as drawings.

a result (chances over many worlds) ─┐
a history (one world)               ─┴──► a `Chain` ──► the terminal · SVG for a page and a notebook
"""
