"""An assessment as one page for a browser and for paper: nothing outside it is needed to read it.

    an assessment ──► one value per section (a module here) ──► its template ──► the page
                      what is said, in order                     markup, escaped

Each section is a module (`answer`, `positions`, `grounds` …) with a function from an assessment to
plain values, a template of the same name in `templates/`, and a style sheet of the same name in
`styles/`. A section of which there is nothing to say returns None, and is left out with its entry in
the contents. All markup is in templates, which escape whatever a dossier holds.
"""
