"""What a teacher says of a finding (mended, not agreed, not yet), and what is answered."""
