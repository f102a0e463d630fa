"""One's own password: changed, and asked again before what is grave."""

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db import transaction
from django.utils.translation import gettext as _

from posada.accounts import naming, rules
from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.accounts.services.sessions import end_sessions
from posada.accounts.services.signing_in import FREE_TRIES, LOCK
from posada.audit import services as audit
from posada.ground import clock

CHANGE = "accounts.change_password"
AGAIN = "accounts.password_again"


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Some twenty thousand passwords that are tried first: the list that Django brings along."""
    return frozenset(CommonPasswordValidator().passwords)


def problem_with(password: str, *, user: User) -> str:
    """What is wrong with a new password, as a sentence; "" if it will do."""
    common = _common() | {settings.SITE.name.casefold()}
    problem = rules.password_problem(password, common=common, names=(naming.name_of(user.pk),))
    sentences = {
        rules.Problem.SHORT: _("At least twelve characters. Four words that do not belong together are good and easy."),
        rules.Problem.LONG: _("At most 200 characters."),
        rules.Problem.COMMON: _(
            "This is among the first that anybody would try. Take words that do not belong together."
        ),
        rules.Problem.NAME: _("This is your name. Take words that do not belong together."),
    }
    return sentences[problem] if problem else ""


def is_own_password(*, by: Actor, password: str) -> bool:
    """Whether this is the password of who acts; wrong ones count towards the same lock as signing in."""
    if by.user is None:
        return True
    right_password = User.objects.get(pk=by.user).check_password(password)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.user)
        open_now = not user.is_locked(clock.now())
        right = right_password and open_now
        if open_now and not right:
            user.failures += 1
            if user.failures >= FREE_TRIES:
                user.failures, user.locked_until = 0, clock.now() + LOCK
            user.save(update_fields=["failures", "locked_until"])
        result = audit.Result.DONE if right else audit.Result.REFUSED
        audit.write(audit.Event(act=AGAIN, actor=by.user, site=by.site, result=result))
    return right


def change_password(*, by: Actor, user: User, password: str, session: str) -> None:
    """A new password of one's own; every other session of this user ends. The caller has asked for the old one."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user, but=session)
        audit.write(audit.Event(act=CHANGE, actor=user.pk, site=by.site))
