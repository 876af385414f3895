"""A dossier's sources, speakers and claims as tables: out to colleagues, and their changes back in.

A table is read into rows, the rows are compared with the dossier (`edits`), and the edits are made in
the pages line by line (`rewrite`), so that nothing else on a page moves. Nothing here writes a file.
"""
