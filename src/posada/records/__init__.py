"""Sealed records, the change log, and the one door to what is sealed."""
