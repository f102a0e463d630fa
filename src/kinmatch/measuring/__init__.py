"""Programmes for finding the same person, run side by side on the same people: quality, time and memory."""
