"""What waits for somebody today, in order: silences and calls, searches to compare, people without a bed, consents,
and last what needs two persons.

Nothing here opens a file: the lines carry numbers and what a clear column says.
"""

from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.accounts.acts import Act
from posada.accounts.approvals.queries import agreed_unseen, asked_by, standing, to_agree
from posada.accounts.permissions import Actor
from posada.desk import auditing, following, helping, keeping, legal, lodging, papers, strangers
from posada.desk.agreeing import title_of
from posada.desk.arriving import children_alone, first_nights
from posada.family import queries as family
from posada.family.queries import colleagues, worklist
from posada.family.queries.calls import without_first_call
from posada.family.queries.harm import referrals_to
from posada.family.queries.relatives import SilentCard, seen_by_nobody
from posada.family.rules.calling import Why
from posada.family.rules.harm import Stands
from posada.family.rules.silence import Urgency
from posada.family.services import renew_stretches
from posada.ground import clock
from posada.people import queries as people
from posada.records import notices, safekeeping, urgency
from posada.shelter import queries as shelter
from posada.ui.parts import Act as Press
from posada.ui.parts import Badge, Count, Task

MOST_OF_A_KIND = 8


def counts_for(actor: Actor) -> list[Count]:
    """The line of counts above."""
    counts = []
    if actor.may(Act.SEE_HOUSE):
        board = reverse("shelter:board")
        counts.append(Count(shelter.people_in_house(actor), _("in the house tonight"), board))
        counts.append(Count(shelter.free_beds(actor).count(), _("free beds"), board))
    if not helping.only_helps(actor):
        counts.append(Count(people.registered_today(actor).count(), _("registered today")))
    if actor.may(Act.DECIDE_PROPOSAL):
        counts.append(
            Count(family.proposals_waiting(actor), _("possible matches to decide"), reverse("family:requests"))
        )
    if actor.may(Act.BACK_UP) and (days := safekeeping.days_old()) is not None:
        counts.append(Count(days, _("days since the last good backup"), reverse("desk:backup")))
    return counts


def tasks_for(actor: Actor) -> list[Task]:
    """Everything that waits for this user."""
    tasks = [task for act, lines in _WAITING if act is None or actor.may(act) for task in lines(actor)]
    return [tasks[0], *(replace(task, act=replace(task.act, look="plain")) for task in tasks[1:])] if tasks else []


def _alarms(actor: Actor) -> list[Task]:
    """Alarms and urgent readings that wait for a word: how many, never about whom."""
    page = Press(_("Look at it"), reverse("desk:alarms"), look="main")
    tasks = []
    alarms = notices.waiting(actor).count()
    if alarms:
        title = ngettext("%(count)d alarm", "%(count)d alarms", alarms) % {"count": alarms}
        line = _("Something unusual was done, or a file was opened by urgency.")
        tasks.append(Task(title, line, Badge(_("alarm"), "danger"), page))
    readings = len(urgency.to_review(actor))
    if readings:
        title = ngettext("%(count)d urgent reading to look at", "%(count)d urgent readings to look at", readings)
        line = _("Was it right? Ask whoever read it; no file is opened for this.")
        tasks.append(Task(title % {"count": readings}, line, Badge(_("urgent"), "wait"), page))
    return tasks


def _silences(actor: Actor) -> list[Task]:
    renew_stretches(actor)
    now = clock.now()
    rows = family.silences(actor, now)
    # What is past its time, or planned for today, is never cut off; what only comes near may wait its turn.
    near = [row for row in rows if not row.is_past and not row.step_due][:MOST_OF_A_KIND]
    return [
        Task(
            title=_title_of_silence(row),
            line=" · ".join(
                filter(None, (_("Resident %(number)d") % {"number": row.number}, row.words, row.calling(now)))
            ),
            badge=_badge_of_silence(row),
            act=Press(_("Open"), reverse("family:relatives", args=[row.number]), look="main"),
        )
        for row in rows
        if row.is_past or row.step_due or row in near
    ]


