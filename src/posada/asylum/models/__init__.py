"""Rows that say nothing. What is sealed stands in `rules.casefile`."""

from posada.asylum.models.cases import Case, CaseState, InCase, Statement
from posada.asylum.models.drafts import AccountDraft
from posada.asylum.models.guides import GuideChange
from posada.asylum.models.sessions import Session, WasThere

__all__ = ["AccountDraft", "Case", "CaseState", "GuideChange", "InCase", "Session", "Statement", "WasThere"]
