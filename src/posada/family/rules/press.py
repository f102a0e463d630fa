"""What talking to the press may do to a family, in plain words that can be read aloud."""

from typing import Final

from django.utils.translation import gettext_lazy as _

PRESS_RISK: Final = (
    _("You decide alone whether you talk to the press. Nobody here asks you to, and nobody arranges it for you."),
    _("What is published stays. It cannot be called back, also not when a journalist promises it."),
    _("Those who look for you read it, too. A voice, a tattoo, a place or a story is enough to know who speaks."),
    _("Your family may be visited, questioned or punished for what you say, even if their names are not in it."),
    _("A changed name or a hidden face protects you less than people think."),
    _("If something has appeared already, tell us: then we are more careful with every call to your family."),
    _("If you say no, or say it later, your bed, your food and your case stay as they are."),
)
