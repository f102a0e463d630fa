"""Who may open which address, as a table: the letters of the roles for each method and each relation to the person.

D desk, C caseworker, T tracing officer, L lawyer, M site manager, A auditor, H helper. An address that is not about a
person has one string for all relations. `open` marks what answers before anybody is signed in. An address without a row
fails.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from posada.accounts.acts import Act
from posada.accounts.models import User
from posada.accounts.permissions import system_actor
from posada.ground import clock, ids
from posada.people.models import CarriedDocument, Person
from posada.people.rules.documents import DocumentKind, DocumentWords, HeldBy
from posada.people.services import documents
from posada.records import services as records
from posada.shelter.models import (
    InterpreterWords,
    NeedReferral,
    OrganisationWords,
    PrintedList,
    ReferralForNeed,
    VoucherSeries,
)
from posada.shelter.rules.directory import OrganisationKind, SpokenBy
from posada.shelter.services.directory import keep_entry
from tests import cast
from tests.permissions.of_asylum import guide_change
from tests.permissions.world import CANARY, Case

ALL = "DCTLMAH"
Allowed = str | Mapping[str, str]
Arguments = Callable[[Case], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """Whom an address answers. `get` or `post` None: the method is not allowed at all (405)."""

    get: Allowed | None = None
    post: Allowed | None = None
    args: Arguments = lambda _case: {}
    open: bool = False
    data: Mapping[str, str] = field(default_factory=dict)


def _number(case: Case) -> dict[str, Any]:
    return {"number": case.person.number}


def _person_number(case: Case) -> dict[str, Any]:
    return {"person_number": case.person.number}


def _bed(case: Case) -> dict[str, Any]:
    return {"number": case.bed.number}


def _person_and_bed(case: Case) -> dict[str, Any]:
    return {**_person_number(case), **_bed(case)}


def _kept_apart(case: Case) -> dict[str, Any]:
    first, second = case.pair.first_id, case.pair.second_id
    other = Person.objects.get(pk=second if first == case.person.pk else first)
    return {"number": case.person.number, "other": other.number}


def _card(case: Case) -> dict[str, Any]:
    return {"card_id": case.card.pk}


def _beside(case: Case) -> dict[str, Any]:
    return {"number": case.person.number, "beside": case.card.pk}


def _two_residents(case: Case) -> dict[str, Any]:
    return {"number": case.person.number, "other": case.person.number}


def _message(case: Case) -> dict[str, Any]:
    return {"message_id": case.message.pk}


def _request(case: Case) -> dict[str, Any]:
    return {"number": case.request.number}


def _hand_over(case: Case) -> dict[str, Any]:
    return {"hand_over_id": case.handed.pk}


def _proposal(case: Case) -> dict[str, Any]:
    return {"proposal_id": case.proposal.pk}


def _release(case: Case) -> dict[str, Any]:
    return {"release_id": case.release.pk}


def _member(case: Case) -> dict[str, Any]:
    return {"pk": case.approval.asked_by_id}


def _file(case: Case) -> dict[str, Any]:
    return {"file_id": case.file.pk}


def _somebody(_case: Case) -> dict[str, Any]:
    return {"user_id": User.objects.order_by("pk")[0].pk}


def _belongings(case: Case) -> dict[str, Any]:
    """The tag of their bag; of an erased one no bag is left, and the number is nobody's."""
    row = case.person.belongings.first()
    return {"tag": row.tag if row else 9_999}


def _paper(case: Case) -> dict[str, Any]:
    return {"number": case.person.number, "paper": case.paper.pk, "page": 1}


def _one_paper(case: Case) -> dict[str, Any]:
    return {"number": case.person.number, "paper": case.paper.pk}


def _document(case: Case) -> dict[str, Any]:
    held = CarriedDocument.objects.filter(person=case.person).first() or documents.write_document(
        by=system_actor(case.person.site_id),
        person=case.person,
        words=DocumentWords(kind=DocumentKind.PASSPORT, held_by=HeldBy.HOUSE, number=f"{CANARY}0"),
    )
    return {"number": case.person.number, "document_id": held.pk}


def _form(_case: Case) -> dict[str, Any]:
    return {"form_number": 1234561}


def _list(case: Case) -> dict[str, Any]:
    held, _fresh = PrintedList.objects.get_or_create(
        site_id=case.person.site_id,
        kind="presence",
        printed_by_id=case.approval.asked_by_id,
        printed_on=clock.today(),
        ask_on=clock.today(),
    )
    return {"list_id": held.pk}


def _alarm(case: Case) -> dict[str, Any]:
    return {"notice_id": case.alarm.pk}


def _urgent(case: Case) -> dict[str, Any]:
    return {"reading_id": case.urgent.pk}


