"""What a page says, lowered: formulas, norms, questions, programs. Data that every engine reads."""
