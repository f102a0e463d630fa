"""Rows that say nothing. What is sealed stands in `rules.casefile`."""

from posada.asylum.models.cases import Case, CaseState, InCase, Statement

__all__ = ["Case", "CaseState", "InCase", "Statement"]