def _title_of_silence(row: SilentCard) -> str:
    if row.silence.urgency is Urgency.WORRYING:
        return _("Something worries about a relative")
    if row.is_past:
        return _("No news of a relative for longer than agreed")
    return _("A call home is due") if row.silence.urgency is Urgency.DUE else _("A step planned for a relative")


def _badge_of_silence(row: SilentCard) -> Badge:
    if row.reach.why is Why.FROZEN:
        return Badge(_("frozen"), "note")
    if row.silence.urgency is Urgency.WORRYING:
        return Badge(_("worrying"), "danger")
    return Badge(_("silence"), "danger") if row.is_past else Badge(_("call"), "wait")


def _frozen(actor: Actor) -> list[Task]:
    """While the whole house stands still towards families, everybody who could have pressed it sees so."""
    if not actor.may(Act.FREEZE) or not family.house_is_frozen(actor.site):
        return []
    return [
        Task(
            title=_("Everything towards families is frozen"),
            line=_("No call, message, page or release goes out."),
            badge=Badge(_("frozen"), "note"),
            act=Press(_("Look at it"), reverse("family:freezing"), look="main"),
        )
    ]


def _messages(actor: Actor) -> list[Task]:
    """Replies to be told, messages that may go now, and how many never arrived. By number; no words are opened."""
    rows = family.waiting_messages(actor, clock.now())
    replies = [row for row in rows if row.is_reply]
    to_send = [row for row in rows if row.may_now is not False and not row.is_old and not row.is_reply]
    shown = [(row, _("A reply waits to be told"), Badge(_("reply"), "wait")) for row in replies]
    shown += [(row, _("A message waits to be sent"), Badge(_("message"), "note")) for row in to_send]
    tasks = [
        Task(
            title=title,
            line=_("Resident %(number)d · message %(message)d") % {"number": row.number, "message": row.row.number},
            badge=badge,
            act=Press(_("Open"), reverse("family:message", args=[row.row.pk]), look="main"),
        )
        for row, title, badge in shown[:MOST_OF_A_KIND]
    ]
    old = sum(row.is_old for row in rows)
    if old:
        title = ngettext("%(count)d message did not arrive", "%(count)d messages did not arrive", old) % {"count": old}
        line = _("For too long: try again, or give it up and delete its words.")
        page = Press(_("Look"), reverse("family:messages"), look="main")
        tasks.append(Task(title, line, Badge(_("message"), "wait"), page))
    return tasks


def _proposals(actor: Actor) -> list[Task]:
    return [
        Task(
            title=_("Somebody is looking for a person who may be here"),
            line=" · ".join([_("Request %(number)d") % {"number": row.proposal.number}, *row.place.reasons]),
            badge=Badge(row.proposal.band_words, "wait"),
            act=Press(_("Compare"), reverse("family:proposal", args=[row.proposal.pk]), look="main"),
        )
        for row in worklist.work_list(actor)[:MOST_OF_A_KIND]
    ]


def _opinions(actor: Actor) -> list[Task]:
    """What colleagues ask this user, and what they answered: request numbers, no names and no words."""
    asked = [
        Task(
            title=_("A colleague asks for your opinion on a possible match"),
            line=_("Request %(number)d") % {"number": row.proposal.number},
            badge=Badge(_("opinion"), "wait"),
            act=Press(_("Answer"), reverse("family:opinion", args=[row.proposal_id]), look="main"),
        )
        for row in colleagues.asked_of_me(actor)[:MOST_OF_A_KIND]
    ]
    answered = [
        Task(
            title=_("A colleague answered you"),
            line=_("Request %(number)d") % {"number": row.proposal.number},
            badge=Badge(_("opinion"), "note"),
            act=Press(_("Read it"), reverse("family:proposal", args=[row.proposal_id]), look="main"),
        )
        for row in colleagues.answered_to_me(actor)[:MOST_OF_A_KIND]
    ]
    return asked + answered


