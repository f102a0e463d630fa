"""Whole registers as columns of numbers, compared by compiled kernels; the plain modules beside are their twin."""
