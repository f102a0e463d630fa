"""What the permission matrix is tried on, of the two doors to strangers: a page for a relative, an enquiry."""

from dataclasses import dataclass

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import Enquirer, Enquiry, EnquiryWords, PageWords, RelativePage, Sought, WatchCard
from posada.family.queries.pages import expires_hour
from posada.ground import clock, ids
from posada.records import services as records
from tests import cast


@dataclass(frozen=True, slots=True)
class Outside:
    """A page that can be opened, and an enquiry that nobody has read."""

    page: RelativePage
    enquiry: Enquiry


def knock(by: Actor, card: WatchCard, canary: str) -> Outside:
    """Both, of one house."""
    page_id, subject = ids.new_id(), ids.new_id()
    page = RelativePage.objects.create(
        id=page_id,
        site_id=by.site,
        card=card,
        record=records.seal_new(PageWords(lines=(f"{canary}Hola",)), subject=page_id, by=by, act=Act.OPEN_PAGE),
        code=page_id.hex,
        word=page_id.hex,
        expires_hour=expires_hour(clock.now()) + 24,
        prepared_on=clock.today(),
    )
    words = EnquiryWords(enquirer=Enquirer(name=f"{canary}Tía"), sought=Sought(given_names=f"{canary}Nadie"))
    enquiry = Enquiry.objects.create(
        id=subject,
        number=cast.free_number(Enquiry, 4),
        site_id=by.site,
        record=records.seal_new(words, subject=subject, by=by, act=Act.READ_ENQUIRIES),
        received_on=clock.today(),
    )
    return Outside(page, enquiry)
