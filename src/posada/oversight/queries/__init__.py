"""Reads of the audit for screens. Each says how many entries it looks at, so that a million stay quick."""
