"""Two databases on a PostgreSQL server: the data in one, the keyring in the other."""
