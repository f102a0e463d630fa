"""Every act of the product, the roles, and the table that says which role may do which act to whom.

The table is protection.md's "who may what" as data, with the acts it leaves open (beds, consent, households: see
docs/decisions/0014). What is not in it is refused.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What somebody does here."""

    DESK = "desk"
    CASEWORKER = "caseworker"
    TRACING_OFFICER = "tracing_officer"
    LAWYER = "lawyer"
    SITE_MANAGER = "site_manager"
    AUDITOR = "auditor"
    HELPER = "helper"


ROLE_LABELS = {
    Role.DESK: _("Desk"),
    Role.CASEWORKER: _("Caseworker"),
    Role.TRACING_OFFICER: _("Tracing officer"),
    Role.LAWYER: _("Lawyer"),
    Role.SITE_MANAGER: _("Site manager"),
    Role.AUDITOR: _("Auditor"),
    Role.HELPER: _("Helper"),
}

ROLE_LINES = {
    Role.DESK: _("Registers who arrives, gives them a bed, notes the first call home."),
    Role.CASEWORKER: _("Accompanies the persons entrusted to them, and their relatives left behind."),
    Role.TRACING_OFFICER: _("Searches for those lost, compares, asks the person found."),
    Role.LAWYER: _("Keeps the cases and the accounts of the persons entrusted to them."),
    Role.SITE_MANAGER: _("Runs the house, brings lists in, seals. Reads nobody's file."),
    Role.AUDITOR: _("Sees who did what, never what is written in a file. Reviews who has access."),
    Role.HELPER: _("Kitchen, store, showers: counts by number who had what. Reads nobody's file."),
}


_READERS = frozenset({Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.LAWYER})
_NO_READERS = frozenset({Role.SITE_MANAGER, Role.AUDITOR})


def are_kept_apart(roles: frozenset[Role]) -> bool:
    """Whether one person would read files and also manage or audit who reads them."""
    return bool(roles & _READERS and roles & _NO_READERS)


class Scope(StrEnum):
    """To whom an act may be done."""

    TODAY = "today"  # persons of this site, registered today
    SITE = "site"  # persons of this site
    ASSIGNED = "assigned"  # persons assigned to this user
    ANYBODY = "anybody"  # the act has no person, or any person of any list of this site


