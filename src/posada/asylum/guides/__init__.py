"""The guides of the countries: one file each, and how they are read."""
