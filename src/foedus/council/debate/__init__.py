"""The conduct of a meeting: agenda, speakers' list, points of order, motions on procedure, papers. Pure, like the chair."""
