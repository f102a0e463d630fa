"""The screens of lists in and out."""
