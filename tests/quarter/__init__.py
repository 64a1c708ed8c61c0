"""A whole quarter on a frozen clock, from opening to evaluation: who received what, and when."""
