"""What the finished journal says of its pupils and subjects, whoever injected what.

Rules that count (rows of lessons without a mark, shares, tempo) speak by chance too; here their
truth is read off the whole journal.
"""
