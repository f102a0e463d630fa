"""Backups: a consistent copy of both databases, sealed to the recovery shares, which the laptop itself cannot open.

A backup is three files in one folder: `<site>-<moment>-data.age`, `<site>-<moment>-keyring.age`, each a tar sealed by
age, and `<site>-<moment>-manifest.json`, written last: without it there is no backup. What lies inside a tar is still
encrypted by SQLCipher, so that nothing readable touches a disk at any step.
"""
