"""What actions do, a module for each sort: about people, about oneself, about the exercise."""
