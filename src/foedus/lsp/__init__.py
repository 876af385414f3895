"""Pages in an editor: a language server over the parser and the messages that `foedus check` has.

`desk` holds what is open, `review` finds what is wrong, `naming` knows what each name stands for; on these
stand completion, hovers, definitions, symbols, colours. `server` speaks the protocol; nobody else does
more of it than its types.
"""