def _approval(case: Case) -> dict[str, Any]:
    return {"approval_id": case.approval.pk}


def _erasure(case: Case) -> dict[str, Any]:
    return {"erasure_id": case.asked.erasure.pk}


def _pair(case: Case) -> dict[str, Any]:
    return {"pair": case.pair.pk}


def _merge(case: Case) -> dict[str, Any]:
    return {"merge": case.merge.pk}


def _claim(case: Case) -> dict[str, Any]:
    return {"claim_id": case.asked.claim.pk}


def _page(case: Case) -> dict[str, Any]:
    return {"page_id": case.outside.page.pk}


def _enquiry(case: Case) -> dict[str, Any]:
    return {"number": case.outside.enquiry.number}


def _note(case: Case) -> dict[str, Any]:
    return {"note_id": case.asked.note.pk}


def _old(case: Case) -> dict[str, Any]:
    return {"kind": "listed", "subject": case.asked.old.pk}


def _slot(case: Case) -> dict[str, Any]:
    return {"slot_id": case.slot.pk}


def _series(case: Case) -> dict[str, Any]:
    return {"series_id": VoucherSeries.objects.get(site_id=case.person.site_id).pk}


def _organisation(case: Case) -> dict[str, Any]:
    words = OrganisationWords(name="Invented", kind=OrganisationKind.HEALTH)
    return {"entry_id": keep_entry(by=system_actor(case.person.site_id), words=words).pk}


def _interpreter(case: Case) -> dict[str, Any]:
    words = InterpreterWords(name="Invented", language="warao", sex=SpokenBy.WOMAN)
    made = keep_entry(by=system_actor(case.person.site_id), words=words, undertaken_on=clock.today())
    return {"entry_id": made.pk}


def _need_referral(case: Case) -> dict[str, Any]:
    held = NeedReferral.objects.filter(person=case.person).exclude(state="withdrawn").first()
    if held is None:
        told = ReferralForNeed(organisation=f"{CANARY}Clinica", told=(f"{CANARY}dolor",), on=clock.today())
        by = system_actor(case.person.site_id)
        held = NeedReferral.objects.create(
            number=cast.free_number(NeedReferral, 6),
            site_id=case.person.site_id,
            person=case.person,
            record=records.seal_new(told, subject=case.person.pk, by=by, act=Act.REFER),
            asked_on=clock.today(),
        )
    return {"number": held.number}


def _tag(case: Case) -> dict[str, Any]:
    return {"tag": case.slot.thing.tag}


def _checkpoint(case: Case) -> dict[str, Any]:
    return {"checkpoint_id": case.out.checkpoint.pk}


def _bag(case: Case) -> dict[str, Any]:
    return {"row_id": case.out.bag.pk}


def _harm(case: Case) -> dict[str, Any]:
    return {"harm_id": case.harmed.harm.pk}


def _referral(case: Case) -> dict[str, Any]:
    return {"referral_id": case.harmed.referral.pk}


def _appeared(case: Case) -> dict[str, Any]:
    return {"number": case.person.number, "appearance": case.harmed.appearance.id}


def _caller(case: Case) -> dict[str, Any]:
    return {"caller_id": case.harmed.call.pk}


def _news(case: Case) -> dict[str, Any]:
    return {"news_id": case.harmed.news.pk}


def _of_case(case: Case) -> dict[str, Any]:
    return {"number": case.asylum.case.number}


def _teller(case: Case) -> dict[str, Any]:
    return {**_of_case(case), **_person_number(case)}


def _part_list(case: Case) -> dict[str, Any]:
    return {**_of_case(case), "part": "offers"}


def _line(case: Case) -> dict[str, Any]:
    return {**_part_list(case), "line": case.asylum.offer.id}


def _account(case: Case) -> dict[str, Any]:
    return {"account": case.asylum.account.pk}


def _account_and_case(case: Case) -> dict[str, Any]:
    return {**_account(case), **_of_case(case)}


def _session(case: Case) -> dict[str, Any]:
    return {"session": case.asylum.session.pk}


def _was_there(case: Case) -> dict[str, Any]:
    return {**_session(case), **_person_number(case)}


def _guide_change(_case: Case) -> dict[str, Any]:
    return {"change": guide_change().pk}


def _sheet(_case: Case) -> dict[str, Any]:
    return {"country": "co", "topic": "steps"}


def about(assigned: str, same_site: str, erased: str = "") -> dict[str, str]:
    """Whom an address about a person answers. A person of another site, and an erased one, is a 404 to everybody.

    `erased` is for what outlives the person: a bed, a file, an alarm.
    """
    return {"assigned": assigned, "same_site": same_site, "erased": erased}