def _referred(actor: Actor) -> list[Task]:
    """What a resident let this very lawyer be told, and was not answered yet: how many, no words."""
    count = sum(row.to_id == actor.user and row.stands is Stands.ASKED for row in referrals_to(actor))
    if not count or actor.user is None:
        return []
    title = ngettext("%(count)d referral waits for your answer", "%(count)d referrals wait for your answer", count)
    line = _("A resident let you be told what happened to a relative: accept or refuse.")
    page = Press(_("Open the list"), reverse("family:referrals"), look="main")
    return [Task(title % {"count": count}, line, Badge(_("referral"), "wait"), page)]


def _to_tell(actor: Actor) -> list[Task]:
    """Releases that a person tells, found persons to ask, words of who asked to hear: how many, never of whom."""
    if not actor.may(Act.RELEASE):
        return []
    page = Press(_("Open the list"), reverse("family:to_tell"), look="main")
    tasks = []
    if count := family.to_tell(actor).count():
        title = ngettext("%(count)d thing to tell", "%(count)d things to tell", count)
        line = _("A found person allowed it and two agreed. A person tells it, at a safe hour.")
        tasks.append(Task(title % {"count": count}, line, Badge(_("to tell"), "wait"), page))
    if count := family.to_ask(actor).count():
        title = ngettext(
            "%(count)d found person to ask, in private", "%(count)d found persons to ask, in private", count
        )
        line = _("Alone, on a screen turned to them. Until then who asks learns nothing.")
        tasks.append(Task(title % {"count": count}, line, Badge(_("to ask"), "note"), page))
    if count := len(family.words_due(actor)):
        title = ngettext("%(count)d request in contact", "%(count)d requests in contact", count)
        line = _("Ask the one who asked whether they need us any longer. Only they say so.")
        tasks.append(Task(title % {"count": count}, line, Badge(_("after"), "note"), page))
    return tasks


def _ending(actor: Actor) -> list[Task]:
    """Requests that end within two weeks or have ended: numbers and days alone."""
    rows = family.ends_soon(actor)[:MOST_OF_A_KIND]
    return [
        Task(
            title=_("A tracing request has ended: renew it, or it is wiped")
            if row.expires_on < clock.today()
            else _("A tracing request ends soon: ask the one who asks"),
            line=_("Request %(number)d · %(day)s")
            % {"number": row.number, "day": date_format(row.expires_on, "DATE_FORMAT")},
            badge=Badge(_("ends"), "wait"),
            act=Press(_("Open"), reverse("family:renew_request", args=[row.number]), look="main"),
        )
        for row in rows
    ]


def _without_bed(actor: Actor) -> list[Task]:
    rows = shelter.arrivals_without_bed(actor)[:MOST_OF_A_KIND]
    return [
        Task(
            title=_("A person without a bed"),
            line=_("Number %(number)d · registered %(day)s")
            % {
                "number": row.number,
                "day": _("today") if row.registered_on == clock.today() else _("earlier"),
            },
            badge=Badge(_("no bed"), "wait"),
            act=Press(_("Assign bed"), reverse("shelter:assign", args=[row.number]), look="main"),
        )
        for row in rows
    ]


def _first_calls(actor: Actor) -> list[Task]:
    """Who arrived today and was not offered the call home: it belongs to the first night."""
    rows = without_first_call(actor)
    if not rows:
        return []
    return [
        Task(
            title=ngettext(
                "%(count)d person was not offered the first call home",
                "%(count)d persons were not offered the first call home",
                len(rows),
            )
            % {"count": len(rows)},
            line=_("Arrived today. Not wanting to call is a fine answer. First: number %(number)d.")
            % {"number": rows[0].number},
            badge=Badge(_("call"), "wait"),
            act=Press(_("Offer it"), reverse("family:first_call", args=[rows[0].number]), look="main"),
        )
    ]


def _consents(actor: Actor) -> list[Task]:
    rows = [row for row in people.consent_due(actor)[:200] if people.may(actor, Act.RECORD_CONSENT, row)]
    if not rows:
        return []
    return [
        Task(
            title=ngettext(
                "%(count)d person is still to be asked in private",
                "%(count)d persons are still to be asked in private",
                len(rows),
            )
            % {"count": len(rows)},
            line=_("Within 48 hours of arrival, never in front of the queue. First: number %(number)d.")
            % {"number": rows[0].number},
            badge=Badge(_("consent"), "note"),
            act=Press(_("Ask"), reverse("people:consent", args=[rows[0].number]), look="main"),
        )
    ]


