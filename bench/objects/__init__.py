"""The rules once more, over SQLAlchemy ORM objects: what ``bench.rules`` measures SQL against."""
