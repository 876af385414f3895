"""Foedus from Python: answers, findings, questions and positions as objects that read well in a notebook."""
