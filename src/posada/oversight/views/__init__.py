"""The auditor's pages, and those on which everybody sees what was written down of their own."""
