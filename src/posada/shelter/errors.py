"""Why a bed is not given, changed or left."""


class BedTaken(Exception):  # noqa: N818 - the name says the fact
    """Somebody has this bed; perhaps another desk was quicker."""


class AlreadyLodged(Exception):  # noqa: N818 - the name says the fact
    """The person has a bed; a second one is not given."""


class NotLodged(Exception):  # noqa: N818 - the name says the fact
    """The person has no bed to move from or to leave."""


class OnlyOnAList(Exception):  # noqa: N818 - the name says the fact
    """The person stands on somebody's list and was never registered here."""


class RoomNameTaken(Exception):  # noqa: N818 - the name says the fact
    """The house has a room of this name."""
