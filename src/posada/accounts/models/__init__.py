"""Sites, users, memberships, assignments; what one person asks and a second agrees to."""

from posada.accounts.models.staff import Assignment, Membership, Site, User, UserAccounts

__all__ = ["Assignment", "Membership", "Site", "User", "UserAccounts"]
