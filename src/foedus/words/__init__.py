"""The words of the interface, in the language that the reader asked for.

A dossier's and a treaty page's own text stays as it was written; what Foedus itself says is put
through `say`, `plural` or `say_in`. English stands in the code; another language is one file in
`catalogues/`, `ru.po` say, and nothing else.
"""
