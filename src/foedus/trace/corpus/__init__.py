"""From two files to millions: an index in a folder, made batch by batch, that goes on where it was stopped.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from foedus.trace.document import Document
>>> pier = "The harbour master closed the northern pier at dusk because three barges had slipped."
>>> with TemporaryDirectory() as folder, index(Path(folder), workers=1) as made:
...     _ = made.add([Document("courier", pier), Document("tribune", f"It rained. {pier}")])
...     _ = made.find()
...     [(one.a.document, one.b.document, one.kind, one.words) for one in made.passages()]
[('courier', 'tribune', 'verbatim', 14)]
"""

from foedus.trace.corpus.add import Added
from foedus.trace.corpus.engine import MEMORY, Name
from foedus.trace.corpus.families import Family
from foedus.trace.corpus.index import Counts, Index
from foedus.trace.corpus.progress import Progress, Stage, Watch
from foedus.trace.corpus.query import Answer

index = Index

__all__ = [
    "MEMORY",
    "Added",
    "Answer",
    "Counts",
    "Family",
    "Index",
    "Name",
    "Progress",
    "Stage",
    "Watch",
    "index",
]