def _approvals(actor: Actor) -> list[Task]:
    """What was agreed to in my name by a code, what waits for my agreement, what I asked for and may do now."""
    page = reverse("desk:approvals")
    rows = [
        (_("Agreed to in your name, by a code: was it you?"), Badge(_("check"), "danger"), page, title_of(row))
        for row in agreed_unseen(actor)
    ]
    for row in to_agree(actor):
        where = reverse("desk:approval", args=[row.pk])
        rows.append((_("A second person is asked to agree"), Badge(_("for two"), "wait"), where, title_of(row)))
    for row in asked_by(actor):
        if standing(row).is_ready:
            where = reverse("desk:approval", args=[row.pk])
            rows.append((_("What you asked for may be done now"), Badge(_("for two"), "good"), where, title_of(row)))
    return [
        Task(title=title, line=line, badge=badge, act=Press(_("Look at it"), url, look="main"))
        for title, badge, url, line in rows[:MOST_OF_A_KIND]
    ]


def _unseen(actor: Actor) -> list[Task]:
    """Silences of relatives that stand on nobody's Today, for whoever entrusts files: by number alone."""
    rows = seen_by_nobody(actor, clock.now())
    if not rows:
        return []
    title = ngettext(
        "The relatives of %(count)d resident are watched by nobody",
        "The relatives of %(count)d residents are watched by nobody",
        len(rows),
    )
    return [
        Task(
            title=title % {"count": len(rows)},
            line=_("Something worries or was silent too long. Entrust the file now. First: number %(number)d.")
            % {"number": rows[0]},
            badge=Badge(_("silence"), "danger"),
            act=Press(_("Entrust"), f"{reverse('people:entrust')}?number={rows[0]}"),
        )
    ]


def _left_alone(actor: Actor) -> list[Task]:
    files = people.left_alone(actor) if actor.may(Act.ENTRUST) else 0
    if not files:
        return []
    title = ngettext("%(count)d file is without a caseworker", "%(count)d files are without a caseworker", files)
    return [
        Task(
            title=title % {"count": files},
            line=_("Somebody held it before and holds it no more."),
            badge=Badge(_("entrust"), "wait"),
            act=Press(_("Entrust"), reverse("people:entrust"), look="main"),
        )
    ]


# In the order in which they stand; without an act, the lines choose for themselves.
_WAITING: tuple[tuple[Act | None, Callable[[Actor], list[Task]]], ...] = (
    (Act.SEE_ALARMS, _alarms),
    (None, _frozen),
    (Act.PRINT_EVACUATION, papers.printed_lists),
    (Act.SEE_CASES, legal.reminders),
    (Act.ENTRUST, legal.without_lawyer),
    (Act.TAKE_ON_GUIDE, legal.guide_changes),
    (Act.READ_KIN, _silences),
    (Act.READ_KIN, _messages),
    (Act.DECIDE_PROPOSAL, _opinions),
    (Act.DECIDE_PROPOSAL, _proposals),
    (Act.ANSWER_REFERRAL, _referred),
    (Act.ANSWER_FOR_NEED, following.tasks_for),
    (None, _to_tell),
    (None, _ending),
    (Act.OPEN_DOOR, following.begun),
    (Act.CARE_CHILD, children_alone),
    (Act.ASSIGN_BED, _without_bed),
    (None, lodging.tasks_for),
    (Act.CHECK_OFF, helping.tasks_for),
    (None, _first_calls),
    (Act.GIVE_FIRST_NIGHT, first_nights),
    (Act.RECORD_CONSENT, _consents),
    (None, strangers.tasks_for),
    (None, _unseen),
    (Act.ADD_PAPER, papers.documents_ending),
    (None, _left_alone),
    (None, keeping.tasks_for),
    (None, auditing.tasks_for),
    (Act.AGREE, _approvals),
    (Act.BACK_UP, keeping.backup),
)
