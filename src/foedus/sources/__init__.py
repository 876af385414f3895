"""Other people's data sets, read where the user keeps them: one reader for each, none of them shipped.

A reader takes a path and gives plain records with the place each stands in. It streams, bears what such files
have (letters in Latin-1, lines that end in CR, columns in any order), and refuses with a message what is not
the data set it should be. What the records mean beside a treaty page is `register`'s work.
"""
