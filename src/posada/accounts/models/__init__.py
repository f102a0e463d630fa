"""Sites, users, memberships, assignments; what one person asks and a second agrees to; what is told at once."""

from posada.accounts.models.alarms import Notice, NoticeSeen, OpenForm, UrgentReach, UrgentReading
from posada.accounts.models.approvals import AgreeingCode, Approval, ApprovalQuerySet
from posada.accounts.models.signing_in import Authenticator, Enrolment, RecoveryCode
from posada.accounts.models.staff import Assignment, Membership, Site, User, UserAccounts

__all__ = [
    "AgreeingCode",
    "Approval",
    "ApprovalQuerySet",
    "Assignment",
    "Authenticator",
    "Enrolment",
    "Membership",
    "Notice",
    "NoticeSeen",
    "OpenForm",
    "RecoveryCode",
    "Site",
    "UrgentReach",
    "UrgentReading",
    "User",
    "UserAccounts",
]
