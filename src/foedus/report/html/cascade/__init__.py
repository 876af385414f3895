"""A cascade as one page for a browser and for paper: chains and chances drawn, a table behind every drawing.

The page is made as the one of an assessment is: plain values here, markup in the template, which escapes whatever a
data set holds. It has no script, and asks for nothing outside itself.
"""
