"""What the tests of signing in share: a code of an authenticator, and one try at the door."""

from typing import Any

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests import cast

from posada.accounts.models import User
from posada.ground import clock

DOOR = "/account/sign-in/"


def code_of(user: User, *, steps: int = 0, confirmed: bool = True) -> str:
    """What the user's authenticator shows now, or some half minutes later or earlier."""
    device = TOTPDevice.objects.get(user=user, confirmed=confirmed)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.real_seconds() + steps * device.step
    return f"{totp.token():06d}"


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
