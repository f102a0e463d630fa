"""Asylum, and deciding what comes next: guides as data, deadlines, cases and papers. It informs; the person decides."""
