"""Workbooks behind the digest's numbers. Import this package only where a file is made."""

from bot.workbooks.lists import list_workbook
from bot.workbooks.week import week_workbook

__all__ = ["list_workbook", "week_workbook"]
