"""What every room stands on: ids, the clock, words that people may read."""
