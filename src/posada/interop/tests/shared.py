"""Where the shared reading material lies, when it is there."""

import os
from pathlib import Path

import pytest
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.models import Membership
from posada.interop import services
from posada.interop.models import ImportFile

_REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("POSADA_SHARED", _REPOSITORY.parent / "shared"))
PFIF = SHARED / "data" / "pfif"

needs_shared = pytest.mark.skipif(
    not PFIF.is_dir(),
    reason="the shared PFIF files are not here (set POSADA_SHARED to the folder that holds data/)",
)


def two_agree(file: ImportFile) -> ImportFile:
    """The site manager asks that a file come in, and a second agrees."""
    manager = Membership.objects.filter(site_id=file.site_id, role=Role.SITE_MANAGER.value)[0].user
    cast.second_agrees(services.ask_to_confirm(by=cast.actor(manager), file=file))
    return file