# Who asked and those who may be the second, of the house; the desk and the auditor never.
TWO = about("CTLM", "CTLM", "CTLM")


def of_house(letters: str) -> dict[str, str]:
    """Whom an address about a member of staff answers: whatever is with a person, but nobody of another site."""
    return {**about(letters, letters), "erased": letters}


READ = about("DCTL", "T")
ASK = about("DCTL", "T")
KIN = about("C", "")
REQUEST = about("CTL", "T")
LEGAL = about("L", "")

ROWS: dict[str, Row] = {
    "set_language": Row(get=ALL, post=ALL, open=True, data={"language": "es"}),
    "vault:unlock": Row(get=ALL, post=ALL, open=True),
    "vault:progress": Row(get=ALL, open=True),
    "vault:open_demonstration": Row(post=ALL, open=True),
    "vault:look_as_thief": Row(post=ALL, open=True),
    "vault:phones": Row(get=ALL, open=True),
    "vault:authority": Row(get="", open=True),  # 404: this site has no certificate
    "vault:protects": Row(get=ALL, open=True),
    "accounts:sign_in": Row(get=ALL, post=ALL, open=True),
    "accounts:enter_as": Row(post="", open=True, data={"role": "desk"}),  # 404: this is a real site
    "accounts:lock": Row(post=ALL, open=True),
    "accounts:enrol": Row(get=ALL, post=ALL, open=True),
    "accounts:finish_enrolment": Row(get=ALL, post=ALL, open=True),
    "accounts:account": Row(get=ALL),
    "accounts:password": Row(get=ALL, post=ALL),
    "accounts:authenticator": Row(get=ALL, post=ALL),
    "accounts:recovery_codes": Row(get=ALL, post=ALL),
    "accounts:sign_out_everywhere": Row(post=ALL),
    "accounts:staff": Row(get="MA"),
    "accounts:add_staff": Row(get="M", post="M"),
    "accounts:member": Row(get=of_house("MA"), args=_member),
    "accounts:roles": Row(get=of_house("M"), post=of_house("M"), args=_member),
    "accounts:slip": Row(post=of_house("M"), args=_member),
    "accounts:carry_out": Row(post=of_house("M"), args=_member),
    "accounts:take_away": Row(post=of_house("M"), args=_member),
    "desk:story_step": Row(post="", open=True, data={"step": "1"}),  # 404: this is a real site
    "desk:today": Row(get=ALL),
    "desk:person": Row(get=about("DCTL", "DCT"), args=_number),
    "desk:backup": Row(get="M", post="M"),
    "desk:seal": Row(get="M", post="M"),
    "desk:approvals": Row(get="CTLM"),
    "desk:agreeing_codes": Row(get="CTLM", post="CTLM"),
    "desk:approval": Row(get=TWO, args=_approval),
    "desk:agree": Row(post=TWO, args=_approval),
    "desk:stop": Row(post=TWO, args=_approval),
    "desk:code": Row(post=TWO, args=_approval),
    "desk:heard": Row(post=TWO, args=_approval),
    "desk:carry_out": Row(post=TWO, args=_approval),
    "desk:enter_for": Row(post="", args=_approval),  # 404: this is a real site
    "ui:specimen": Row(get=ALL),
    "people:register": Row(get="D", post="D"),
    "people:together": Row(get="D", post="D"),
    "people:draft": Row(post="D", data={"act": "keep"}),
    "people:ticket": Row(get=about("D", "D"), args=_number),
    "people:card_lost": Row(post=about("D", "D"), args=_number),
    "people:birth": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "people:find": Row(get="DCT", post="DCT", data={"line": "Nadie Conocido 1900"}),
    "people:pairs": Row(get="CT", post="CT"),
    "people:pair": Row(get=about("CT", "T"), post=about("CT", "T"), args=_pair),
    "people:part": Row(get=about("CT", "T"), post=about("CT", "T"), args=_merge),
    "people:same": Row(post=about("D", "D"), args=_number),
    "people:correct": Row(get=about("C", ""), post=about("C", ""), args=_number),
    "people:consent": Row(get=about("DCT", "T"), post=about("DCT", "T"), args=_number),
    "people:history": Row(get=READ, args=_number),
    "people:household": Row(get=READ, post=about("DC", ""), args=_number),
    "people:erase": Row(get=ASK, post=ASK, args=_number),
    "people:erase_sentence": Row(get=about("C", ""), post=about("C", ""), args=_number),
    "people:erasures": Row(get="M"),
    "people:erasure": Row(get=about("M", "M"), post=about("M", "M"), args=_erasure),
    "people:take_claim": Row(get=ASK, post=ASK, args=_number),
    "people:claims": Row(get="CLM"),
    "people:claim": Row(get=about("CLM", "M"), post=about("CLM", "M"), args=_claim, data={"act": "label"}),
    "people:claim_answer": Row(get=about("CL", ""), args=_claim),
    "people:retention": Row(get="M"),
    "people:review": Row(get=about("M", "M"), post=about("M", "M"), args=_old),
    "people:papers": Row(get=about("CL", ""), post=about("CL", ""), args=_number),
    "people:paper_page": Row(get=about("CL", ""), args=_paper),
    "people:documents": Row(get=about("CL", ""), args=_number),
    "people:add_document": Row(get=about("CL", ""), post=about("CL", ""), args=_number),
    "people:document": Row(get=about("CL", ""), post=about("CL", ""), args=_document),
    "people:document_receipt": Row(get=about("CL", ""), args=_document),
    "people:erase_document": Row(get=about("CL", ""), post=about("CL", ""), args=_document),
    "people:paper_forms": Row(get="DM", post="DM"),
    "people:print_again": Row(post="DM", args=lambda _case: {"batch": ids.new_id()}),
    "people:choose_form": Row(post="D"),
    "people:give_up_form": Row(post="DM"),
    "people:type_in": Row(get="D", post="D", args=_form),
    "people:erase_paper": Row(get=about("CL", ""), post=about("CL", ""), args=_one_paper),
    "people:entrust": Row(get="M", post="M"),
    "people:hand_back": Row(get=about("CL", ""), post=about("CL", ""), args=_number),
    "people:take_on": Row(get=about("C", "C"), post=about("C", "C"), args=_number),
    "people:break_glass": Row(get=about("C", "C"), post=about("C", "C"), args=_number),
    "people:needs": Row(get=about("DC", ""), post=about("DC", ""), args=_number),
    "people:needs_apart": Row(get=about("C", ""), post=about("C", ""), args=_number),
    "people:emergency": Row(get=about("DC", "D"), post=about("DC", "D"), args=_number, data={"why": "ill"}),
    "people:emergency_write": Row(get=about("DC", ""), post=about("DC", ""), args=_number),
    "asylum:home": Row(get="DCTLM"),
    "asylum:person_cases": Row(get=LEGAL, args=_number),
    "asylum:open_case": Row(get=LEGAL, post=LEGAL, args=_number),
    "asylum:case_status": Row(get=about("C", ""), args=_number),
    "asylum:case": Row(get=LEGAL, args=_of_case),
    "asylum:case_history": Row(get=LEGAL, args=_of_case),
    "asylum:case_state": Row(get=LEGAL, post=LEGAL, args=_of_case),
    "asylum:erase_case": Row(get=LEGAL, post=LEGAL, args=_of_case),
    "asylum:who_sees": Row(get=LEGAL, post=LEGAL, args=_of_case),
    "asylum:part": Row(get=LEGAL, post=LEGAL, args=lambda case: {**_of_case(case), "part": "safety"}),
    "asylum:part_list": Row(get=LEGAL, args=_part_list),
    "asylum:part_add": Row(get=LEGAL, post=LEGAL, args=_part_list),
    "asylum:part_change": Row(get=LEGAL, post=LEGAL, args=_line),
    "asylum:part_remove": Row(get=LEGAL, post=LEGAL, args=_line),
    "asylum:members": Row(get=LEGAL, args=_of_case),
    "asylum:add_member": Row(get=LEGAL, post=LEGAL, args=_of_case),
    "asylum:change_member": Row(get=LEGAL, post=LEGAL, args=_teller),
    "asylum:remove_member": Row(get=LEGAL, post=LEGAL, args=_teller),
    "asylum:steps": Row(get=LEGAL, args=_of_case),
    "asylum:note_step": Row(get=LEGAL, post=LEGAL, args=lambda case: {**_of_case(case), "rule": "CO-ASY-020"}),
    "asylum:papers": Row(get=LEGAL, args=_of_case),
    "asylum:steps_aloud": Row(get=LEGAL, args=_of_case),
    "asylum:print_paper": Row(
        get=LEGAL, post=LEGAL, args=lambda case: {**_of_case(case), "kind": "letter"}, data={"names": "print"}
    ),
    "asylum:accounts": Row(get="L"),
    "asylum:case_accounts": Row(get=LEGAL, args=_of_case),
    "asylum:begin_account": Row(get=LEGAL, post=LEGAL, args=_teller),
    "asylum:account": Row(get=LEGAL, args=_account),
    "asylum:tell_again": Row(get=LEGAL, post=LEGAL, args=_account),
    "asylum:account_versions": Row(get=LEGAL, args=_account),
    "asylum:erase_account_sentence": Row(get=LEGAL, post=LEGAL, args=_account),
    "asylum:mark_names": Row(get=LEGAL, post=LEGAL, args=_account),
    "asylum:erase_account": Row(get=LEGAL, post=LEGAL, args=_account),
    "asylum:print_account": Row(post=LEGAL, args=_account),
    "asylum:take_into_case": Row(post=about("", ""), args=_account_and_case),  # 404: its own case stands
    "asylum:due": Row(get="LM"),
    "asylum:calendar_file": Row(get="L"),
    "asylum:month_now": Row(get="L"),
    "asylum:month": Row(get="L", args=lambda _case: {"year": 2026, "number": 11}),
    "asylum:hand_over": Row(get=about("LM", "M"), post=about("LM", "M"), args=_of_case),
    "asylum:hand_account": Row(get=about("", ""), post=about("", ""), args=_account),  # 404: it goes with its case
    "asylum:sessions": Row(get="CLM", post="CLM"),
    "asylum:session": Row(get=of_house("CLM"), post=of_house("CLM"), args=_session),
    "asylum:session_off": Row(post=about("CLM", "CLM"), args=_was_there),
    "asylum:sheet": Row(get="DCTLM", args=_sheet),
    "asylum:sheet_text": Row(get="DCTLM", args=_sheet),
    "asylum:legal_aid": Row(get="DCTLM"),
    "asylum:guides": Row(get="DCTLM"),
    "asylum:guide": Row(get="DCTLM", args=lambda _case: {"country": "co"}),
    "asylum:guide_rule": Row(get="DCTLM", args=lambda _case: {"country": "co", "rule": "CO-ASY-020"}),
    "asylum:propose_rule": Row(get="L", post="L", args=lambda _case: {"country": "co", "rule": "CO-ASY-020"}),
    "asylum:guide_change": Row(get="LM", post="M", args=_guide_change),
    "asylum:guide_days": Row(post="L", args=_guide_change),
    "asylum:duty": Row(get="DCTLM"),
    "asylum:options_start": Row(get="CL"),
    "asylum:options": Row(get="CL", post="CL", args=lambda _case: {"country": "co"}),
    "asylum:case_options": Row(get=LEGAL, post=LEGAL, args=_of_case),
    "desk:alarms": Row(get="MA"),
    "desk:answer_alarm": Row(post=about("MA", "MA", "MA"), args=_alarm, data={"word": "asked"}),
    "desk:review_urgent": Row(post=about("MA", "MA", "MA"), args=_urgent, data={"verdict": "right"}),
    "shelter:home": Row(get="DCTLMH"),
    "shelter:door": Row(get="DC"),
    "shelter:door_answer": Row(get="DC", post="DC", args=lambda _case: {"word": "hurt"}),
    "shelter:door_seen_to": Row(post="DC", args=lambda _case: {"word": "hurt"}),
    "shelter:apart": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "shelter:end_apart": Row(post=about("C", ""), args=_kept_apart),
    "shelter:child": Row(get=about("DC", ""), post=about("DC", ""), args=_number),
    "shelter:child_told": Row(post=about("DC", ""), args=_number),
    "shelter:child_verified": Row(post=about("C", ""), args=_number),
    "desk:night": Row(get="DC"),
    "shelter:board": Row(get="DCTM"),
    "shelter:evacuation": Row(get="DCTM"),
    "shelter:print_evacuation": Row(post="DCTM"),
    "shelter:lists": Row(get="DCTM"),
    "shelter:print_presence": Row(post="DCM"),
    "shelter:print_meals": Row(post="DCM"),
    "shelter:account": Row(get=of_house("M"), post=of_house("M"), args=_list),
    "shelter:add_room": Row(get="M", post="M"),
    "shelter:together": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:beside": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:block": Row(get=about("DC", "DC", "DC"), post=about("DC", "DC", "DC"), args=_bed),
    "shelter:mats": Row(get="DC", post="DC"),
    "shelter:waiting": Row(get="DC"),
    "shelter:end_wait": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:capacity": Row(get="DCTM", post="M"),
    "shelter:room": Row(get="M", post="M", args=lambda _world: {"place": 1}),
    "shelter:shift": Row(post="DC"),
    "shelter:bed": Row(get=about("DC", "DC", "DC"), post=about("DC", "DC", "DC"), args=_bed),
    "shelter:assign": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:move": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:exception": Row(get=about("DC", "DC"), args=_person_number),
    "shelter:make_exception": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_and_bed),
    "shelter:end_exception": Row(post=about("DC", "DC"), args=_person_number),
    "shelter:first_nights": Row(get="DC"),
    "shelter:first_night": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "shelter:first_night_household": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "shelter:diets": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "shelter:checkpoints": Row(get="DCH"),
    "shelter:checkpoint": Row(get=of_house("DCH"), post=of_house("DCH"), args=_checkpoint),
    "shelter:kitchen": Row(get="DCH"),
    "shelter:keep_checkpoints": Row(get="M", post="M"),
    "shelter:close_checkpoint": Row(post=of_house("M"), args=_checkpoint),
    "shelter:open_checkpoint": Row(post=of_house("M"), args=_checkpoint),
    "shelter:handed_in": Row(get="DM"),
    "shelter:hand_in": Row(get="DM", post="DM"),
    "shelter:hand_in_receipt": Row(get=of_house("DM"), args=_bag),
    "shelter:directory": Row(get="DCTLM"),
    "shelter:add_organisation": Row(get="CM", post="CM"),
    "shelter:add_seed": Row(get="CM", post="CM", args=lambda _case: {"seed": "acnur"}),
    "shelter:edit_organisation": Row(get=of_house("CM"), post=of_house("CM"), args=_organisation),
    "shelter:take_off": Row(post=of_house("CM"), args=_organisation),
    "shelter:interpreters": Row(get="DCTLM", post="DCTLM"),
    "shelter:add_interpreter": Row(get="CM", post="CM"),
    "shelter:edit_interpreter": Row(get=of_house("CM"), post=of_house("CM"), args=_interpreter),
    "shelter:choose_interpreter": Row(post=of_house("DCTLM"), args=_interpreter),
    "shelter:refer": Row(get=about("C", ""), post=about("C", ""), args=_person_number),
    "shelter:need_referral": Row(get=about("C", ""), post=about("C", ""), args=_need_referral),
    "shelter:withdraw_need": Row(post=about("C", ""), args=_need_referral),
    "shelter:need_slip": Row(get=about("C", ""), args=_need_referral),
    "shelter:give_voucher": Row(get="DC", post="DC"),
    "shelter:vouchers_had": Row(get=about("C", ""), args=_person_number),
    "shelter:keep_vouchers": Row(get="M", post="M"),
    "shelter:print_vouchers": Row(get=of_house("M"), args=_series),
    "shelter:leave": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:undo_leave": Row(post=about("DC", "DC"), args=_person_number),
    "shelter:tonight": Row(get="DCM", post="DCM"),
    "shelter:back": Row(post=about("DCM", "DCM"), args=_person_number),
    "shelter:free_bed": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_person_number),
    "shelter:give_bag": Row(post=about("DC", "DC"), args=_belongings),
    "shelter:night_rules": Row(get="M", post="M"),
    "shelter:roll": Row(get="DCM"),
    "shelter:begin_roll": Row(post="DCM"),
    "shelter:finish_roll": Row(post="DCM"),
    "shelter:roll_room": Row(get="DCM", post="DCM", args=lambda _case: {"place": 1}),
    "shelter:notices": Row(get="CM", post="CM"),
    "shelter:notice": Row(get=about("CM", "M"), post=about("CM", "M"), args=_person_number),
    "shelter:end_notice": Row(post=about("CM", "M"), args=_person_number),
    "shelter:moves": Row(get="DCM"),
    "shelter:move_on": Row(get=about("DC", ""), post=about("DC", ""), args=_person_number),
    "shelter:answer_move": Row(get=about("DCM", "DCM"), post=about("DCM", "DCM"), args=_person_number),
    "shelter:move_sheet": Row(get=about("DC", ""), args=_person_number),
    "shelter:leave_with_move": Row(post=about("DC", ""), args=_person_number),
    "shelter:cancel_move": Row(post=about("DC", ""), args=_person_number),
    "family:home": Row(get="DCTLM"),
    "family:requests": Row(get="CTL"),
    "family:open_request": Row(get="DT", post="DT"),
    "family:request": Row(get=REQUEST, args=_request),
    "family:update_request": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:close_request": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:renew_request": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:refuse_request": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:add_sought": Row(get=about("DT", "DT"), post=about("DT", "DT"), args=_request),
    "family:hand_over": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:hand_over_state": Row(get=about("T", "T"), post=about("T", "T"), args=_hand_over),
    "family:handed_on_paper": Row(post=about("T", "T"), args=_hand_over),
    "family:not_missing": Row(get=about("CT", "T"), post=about("CT", "T"), args=_number),
    "family:not_missing_seen": Row(get=about("CT", "T"), post=about("CT", "T"), args=_number),
    "interop:hand_over_form": Row(get=about("T", "T"), args=_hand_over),
    "interop:hand_over_file": Row(get=about("T", "T"), post=about("T", "T"), args=_hand_over),
    "family:answer": Row(get=about("DCTL", "DT"), args=_request),
    "family:work_list": Row(get="CT"),
    "family:kin_answers": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:ask_colleague": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:opinion": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:take_back": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:proposal": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:found_decision": Row(get=about("CT", "T"), post=about("CT", "T"), args=_proposal),
    "family:found_thanks": Row(get=about("CT", "T"), args=_proposal),
    "family:withdraw_found": Row(post=about("CT", "T"), args=_proposal),
    "family:keep_to_it": Row(post=about("CT", "T"), args=_proposal),
    "family:found_state": Row(get=about("CT", "T"), args=_proposal),
    "family:ask_release": Row(post=about("CT", "T"), args=_proposal),
    "family:note_contact": Row(post=about("CT", "T"), args=_proposal),
    "family:to_tell": Row(get="CT"),
    "family:release": Row(get=about("CT", "T"), post=about("CT", "T"), args=_release),
    "family:tried": Row(post=about("CT", "T"), args=_release),
    "family:enquirer_word": Row(get=about("T", "T"), post=about("T", "T"), args=_request),
    "family:relatives": Row(get=KIN, args=_number),
    "family:add_relative": Row(get=about("DC", ""), post=about("DC", ""), args=_number),
    "family:first_call": Row(get=about("DC", ""), post=about("DC", ""), args=_number),
    "family:person_calls": Row(get=about("DC", "DC"), post=about("DC", "DC"), args=_number),
    "family:calls": Row(get="DC"),
    "family:give_slot": Row(get="DC", post="DC"),
    "family:slot_off": Row(post=about("DC", "DC"), args=_slot),
    "family:slot_done": Row(post=about("DC", "DC"), args=_slot),
    "family:slot_no_answer": Row(post=about("DC", "DC"), args=_slot),
    "family:slot_not_come": Row(post=about("DC", "DC"), args=_slot),
    "family:phones": Row(get="DC"),
    "family:lend_phone": Row(get="DC", post="DC"),
    "family:charge_phone": Row(get="DC", post="DC"),
    "family:collect_phone": Row(get="DC", post="DC"),
    "family:phone_back": Row(post=about("DC", "DC", "DC"), args=_tag),
    "family:phone_lost": Row(post=about("DC", "DC", "DC"), args=_tag),
    "family:phone_cleared": Row(post=about("DC", "DC", "DC"), args=_tag),
    "family:keep_phones": Row(get="M", post="M"),
    "family:phone_broken": Row(post=about("M", "M", "M"), args=_tag),
    "family:phone_ready": Row(post=about("M", "M", "M"), args=_tag),
    "family:phone_away": Row(post=about("M", "M", "M"), args=_tag),
    "family:advice": Row(get="DC"),
    "family:advice_print": Row(get="DC"),
    "family:card": Row(get=KIN, post=KIN, args=_card),
    "family:heard": Row(post=KIN, args=_card),
    "family:no_answer": Row(post=KIN, args=_card),
    "family:worrying": Row(post=KIN, args=_card),
    "family:write_message": Row(get=about("DC", ""), post=about("DC", ""), args=_card),
    "family:write_letter": Row(get=about("DC", ""), post=about("DC", ""), args=_card),
    "family:write_voice": Row(get=about("DC", ""), post=about("DC", ""), args=_card),
    "family:reply": Row(get=KIN, post=KIN, args=_card),
    "family:messages": Row(get="C"),
    "family:message": Row(get=KIN, args=_message),
    "family:message_step": Row(post=KIN, args=_message, data={"state": "given_up"}),
    "family:message_voice": Row(get=KIN, args=_message),
    "family:message_paper": Row(get=KIN, args=_message),
    "family:tell": Row(post=KIN, args=_message),
    "family:stop": Row(post=KIN, args=_card),
    "family:resume": Row(post=KIN, args=_card),
    "family:steps": Row(post=KIN, args=_card),
    "family:talk_over": Row(post=KIN, args=_card),
    "family:watch": Row(get="C"),
    "family:freezing": Row(get="DCTM", post="DCTM"),
    "family:freeze_house": Row(post="DCTM"),
    "family:lift_house": Row(post="M"),
    "family:freeze": Row(post=about("DCTM", "DCTM"), args=_number),
    "family:lift": Row(post=KIN, args=_number),
    "family:note_harm": Row(get=KIN, post=KIN, args=_card),
    "family:harm": Row(get=KIN, args=_harm),
    "family:correct_harm": Row(get=KIN, post=KIN, args=_harm),
    "family:tick_step": Row(post=KIN, args=_harm, data={"step": "write_down"}),
    "family:decide_contact": Row(post=KIN, args=_harm),
    "family:refer": Row(get=KIN, post=KIN, args=_harm),
    "family:referrals": Row(get="CL"),
    "family:referral": Row(get=about("CL", ""), args=_referral),
    "family:answer_referral": Row(post=about("CL", ""), args=_referral, data={"stands": "accepted", "seen": "1"}),
    "family:withdraw_referral": Row(get=KIN, post=KIN, args=_referral),
    "family:referral_sheet": Row(get=KIN, args=_referral),
    "family:press": Row(get=KIN, args=_number),
    "family:decide_press": Row(post=KIN, args=_number),
    "family:note_appearance": Row(post=KIN, args=_number),
    "family:lower_risk": Row(post=KIN, args=_appeared),
    "family:callers": Row(get="DCT", post="DCT"),
    "family:known_caller": Row(post="DCT", data={"phone": "+573001112233"}),
    "family:callers_poster": Row(get="DCT"),
    "family:take_out_caller": Row(post=about("DCT", "DCT"), args=_caller),
    "family:card_death": Row(get=KIN, post=KIN, args=_card),
    "family:request_death": Row(get=about("CT", "T"), post=about("CT", "T"), args=_request),
    "family:person_death": Row(get=about("CT", "T"), post=about("CT", "T"), args=_number),
    "family:news": Row(get=KIN, args=_news),
    "family:ask_news": Row(post=KIN, args=_news),
    "family:confirm_news": Row(post=KIN, args=_news),
    "family:told_news": Row(post=KIN, args=_news),
    "family:withdraw_news": Row(post=KIN, args=_news),
    "oversight:trail": Row(get="A"),
    "oversight:unusual": Row(get="A"),
    "oversight:chain": Row(get="A", post="A"),
    "oversight:access": Row(get="A"),
    "oversight:reviewed": Row(post="A", args=_somebody),
    "oversight:summary": Row(get="M"),
    "oversight:mine": Row(get=ALL),
    "oversight:file_trail": Row(get=about("C", ""), args=_number),
    "oversight:file_trail_print": Row(get=about("C", ""), args=_number),
    "oversight:shift_sheet": Row(get="DCMA"),
    "interop:imports": Row(get="M", post="M"),
    "interop:export": Row(get="M", post="M"),
    "interop:quarantine": Row(get=about("M", "M", "M"), args=_file),
    "interop:progress": Row(get=about("M", "M", "M"), args=_file),
    "interop:report": Row(get=about("M", "M", "M"), args=_file),
    "interop:mapping": Row(post=about("M", "M", "M"), args=_file),
    "interop:ask_to_confirm": Row(post=about("M", "M", "M"), args=_file),
    "interop:confirm": Row(post=about("M", "M", "M"), args=_file),
    "interop:dismiss": Row(post=about("M", "M", "M"), args=_file),
    "family:erase_request": Row(get=about("DCTL", "DT"), post=about("DCTL", "DT"), args=_request),
    "family:erase_card": Row(get=KIN, post=KIN, args=_card),
    "family:erase_note": Row(get=ASK, post=ASK, args=_note),
    "family:erase_card_sentence": Row(get=KIN, post=KIN, args=_card),
    "family:erase_request_sentence": Row(get=KIN, post=KIN, args=_request),
    "page_outside": Row(get=ALL, post=ALL, open=True),
    "page_outside_style": Row(get=ALL, open=True),
    "ask_outside": Row(get=ALL, post=ALL, open=True),
    "ask_outside_style": Row(get=ALL, open=True),
    "family:open_page": Row(get=KIN, post=KIN, args=_card),
    "family:relative_page": Row(get=KIN, args=_page),
    "family:close_page": Row(post=KIN, args=_page),
    "family:enquiries": Row(get="T"),
    "family:paper_enquiry": Row(get="DT"),
    "family:enquiry": Row(get=about("T", "T", "T"), args=_enquiry),
    "family:open_from_enquiry": Row(get=about("T", "T", "T"), post=about("T", "T", "T"), args=_enquiry),
    "family:refuse_enquiry": Row(post=about("T", "T", "T"), args=_enquiry, data={"why": "unclear"}),
    "family:erase_enquiry": Row(get=about("T", "T", "T"), post=about("T", "T", "T"), args=_enquiry),
    "family:seek": Row(get=KIN, post=KIN, args=_card),
    "family:tree": Row(get=KIN, args=_number),
    "family:tree_add": Row(get=KIN, post=KIN, args=_beside),
    "family:tree_tie": Row(get=KIN, post=KIN, args=_number),
    "family:tree_untie": Row(post=KIN, args=_two_residents),
    "family:same_card": Row(get=KIN, post=KIN, args=_card),
}
