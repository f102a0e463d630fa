"""Rows that say nothing. What is sealed stands in `rules.casefile`."""

from posada.asylum.models.cases import Case, CaseState, InCase, Statement
from posada.asylum.models.sessions import Session, WasThere

__all__ = ["Case", "CaseState", "InCase", "Session", "Statement", "WasThere"]
