"""The only home of cryptography: the site folder, its keys, sealing and unsealing, the encrypted databases.

Every primitive comes from `cryptography`, `argon2-cffi` or SQLCipher; nothing here is our own invention.
"""
