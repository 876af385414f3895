"""The conduct of a meeting: agenda, speakers' list, points of order, motions, papers. Pure, like the chair."""
