"""What the tests of signing in share: a code of an authenticator, and one try at the door."""

from typing import Any

from django.test import Client
from tests import cast

from posada.accounts import services
from posada.accounts.models import Authenticator, User
from posada.accounts.services.authenticators import STEP
from posada.ground import clock

DOOR = "/account/sign-in/"


def code_of(user: User, *, steps: int = 0, confirmed: bool = True) -> str:
    """What the user's authenticator shows now, or some half minutes later or earlier."""
    held = Authenticator.objects.get(user=user, confirmed=confirmed)
    return services.code_at(held, clock.real_seconds() + steps * STEP)


def wrong_code(user: User) -> str:
    """Six digits that the authenticator shows neither now nor just before or after."""
    near = {code_of(user, steps=steps) for steps in (-1, 0, 1)}
    return next(f"{number:06d}" for number in range(9) if f"{number:06d}" not in near)


def knock(client: Client, *, name: str = "Amaru", password: str = cast.PASSWORD, code: str = "") -> Any:
    """One try to sign in."""
    return client.post(DOOR, {"name": name, "password": password, "code": code})


def main_of(answer: Any) -> str:
    """The page without what differs from one browser to the next."""
    page: str = answer.content.decode().split("<main")[1]
    return "".join(part.split('">', 1)[-1] for part in page.split('name="csrfmiddlewaretoken" value="'))