class Act(StrEnum):
    """Everything that somebody can do."""

    SIGN_IN = "accounts.sign_in"
    SEE_STAFF = "accounts.see_staff"
    MANAGE_STAFF = "accounts.manage_staff"
    ENTRUST = "accounts.entrust"
    AGREE = "accounts.agree"
    BREAK_GLASS = "accounts.break_glass"
    SEE_ALARMS = "accounts.see_alarms"
    SEE_TODAY = "desk.see_today"
    SEAL = "vault.seal"

    REGISTER = "people.register"
    NOTE_BIRTH = "people.note_birth"
    READ_IDENTITY = "people.read_identity"
    READ_CONTACT = "people.read_contact"
    CORRECT = "people.correct"
    RECORD_CONSENT = "people.record_consent"
    SEARCH = "people.search"
    TAKE_ON = "people.take_on"
    HAND_BACK = "people.hand_back"
    READ_EMERGENCY = "people.read_emergency"
    WRITE_EMERGENCY = "people.write_emergency"
    READ_PROTECTION = "people.read_protection"
    READ_LEGAL = "asylum.read"
    OPEN_CASE = "asylum.open_case"
    WRITE_CASE = "asylum.write_case"
    SEE_CASES = "asylum.see_cases"
    SEE_DUE = "asylum.see_due"
    SEE_CASE_STATUS = "asylum.see_case_status"
    READ_STATEMENT = "asylum.read_statement"
    WRITE_STATEMENT = "asylum.write_statement"
    HAND_CASE = "asylum.hand_case"
    HOLD_SESSION = "asylum.hold_session"
    SEE_LEGAL_AID = "asylum.see_legal_aid"
    READ_GUIDE = "asylum.read_guide"
    SEE_OPTIONS = "asylum.see_options"
    EDIT_GUIDE = "asylum.edit_guide"
    TAKE_ON_GUIDE = "asylum.take_on_guide"
    READ_PAPER = "people.read_paper"
    ADD_PAPER = "people.add_paper"
    TAKE_CLAIM = "people.take_claim"
    SEE_CLAIMS = "people.see_claims"

    ASK_ERASURE = "records.ask_erasure"
    CONFIRM_ERASURE = "records.confirm_erasure"
    ERASE_SENTENCE = "records.erase_sentence"
    REVIEW_RETENTION = "records.review_retention"

    READ_OWN_TRAIL = "oversight.read_own_trail"
    READ_FILE_TRAIL = "oversight.read_file_trail"
    READ_SUMMARY = "oversight.read_summary"
    READ_TRAIL = "oversight.read_trail"
    REVIEW_ACCESS = "oversight.review_access"
    PRINT_SHIFT_SHEET = "oversight.print_shift_sheet"

    BACK_UP = "vault.back_up"

    SEE_HOUSE = "shelter.see_house"
    ASSIGN_BED = "shelter.assign_bed"
    MAKE_ROOM = "shelter.make_room"
    PRINT_EVACUATION = "shelter.print_evacuation"
    SEE_PLACES = "shelter.see_places"
    OPEN_DOOR = "shelter.open_door"
    CARE_CHILD = "shelter.care_child"
    READ_CHILD = "shelter.read_child"
    GIVE_FIRST_NIGHT = "shelter.give_first_night"
    HAND_IN_ARMS = "shelter.hand_in_arms"
    CHECK_OFF = "shelter.check_off"
    KEEP_CHECKPOINTS = "shelter.keep_checkpoints"
    CALL_ROLL = "shelter.call_roll"
    GIVE_NOTICE = "shelter.give_notice"
    MOVE_ON = "shelter.move_on"
    ANSWER_MOVE = "shelter.answer_move"
    PRINT_LISTS = "shelter.print_lists"
    PRINT_FORMS = "people.print_forms"
    WRITE_NEEDS = "people.write_needs"
    READ_NEEDS = "people.read_needs"
    REFER = "shelter.refer"
    ANSWER_FOR_NEED = "shelter.answer_for_need"
    SEE_DIRECTORY = "shelter.see_directory"
    EDIT_DIRECTORY = "shelter.edit_directory"
    GIVE_VOUCHER = "shelter.give_voucher"
    KEEP_VOUCHERS = "shelter.keep_vouchers"
    SEE_DOUBLES = "people.see_doubles"
    MERGE = "people.merge"

    ADD_RELATIVE = "kin.add_relative"
    READ_KIN = "kin.read"
    UPDATE_KIN = "kin.update"
    FREEZE = "kin.freeze"
    LIFT_FREEZE = "kin.lift_freeze"
    WRITE_MESSAGE = "kin.write_message"
    SEND_MESSAGE = "kin.send_message"
    OPEN_PAGE = "kin.open_page"
    NOTE_HARM = "kin.note_harm"
    READ_HARM = "kin.read_harm"
    ANSWER_REFERRAL = "kin.answer_referral"

    SEE_FAMILY = "family.see"
    SEE_CALLS = "family.see_calls"
    LEND_PHONE = "family.lend_phone"
    KEEP_PHONES = "family.keep_phones"
    NOTE_CALLER = "family.note_caller"

    OPEN_REQUEST = "family.open_request"
    SEE_REQUESTS = "family.see_requests"
    READ_REQUEST = "family.read_request"
    UPDATE_REQUEST = "family.update_request"
    DECIDE_PROPOSAL = "family.decide_proposal"
    RECORD_DECISION = "family.record_decision"
    RELEASE = "family.release"
    OBJECT = "family.object"
    HAND_OVER = "family.hand_over"
    NOTE_DEATH = "family.note_death"
    READ_ENQUIRIES = "family.read_enquiries"

    IMPORT = "interop.import"
    EXPORT = "interop.export"

    SCAN = "records.scan"


_D, _C, _T = Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER
_L, _M, _A, _H = Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR, Role.HELPER

