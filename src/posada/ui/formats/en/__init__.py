"""English as it is written here: the day first."""
