"""Why a bed is not given, changed or left."""


class BedTaken(Exception):
    """Somebody has this bed; perhaps another desk was quicker."""


class AlreadyLodged(Exception):
    """The person has a bed; a second one is not given."""


class NotLodged(Exception):
    """The person has no bed to move from or to leave."""


class OnlyOnAList(Exception):
    """The person stands on somebody's list and was never registered here."""


class RoomNameTaken(Exception):
    """The house has a room of this name."""
