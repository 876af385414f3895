"""A treaty page and a dossier that the tests of the server write in, with names and words in several scripts."""

from __future__ import annotations

from lsprotocol import types

from tests.lsp.editor import Editor, at

LIR = """# Compact of Lir

The compact was signed at Lir [gazette ¶1]; its text is short.

```foedus
instrument lir "Compact of Lir"
  in force 2001-01-01
  text 2001 from 2001-01-01 until 2010-01-01
  text 2010 from 2010-01-01
parties
  ARV, BOR from 2001-01-01 [gazette]
  CAD guarantor from 2001-01-01
state ARV "Arvia", BOR "Bor", CAD "Cadia", DUN "Dunia"
source gazette "The Gazette of Lir"
  by ARV
  publisher "Lir Press"
  date 2001-01-02
  url <https://example.org/1>
```

## Article 1 · Help

```foedus
term danger(i, v) "{i} put {v} in danger" -- of whatever kind
  reading "force alone" held by ARV [gazette]: force(_, v) as i
  reading "unrest as well": force(_, v) as i or unrest(v) as i
duty assist "come to the aid"
  class necessary-help, force included
  owed by each other party to v
  text 2001:
    when danger(i, v)
  text 2010:
    when danger(i, v) and grave(i) and force(author: DUN, victim: v) as i
  performed by helped(by: ARV, for: v)
not encoded "who finds it" may defeat assist
```

## Trial of a raid

```record
fact a1 force(DUN, ARV) on 2020-07-12 "«Набег» 🜁 у реки" -- 🜁🜂
  asserts ARV [gazette]
fact g grave(a1) undisputed
complete for force(_, ARV) by encoder "all"
```

```ask
lir.assist owed to ARV by BOR on 2020-07-20 under text 2010
  suppose lir.danger = "force alone"
  granting expect arises
```
"""


def after(editor: Editor, uri: str, text: str, typed: str, below: str) -> dict[str, types.CompletionItem]:
    """What may come next once `typed` is written in place of the words `below`, and nothing after it."""
    assert text.count(below) == 1, below
    before, _, behind = text.partition(below)
    editor.change(uri, before + typed + behind.partition("\n")[1] + behind.partition("\n")[2])
    whole = before + typed
    line = whole.count("\n")
    column = len(whole.rpartition("\n")[2].encode("utf-16-le")) // 2
    return editor.completion(uri, line, column)


__all__ = ["LIR", "after", "at"]