GRANTS: dict[Act, dict[Role, Scope]] = {
    Act.SEE_TODAY: dict.fromkeys(Role, Scope.ANYBODY),
    Act.SEAL: {_M: Scope.ANYBODY},
    Act.SEE_STAFF: {_M: Scope.SITE, _A: Scope.SITE},
    Act.MANAGE_STAFF: {_M: Scope.SITE},
    Act.ENTRUST: {_M: Scope.SITE},
    Act.AGREE: {_C: Scope.SITE, _T: Scope.SITE, _L: Scope.SITE, _M: Scope.SITE},
    Act.BREAK_GLASS: {_C: Scope.SITE},
    Act.SEE_ALARMS: {_M: Scope.SITE, _A: Scope.SITE},
    Act.READ_EMERGENCY: {_D: Scope.SITE, _C: Scope.ASSIGNED},
    Act.WRITE_EMERGENCY: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.READ_PROTECTION: {_C: Scope.ASSIGNED},
    Act.READ_LEGAL: {_L: Scope.ASSIGNED},
    Act.OPEN_CASE: {_L: Scope.ASSIGNED},
    Act.WRITE_CASE: {_L: Scope.ASSIGNED},
    Act.SEE_CASES: {_L: Scope.ANYBODY},
    Act.SEE_DUE: dict.fromkeys((_L, _M), Scope.SITE),
    Act.SEE_CASE_STATUS: {_C: Scope.ASSIGNED},
    Act.READ_STATEMENT: {_L: Scope.ASSIGNED},
    Act.WRITE_STATEMENT: {_L: Scope.ASSIGNED},
    Act.HAND_CASE: {_L: Scope.ASSIGNED, _M: Scope.SITE},
    Act.HOLD_SESSION: dict.fromkeys((_C, _L, _M), Scope.SITE),
    Act.SEE_LEGAL_AID: dict.fromkeys((_D, _C, _T, _L, _M), Scope.SITE),
    Act.READ_GUIDE: dict.fromkeys((_D, _C, _T, _L, _M), Scope.ANYBODY),
    Act.SEE_OPTIONS: dict.fromkeys((_C, _L), Scope.ANYBODY),
    Act.EDIT_GUIDE: {_L: Scope.SITE},
    Act.TAKE_ON_GUIDE: {_M: Scope.SITE},
    Act.READ_PAPER: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.ADD_PAPER: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.TAKE_CLAIM: {_D: Scope.TODAY, _C: Scope.ASSIGNED, _T: Scope.SITE, _L: Scope.ASSIGNED},
    Act.SEE_CLAIMS: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED, _M: Scope.SITE},
    Act.ASK_ERASURE: {_D: Scope.TODAY, _C: Scope.ASSIGNED, _T: Scope.SITE, _L: Scope.ASSIGNED},
    Act.CONFIRM_ERASURE: {_M: Scope.SITE},
    Act.ERASE_SENTENCE: {_C: Scope.ASSIGNED},
    Act.REVIEW_RETENTION: {_M: Scope.SITE},
    Act.READ_OWN_TRAIL: dict.fromkeys(Role, Scope.ANYBODY),
    Act.READ_FILE_TRAIL: {_C: Scope.ASSIGNED},
    Act.READ_SUMMARY: {_M: Scope.SITE},
    Act.READ_TRAIL: {_A: Scope.SITE},
    Act.REVIEW_ACCESS: {_A: Scope.SITE},
    Act.PRINT_SHIFT_SHEET: {_D: Scope.SITE, _C: Scope.SITE, _M: Scope.SITE, _A: Scope.SITE},
    Act.BACK_UP: {_M: Scope.SITE},
    Act.REGISTER: {_D: Scope.SITE},
    Act.NOTE_BIRTH: dict.fromkeys((_D, _C), Scope.SITE),
    Act.READ_IDENTITY: {_D: Scope.TODAY, _C: Scope.ASSIGNED, _T: Scope.SITE, _L: Scope.ASSIGNED},
    Act.READ_CONTACT: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.CORRECT: {_C: Scope.ASSIGNED},
    Act.RECORD_CONSENT: {_D: Scope.TODAY, _C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.SEARCH: {_D: Scope.SITE, _C: Scope.SITE, _T: Scope.SITE},
    Act.TAKE_ON: {_C: Scope.SITE},
    Act.HAND_BACK: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.SEE_HOUSE: {_D: Scope.SITE, _C: Scope.SITE, _T: Scope.SITE, _M: Scope.SITE},
    Act.ASSIGN_BED: {_D: Scope.SITE, _C: Scope.SITE},
    Act.MAKE_ROOM: {_M: Scope.SITE},
    Act.PRINT_EVACUATION: dict.fromkeys((_D, _C, _T, _M), Scope.SITE),
    Act.SEE_PLACES: dict.fromkeys((_D, _C, _T, _L, _M, _H), Scope.ANYBODY),
    Act.OPEN_DOOR: dict.fromkeys((_D, _C), Scope.SITE),
    Act.CARE_CHILD: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.READ_CHILD: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.GIVE_FIRST_NIGHT: dict.fromkeys((_D, _C), Scope.SITE),
    Act.HAND_IN_ARMS: dict.fromkeys((_D, _M), Scope.SITE),
    Act.CHECK_OFF: dict.fromkeys((_D, _C, _H), Scope.SITE),
    Act.KEEP_CHECKPOINTS: {_M: Scope.SITE},
    Act.CALL_ROLL: dict.fromkeys((_D, _C, _M), Scope.SITE),
    Act.GIVE_NOTICE: {_C: Scope.ASSIGNED, _M: Scope.SITE},
    Act.MOVE_ON: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.ANSWER_MOVE: dict.fromkeys((_D, _C, _M), Scope.SITE),
    Act.PRINT_LISTS: dict.fromkeys((_D, _C, _M), Scope.SITE),
    Act.PRINT_FORMS: dict.fromkeys((_D, _M), Scope.SITE),
    Act.WRITE_NEEDS: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.READ_NEEDS: {_C: Scope.ASSIGNED},
    Act.REFER: {_C: Scope.ASSIGNED},
    Act.ANSWER_FOR_NEED: {_C: Scope.ASSIGNED},
    Act.SEE_DIRECTORY: dict.fromkeys((_D, _C, _T, _L, _M), Scope.SITE),
    Act.EDIT_DIRECTORY: dict.fromkeys((_C, _M), Scope.SITE),
    Act.GIVE_VOUCHER: dict.fromkeys((_D, _C), Scope.SITE),
    Act.KEEP_VOUCHERS: {_M: Scope.SITE},
    Act.SEE_DOUBLES: dict.fromkeys((_C, _T), Scope.SITE),
    Act.MERGE: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.ADD_RELATIVE: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.READ_KIN: {_C: Scope.ASSIGNED},
    Act.UPDATE_KIN: {_C: Scope.ASSIGNED},
    Act.FREEZE: dict.fromkeys((_D, _C, _T, _M), Scope.SITE),
    Act.LIFT_FREEZE: {_M: Scope.SITE},
    Act.WRITE_MESSAGE: {_D: Scope.TODAY, _C: Scope.ASSIGNED},
    Act.SEND_MESSAGE: {_C: Scope.ASSIGNED},
    Act.OPEN_PAGE: {_C: Scope.ASSIGNED},
    Act.NOTE_HARM: {_C: Scope.ASSIGNED},
    Act.READ_HARM: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.ANSWER_REFERRAL: {_C: Scope.ASSIGNED, _L: Scope.ASSIGNED},
    Act.SEE_FAMILY: dict.fromkeys((_D, _C, _T, _L, _M), Scope.ANYBODY),
    Act.SEE_CALLS: dict.fromkeys((_D, _C), Scope.SITE),
    Act.LEND_PHONE: dict.fromkeys((_D, _C), Scope.SITE),
    Act.KEEP_PHONES: {_M: Scope.SITE},
    Act.NOTE_CALLER: dict.fromkeys((_D, _C, _T), Scope.SITE),
    Act.OPEN_REQUEST: {_D: Scope.SITE, _T: Scope.SITE},
    Act.SEE_REQUESTS: {_C: Scope.ASSIGNED, _T: Scope.SITE, _L: Scope.ASSIGNED},
    Act.READ_REQUEST: {_C: Scope.ASSIGNED, _T: Scope.SITE, _L: Scope.ASSIGNED},
    Act.UPDATE_REQUEST: {_T: Scope.SITE},
    Act.DECIDE_PROPOSAL: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.RECORD_DECISION: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.RELEASE: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.OBJECT: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.HAND_OVER: {_T: Scope.SITE},
    Act.NOTE_DEATH: {_C: Scope.ASSIGNED, _T: Scope.SITE},
    Act.READ_ENQUIRIES: {_T: Scope.SITE},
    Act.IMPORT: {_M: Scope.SITE},
    Act.EXPORT: {_M: Scope.SITE},
}

# What a caseworker may read of a person whose file they opened by urgency: everything they might read if the person
# were entrusted to them. Nothing is written by urgency.
READ_BY_URGENCY = frozenset(
    {
        Act.READ_IDENTITY,
        Act.READ_CONTACT,
        Act.READ_KIN,
        Act.READ_REQUEST,
        Act.READ_EMERGENCY,
        Act.READ_PROTECTION,
        Act.READ_PAPER,
    }
)
