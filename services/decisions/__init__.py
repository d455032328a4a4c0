"""What was decided, who does it by when, and how it is followed until it is done."""
