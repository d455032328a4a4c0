"""What every mapped class of a journal's rows shares."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Kept:
    """A row that lives from the import that bore it to the one that ended it."""

    row_id: Mapped[int] = mapped_column(primary_key=True)
    school: Mapped[int] = mapped_column()
    born: Mapped[int] = mapped_column()
    died: Mapped[int] = mapped_column()
