"""Sites, users, memberships, assignments; what one person asks and a second agrees to; what is told at once."""

from posada.accounts.models.alarms import Notice, NoticeSeen, OpenForm, UrgentReach, UrgentReading
from posada.accounts.models.staff import Assignment, Membership, Site, User, UserAccounts

__all__ = [
    "Assignment",
    "Membership",
    "Notice",
    "NoticeSeen",
    "OpenForm",
    "Site",
    "UrgentReach",
    "UrgentReading",
    "User",
    "UserAccounts",
]
