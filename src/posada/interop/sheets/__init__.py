"""Reading and writing tables: CSV, XLSX, XLS, ODS."""
