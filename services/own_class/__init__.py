"""A class teacher's own class across its subjects, and whose class it is."""
