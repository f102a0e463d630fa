"""What each word of the audit is called: the acts, and the reasons that stand beside them.

An act has a name ("opening a file", for lists, counts and refusals) and a sentence of what was done. `who` is a
member of staff; `whom` is a pseudonym or somebody. No name or number of a person can stand in a sentence.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.oversight.rules.act_words import ActWords
from posada.oversight.rules.asylum_words import ASYLUM_REASONS, ASYLUM_WORDS
from posada.oversight.rules.tonight_words import TONIGHT_REASONS

# Words of the audit that nobody is granted: what the program does, and what has no table of who may.
SYSTEM_WORDS: dict[str, ActWords] = {
    "accounts.create_user": ActWords(_("enrolling staff"), _("%(who)s enrolled a member of staff")),
    "accounts.roles_together": ActWords(
        _("roles that are kept apart elsewhere"), _("Roles that other houses keep apart were given to %(whom)s")
    ),
    "accounts.without_second": ActWords(
        _("setting what happens without a second person"), _("What happens when no second person agrees was set")
    ),
    "accounts.lock": ActWords(_("locking a desk"), _("%(who)s locked their desk")),
    "accounts.enter_as": ActWords(_("entering as a role"), _("%(who)s entered the demonstration")),
    "family.propose": ActWords(_("proposing a match"), _("%(who)s proposed a possible match with %(whom)s")),
    "family.page_door": ActWords(
        _("a code at the door for relatives"), _("Somebody opened a page with its code and its word")
    ),
    "family.door_flooded": ActWords(
        _("too many knocks by strangers"), _("Strangers knocked more often than is looked at in a day")
    ),
    "interop.wrong_try": ActWords(_("confirming with the password"), _("%(who)s confirmed with the password")),
    "records.keys_swept": ActWords(_("deleting keys that seal nothing"), _("Keys that seal nothing were deleted")),
    "vault.add_keyholder": ActWords(_("adding a keyholder"), _("A keyholder was added")),
    "vault.remove_keyholder": ActWords(_("removing a keyholder"), _("A keyholder was removed")),
    "vault.change_phrase": ActWords(_("changing a phrase"), _("A keyholder's phrase was changed")),
    "vault.recover": ActWords(_("opening with recovery shares"), _("A phrase was made from two recovery shares")),
    "vault.new_shares": ActWords(_("making recovery shares"), _("New recovery shares were made")),
    "vault.single_keeper": ActWords(_("single-keeper mode"), _("Single-keeper mode began")),
    "vault.two_keepers": ActWords(_("single-keeper mode"), _("Single-keeper mode ended")),
    "vault.travelled": ActWords(_("travel mode"), _("The keys left this computer for a journey, and came back")),
    "vault.keys_differ": ActWords(
        _("looking at the key file"), _("The key file was found changed, by another way than the commands")
    ),
    "vault.clock_behind": ActWords(_("looking at the clock"), _("The computer's clock was found set back")),
    "vault.clock_accepted": ActWords(_("accepting the clock"), _("The computer's clock was accepted as right")),
    "pages.look": ActWords(_("looking at a page"), _("%(who)s looked at a page")),
    "vault.unlock": ActWords(_("opening the house"), _("The house was opened with a keyholder's phrase")),
}

RECEPTION_WORDS: dict[str, ActWords] = {
    Act.SEE_PLACES: ActWords(_("the places of the house"), _("%(who)s looked at the places of the house")),
    Act.OPEN_DOOR: ActWords(_("the questions at the door"), _("%(who)s asked the questions at the door")),
    Act.CARE_CHILD: ActWords(_("caring for a child alone"), _("%(who)s noted a step for %(whom)s, a child alone")),
    Act.READ_CHILD: ActWords(_("opening a child's record"), _("%(who)s opened the child's record of %(whom)s")),
    Act.GIVE_FIRST_NIGHT: ActWords(_("the first night"), _("%(who)s noted what %(whom)s was given")),
    Act.HAND_IN_ARMS: ActWords(_("handing something to the authority"), _("%(who)s noted what went to the authority")),
    Act.CHECK_OFF: ActWords(_("a checkpoint"), _("%(who)s noted who passed a checkpoint")),
    Act.KEEP_CHECKPOINTS: ActWords(_("keeping the checkpoints"), _("%(who)s changed the checkpoints")),
    Act.CALL_ROLL: ActWords(_("the roll call"), _("%(who)s noted who is in and who is out")),
    Act.GIVE_NOTICE: ActWords(_("a notice to leave"), _("%(who)s noted a date on which %(whom)s is to leave")),
    Act.MOVE_ON: ActWords(_("moving on"), _("%(who)s noted where %(whom)s goes on to")),
    Act.ANSWER_MOVE: ActWords(_("answering another house"), _("%(who)s answered another house about a bed")),
    Act.PRINT_LISTS: ActWords(_("printing lists by number"), _("%(who)s printed a list by number")),
    Act.PRINT_FORMS: ActWords(_("numbered forms"), _("%(who)s printed numbered forms")),
    Act.WRITE_NEEDS: ActWords(_("noting needs"), _("%(who)s noted what %(whom)s needs")),
    Act.READ_NEEDS: ActWords(_("opening needs"), _("%(who)s opened what %(whom)s needs")),
    Act.REFER: ActWords(_("referring"), _("%(who)s referred %(whom)s to somebody who can help")),
    Act.ANSWER_FOR_NEED: ActWords(_("what became of a referral"), _("%(who)s noted the answer about %(whom)s")),
    Act.SEE_DIRECTORY: ActWords(_("looking at the directory"), _("%(who)s looked at the directory")),
    Act.EDIT_DIRECTORY: ActWords(_("changing the directory"), _("%(who)s changed the directory")),
    Act.GIVE_VOUCHER: ActWords(_("giving a voucher"), _("%(who)s gave a voucher by number")),
    Act.KEEP_VOUCHERS: ActWords(_("keeping the vouchers"), _("%(who)s changed the vouchers of the house")),
    Act.SEE_DOUBLES: ActWords(_("looking at possible doubles"), _("%(who)s looked at files that may be one person's")),
    Act.MERGE: ActWords(_("joining two files"), _("%(who)s joined or parted two files of %(whom)s")),
}

HOUSE_WORDS: dict[str, ActWords] = {
    Act.SIGN_IN: ActWords(_("signing in"), _("%(who)s signed in")),
    Act.SEE_STAFF: ActWords(_("looking at the staff"), _("%(who)s looked at who works here")),
    Act.MANAGE_STAFF: ActWords(_("changing staff and roles"), _("%(who)s changed who works here, or a role")),
    Act.ENTRUST: ActWords(_("entrusting a file"), _("%(who)s changed who accompanies %(whom)s")),
    Act.AGREE: ActWords(_("agreeing as the second person"), _("%(who)s decided, as the second person, on a request")),
    Act.BREAK_GLASS: ActWords(_("opening in an emergency"), _("%(who)s opened the file of %(whom)s in an emergency")),
    Act.SEE_ALARMS: ActWords(_("looking at the alarms"), _("%(who)s looked at the alarms")),
    Act.SEE_TODAY: ActWords(_("looking at Today"), _("%(who)s looked at what waits for them today")),
    Act.SEAL: ActWords(_("sealing the house"), _("%(who)s sealed the house")),
    Act.BACK_UP: ActWords(_("making a backup"), _("%(who)s made a backup, or looked at the backups")),
    Act.SCAN: ActWords(_("reading for the house's own work"), _("%(who)s read records for the house's own work")),
    Act.SEE_HOUSE: ActWords(_("looking at the beds"), _("%(who)s looked at the beds of the house")),
    Act.ASSIGN_BED: ActWords(_("changing a bed"), _("%(who)s changed the bed of %(whom)s")),
    Act.MAKE_ROOM: ActWords(_("adding a room"), _("%(who)s added a room")),
    **RECEPTION_WORDS,
    Act.IMPORT: ActWords(_("bringing a list in"), _("%(who)s worked on a list that was brought in")),
    Act.EXPORT: ActWords(_("writing a list out"), _("%(who)s wrote a list out")),
}

PEOPLE_WORDS: dict[str, ActWords] = {
    Act.REGISTER: ActWords(_("registering a person"), _("%(who)s registered %(whom)s")),
    Act.NOTE_BIRTH: ActWords(_("a birth in the house"), _("%(who)s registered %(whom)s, born in the house")),
    Act.READ_IDENTITY: ActWords(_("opening a file"), _("%(who)s opened the file of %(whom)s")),
    Act.READ_CONTACT: ActWords(_("opening how to reach somebody"), _("%(who)s opened how to reach %(whom)s")),
    Act.CORRECT: ActWords(_("correcting a file"), _("%(who)s corrected the file of %(whom)s")),
    Act.RECORD_CONSENT: ActWords(_("noting consent"), _("%(who)s noted what %(whom)s agrees to")),
    Act.SEARCH: ActWords(_("searching"), _("%(who)s searched")),
    Act.HAND_BACK: ActWords(_("handing a file back"), _("%(who)s handed back the file of %(whom)s")),
    Act.TAKE_ON: ActWords(_("taking a file on"), _("%(who)s took on the file of %(whom)s")),
    Act.READ_EMERGENCY: ActWords(_("opening an emergency sheet"), _("%(who)s opened the emergency sheet of %(whom)s")),
    Act.WRITE_EMERGENCY: ActWords(_("writing an emergency sheet"), _("%(who)s wrote the emergency sheet of %(whom)s")),
    Act.READ_PROTECTION: ActWords(_("opening what protects somebody"), _("%(who)s opened what protects %(whom)s")),
    Act.READ_PAPER: ActWords(_("opening a paper"), _("%(who)s opened a paper of %(whom)s")),
    Act.ADD_PAPER: ActWords(_("adding a paper"), _("%(who)s added a paper of %(whom)s")),
    Act.TAKE_CLAIM: ActWords(_("noting a request for one's data"), _("%(who)s noted what %(whom)s asks of their data")),
    Act.SEE_CLAIMS: ActWords(
        _("looking at requests for one's data"), _("%(who)s looked at what persons ask of their data")
    ),
    Act.ASK_ERASURE: ActWords(_("asking for an erasure"), _("%(who)s asked that %(whom)s be erased")),
    Act.CONFIRM_ERASURE: ActWords(
        _("deciding on an erasure"), _("%(who)s decided whether the file of %(whom)s is erased")
    ),
    Act.ERASE_SENTENCE: ActWords(_("erasing a sentence"), _("%(who)s erased words from the file of %(whom)s")),
    Act.REVIEW_RETENTION: ActWords(_("reviewing what is kept"), _("%(who)s reviewed what is kept and for how long")),
}

FAMILY_WORDS: dict[str, ActWords] = {
    Act.ADD_RELATIVE: ActWords(_("noting a relative"), _("%(who)s noted a relative of %(whom)s")),
    Act.READ_KIN: ActWords(_("opening the relatives"), _("%(who)s opened the relatives of %(whom)s")),
    Act.UPDATE_KIN: ActWords(_("noting news of a relative"), _("%(who)s noted news of a relative of %(whom)s")),
    Act.OPEN_REQUEST: ActWords(_("opening a tracing request"), _("%(who)s opened a tracing request for %(whom)s")),
    Act.SEE_REQUESTS: ActWords(
        _("looking at the list of tracing requests"), _("%(who)s looked at the list of tracing requests")
    ),
    Act.READ_REQUEST: ActWords(_("reading a tracing request"), _("%(who)s read a tracing request about %(whom)s")),
    Act.UPDATE_REQUEST: ActWords(
        _("changing a tracing request"), _("%(who)s changed a tracing request about %(whom)s")
    ),
    Act.DECIDE_PROPOSAL: ActWords(
        _("comparing a possible match"), _("%(who)s compared or decided a possible match with %(whom)s")
    ),
    Act.RECORD_DECISION: ActWords(_("noting a person's decision"), _("%(who)s noted what %(whom)s decided")),
    Act.FREEZE: ActWords(
        _("freezing a family"), _("%(who)s let everything towards the family of %(whom)s stand still")
    ),
    Act.LIFT_FREEZE: ActWords(_("lifting the freeze"), _("%(who)s lifted the freeze of the whole house")),
    Act.WRITE_MESSAGE: ActWords(_("writing a message"), _("%(who)s wrote down a message of %(whom)s")),
    Act.SEND_MESSAGE: ActWords(_("sending a message"), _("%(who)s noted the way of a message of %(whom)s")),
    Act.OPEN_PAGE: ActWords(
        _("a page for a relative"), _("%(who)s prepared or closed a page for a relative of %(whom)s")
    ),
    Act.NOTE_HARM: ActWords(_("noting harm"), _("%(who)s noted harm to a relative of %(whom)s")),
    Act.READ_HARM: ActWords(_("opening a note of harm"), _("%(who)s opened what happened to a relative of %(whom)s")),
    Act.ANSWER_REFERRAL: ActWords(
        _("answering a referral"), _("%(who)s noted what became of a referral about a relative of %(whom)s")
    ),
    Act.SEE_FAMILY: ActWords(_("the family's places"), _("%(who)s looked at the family's places")),
    Act.SEE_CALLS: ActWords(_("looking at the calls"), _("%(who)s looked at telephones and calls")),
    Act.LEND_PHONE: ActWords(_("lending a telephone"), _("%(who)s lent a telephone or gave a call's hour to %(whom)s")),
    Act.KEEP_PHONES: ActWords(_("keeping the telephones"), _("%(who)s changed the telephones of the house")),
    Act.NOTE_CALLER: ActWords(_("false callers"), _("%(who)s wrote to the log of false callers, or read it")),
    Act.RELEASE: ActWords(_("telling what was decided"), _("%(who)s carried out what %(whom)s decided")),
    Act.OBJECT: ActWords(_("an objection to being sought"), _("%(who)s noted that %(whom)s objects to a search")),
    Act.HAND_OVER: ActWords(_("handing a request over"), _("%(who)s handed a request over to another service")),
    Act.NOTE_DEATH: ActWords(_("news of a death"), _("%(who)s noted news of a death, or what became of it")),
    Act.READ_ENQUIRIES: ActWords(_("reading enquiries"), _("%(who)s read enquiries from outside")),
}

OVERSIGHT_WORDS: dict[str, ActWords] = {
    Act.READ_OWN_TRAIL: ActWords(_("looking at one's own acts"), _("%(who)s looked at what they did themselves")),
    Act.READ_FILE_TRAIL: ActWords(_("looking at who saw a file"), _("%(who)s looked at who saw the file of %(whom)s")),
    Act.READ_SUMMARY: ActWords(_("looking at the summary"), _("%(who)s looked at the counts of acts by day")),
    Act.READ_TRAIL: ActWords(_("auditing"), _("%(who)s looked at who did what")),
    Act.REVIEW_ACCESS: ActWords(_("reviewing somebody's access"), _("%(who)s reviewed the access of %(whom)s")),
    Act.PRINT_EVACUATION: ActWords(_("making the evacuation list"), _("%(who)s made the evacuation list")),
    Act.PRINT_SHIFT_SHEET: ActWords(_("printing the shift sheet"), _("%(who)s made the shift sheet to print")),
}

ACCOUNT_WORDS: dict[str, ActWords] = {
    "accounts.authenticator": ActWords(_("a new authenticator"), _("%(who)s took a new authenticator")),
    "accounts.change_password": ActWords(_("changing one's password"), _("%(who)s changed their password")),
    "accounts.enrol": ActWords(_("finishing one's enrolment"), _("%(who)s finished their enrolment")),
    "accounts.password_again": ActWords(
        _("giving the password again"), _("%(who)s gave their password again for an act that asks for it")
    ),
    "accounts.recovery_codes": ActWords(_("new recovery codes"), _("%(who)s took new recovery codes")),
    "accounts.sign_out_everywhere": ActWords(
        _("signing out everywhere"), _("The sessions of %(who)s were ended at every desk")
    ),
    "accounts.slip": ActWords(_("using an enrolment slip"), _("%(who)s used their enrolment slip")),
    "approvals.ask": ActWords(_("asking for a second person"), _("%(who)s asked for a second person to agree")),
    "approvals.stop": ActWords(_("stopping what waits for a second person"), _("%(who)s stopped what was asked for")),
    "approvals.use": ActWords(
        _("carrying out what a second person agreed to"), _("%(who)s carried out what two persons decide")
    ),
    "approvals.wrong_code": ActWords(_("a one-time code"), _("%(who)s gave a one-time code")),
    "alarms.raised": ActWords(_("an alarm"), _("An alarm was raised about what %(who)s did")),
    "alarms.answered": ActWords(_("answering an alarm"), _("%(who)s answered an alarm")),
    "alarms.reviewed": ActWords(
        _("looking at an emergency opening afterwards"), _("%(who)s looked at an emergency opening of %(whom)s")
    ),
}

ACT_WORDS: dict[str, ActWords] = {
    **HOUSE_WORDS,
    **PEOPLE_WORDS,
    **FAMILY_WORDS,
    **OVERSIGHT_WORDS,
    **SYSTEM_WORDS,
    **ACCOUNT_WORDS,
    **ASYLUM_WORDS,
}

# What ended otherwise than done or refused, where "found nothing" would be the wrong word.
NOTHING_WORDS: dict[str, Any] = {
    Act.REGISTER: _("%(who)s left forms of registration with advice open and did not save them"),
}

# The fixed words beside an act that say more of it. One that does not stand here is shown as it is.
REASON_WORDS: dict[str, Any] = {
    **TONIGHT_REASONS,
    **ASYLUM_REASONS,
    "taken_back": _("a decision was taken back"),
    "no_longer": _("the proposal no longer held"),
    "abandoned": _("never saved"),
    "advice": _("advice while registering"),
    "agreed": _("a second person agreed"),
    "elsewhere": _("a second person agreed from elsewhere"),
    "answer": _("the answer to who asks"),
    "army": _("an army"),
    "asked": _("it was asked for"),
    "authority": _("an authority"),
    "backup": _("a backup"),
    "board": _("the board"),
    "bed": _("one bed"),
    "card": _("a masked card"),
    "as_kept": _("as it was printed"),
    "broken": _("broken"),
    "other": _("not as it was printed"),
    "short": _("entries are missing"),
    "whole": _("no break"),
    "chain": _("the chain was verified"),
    "child": _("a child alone"),
    "compare": _("to compare"),
    "danger": _("danger"),
    "duty": _("a law asks for it"),
    "employer": _("an employer"),
    "enquiry": _("an enquiry that is not answered"),
    "enrol": _("a one-time code"),
    "erased": _("erased"),
    "erasure": _("an erasure"),
    "family": _("the family"),
    "confirm": _("confirmed"),
    "correct": _("to correct"),
    "dismiss": _("dismissed"),
    "export": _("to write out"),
    "figures": _("for counts"),
    "follow_up": _("to follow up"),
    "form": _("the form was opened"),
    "handover": _("to hand over"),
    "house": _("the whole house"),
    "lift": _("lifted again"),
    "history": _("the history"),
    "kitchen": _("for how many is cooked"),
    "household": _("the household"),
    "household_member": _("somebody of the household"),
    "ill": _("hurt or ill"),
    "import": _("a list"),
    "idle": _("nobody was at any desk"),
    "index": _("for the search index"),
    "evacuation": _("for the evacuation list"),
    "count": _("to count who agreed"),
    "leave": _("left the house"),
    "list": _("the list"),
    "media": _("the press"),
    "mistake": _("a mistake"),
    "name": _("by name"),
    "needed": _("still needed"),
    "over": _("no longer needed"),
    "paper": _("a paper"),
    "person": _("the whole file"),
    "police": _("the police"),
    "number": _("by number"),
    "preview": _("looked at before deciding"),
    "print": _("to print"),
    "presence": _("the presence list"),
    "meals": _("the meal list"),
    "burnt": _("burnt"),
    "shredded": _("shredded"),
    "not_printed": _("looked at, not printed"),
    "in_use": _("still in use"),
    "for_counts": _("kept to be typed in"),
    "typed_in": _("typed in"),
    "spoiled": _("spoiled"),
    "quarantine": _("waits for a decision"),
    "quota": _("the quota was reached"),
    "refused": "",
    "renew": _("renewed"),
    "close": _("closed"),
    "report": _("the report"),
    "review": _("access"),
    "authenticator": _("with the authenticator"),
    "recovery_code": _("with a recovery code"),
    "referred": _("referred with consent"),
    "withdrawn": _("the consent was withdrawn"),
    "callers": _("the log"),
    "poster": _("the warning to hang up"),
    "expired": _("past its time"),
    "press": _("the press file"),
    "news": _("news"),
    "told": _("told by a person"),
    "relative": _("a relative's card"),
    "release": _("what a found person allowed"),
    "word": _("the word of who asked"),
    "words": _("the words to tell"),
    "contact": _("contact was made"),
    "request": _("a tracing request"),
    "saved": _("saved for the next time"),
    "shell": _("at the shell"),
    "shown": _("shown again"),
    "single_keeper": _("by the single keeper"),
    "staff": _("staff"),
    "state": _("a public office"),
    "step": _("the next step"),
    "waited": _("after waiting a day"),
    "waited_in_doubt": _("after waiting a day, the clock in doubt"),
    "same_person": _("recognised as the same person"),
    "system": _("by the house"),
    "two_phrases": _("with the phrases of two keyholders"),
    "tracing": _("for tracing"),
    "trail": _("the list of acts"),
    "unchanged": _("nothing was changed"),
    "unusual": _("unusual reading"),
    "head": _("the twelve words"),
    "view": "",
    "prepare": _("prepared"),
    "open": _("a request was made of it"),
    "page": _("the page"),
    "closed": _("closed"),
    "tries": _("after five wrong words"),
    "fishing": _("it looks like fishing"),
    "notfam": _("not family"),
    "no_way": _("no safe way to reach them"),
    "unclear": _("it cannot be understood"),
    "ask": _("the form from outside"),
    "wait": _("it waits a day"),
    "refuse": _("it stays refused"),
    "add": _("a new tag"),
    "away": _("taken out of use"),
    "back": _("it came back"),
    "birth": _("born in the house"),
    "card_printed": _("the card, to print"),
    "card_lost": _("the card was lost"),
    "door": _("at the door"),
    "kept_apart": _("two persons kept apart"),
    "apart_ended": _("no longer kept apart"),
    "night_page": _("the night's page"),
    "draft_discarded": _("a form that was begun was discarded"),
    "perhaps_twice": _("perhaps registered twice"),
    "merged": _("two files were put together"),
    "undone": _("two files were taken apart"),
    "pair_differ": _("two persons"),
    "pair_later": _("not decided yet"),
    "night": _("the nightly look"),
    "charge": _("taken to charge"),
    "cleared": _("the last number was erased"),
    "collect": _("a charged telephone was given back"),
    "first_call": _("the first call home"),
    "lend": _("lent"),
    "lost": _("lost"),
    "out": _("what is lent"),
    "ready": _("in use again"),
    "slot": _("a call slot"),
    "slot_mark": _("how a call slot went"),
    "slot_off": _("a call slot was called off"),
    "write": _("to write"),
    "handed": _("it left the house"),
    "on_paper": _("on paper"),
    "as_file": _("as a file"),
    "answered": _("what the other service answered"),
    "accepted": _("accepted"),
    "done": _("done"),
    "stopped": _("the yes was taken back"),
}
