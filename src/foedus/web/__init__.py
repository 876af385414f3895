"""The council's room in the browser (extra `foedus[serve]`): a server, its pages, the people in it.

This is the only room of the house that speaks HTTP. What happened, what is in order and who may see what is decided
below it; here requests become deeds, and what a viewer may see becomes a page. Names, codes and passphrases stay in
this room's own tables: the record holds a random handle in their place.

- `names`, `codes`, `passphrase`: what people type, read strictly
- `people`: who is in which room, with `invites`, the codes that let them in, and `visits`, the browsers in which they
  are known; `keeping`: the tables
- `listing`: many people at once, from a table
- `guard`: what every request has to pass, and what every answer carries
- `limits`, `cookies`, `refused`: how often, remembered how, and how it is said that something will not do
- `qr`: a code as a picture
"""
