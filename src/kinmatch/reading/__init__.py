"""Files as frames of text: CSV, Parquet and Arrow, and the rows of them that cannot be used."""
