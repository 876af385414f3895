"""What tracing found as one page for a browser and for paper: who has it from whom drawn, and two texts side by side.

The page is made as the one of an assessment is: each part a module with plain values, a template and a style of its
name; all markup stands in templates, which escape whatever a document holds.
"""
