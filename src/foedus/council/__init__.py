"""The council: its rules decide, its members move, and what they did is kept so that anyone can check it."""
