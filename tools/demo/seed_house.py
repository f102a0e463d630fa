"""Fill the house's own room of a fresh site: what was said, given, counted, called and asked; by its own services."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from tools.demo import shapes

from posada.accounts import queries as accounts
from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Person
from posada.people.rules.diets import Diet
from posada.people.rules.needs import Consequence, Need, NeedSaid, Said
from posada.people.rules.referring import Stands
from posada.people.services import diets, doubles, needs
from posada.shelter import services as shelter
from posada.shelter.models import Bed, CheckKind, Checkpoint, CheckRule, Item, LeaveNotice, Meal, OnwardMove, Room, Stay
from posada.shelter.models.directory import InterpreterWords, OrganisationWords
from posada.shelter.models.handed_in import HandedInWords, ObjectKind
from posada.shelter.queries import tonight as presence
from posada.shelter.rules.directory import OrganisationKind, SpokenBy
from posada.shelter.rules.house import Blocked
from posada.shelter.rules.leaving import GoesAlong
from posada.shelter.rules.vouchers import Receipt, VoucherKind
from posada.shelter.services import checkpoints, directory, door, handing_in, house, leaving, nights, referring, tonight
from posada.shelter.services import vouchers as voucher_services

TOILETS, LITRES_A_DAY = 5, 1_900
MORNING, EVENING, ROLL = time(7, 30), time(18, 30), time(21, 30)
WORK = time(8, 40)
MATS = 4
SHOWERS = 23
A_NOTICE = timedelta(days=10)
ASIDE_NEEDS = {
    "health": (Need.ILLNESS, (Consequence.LOWER_BED, Consequence.NEAR_TOILET)),
    "legal": (Need.FAMILY_UNITY, ()),
    "school": (Need.DISABILITY, (Consequence.NO_STAIRS,)),
}


class HouseSeeder:
    """Carries the keys of the world over to the residents that were made of them."""

    def __init__(
        self,
        world: shapes.World,
        *,
        persons: dict[str, Person],
        users: dict[Role, User],
        set_clock: Callable[[datetime], None],
        system: Actor,
    ) -> None:
        self.world, self.living, self.persons, self.users = world, world.living, persons, users
        self.set_clock, self.system = set_clock, system
        self.today: date = world.clock.date()

    def fill(self) -> None:
        """Everything that happened in the house until the clock starts."""
        self._at(2, MORNING)
        self._directory()
        self._places()
        self._beside()
        self._nights()
        self._said()
        self._vouchers()
        self._rolls()
        self._going_on()
        self._morning()

    def _at(self, ago: int, hour: time) -> None:
        self.set_clock(datetime.combine(self.today - timedelta(days=ago), hour, shapes.HOUSE_ZONE))

    def _actor(self, role: Role) -> Actor:
        found = accounts.actor_for(self.users[role])
        if found is None:
            raise RuntimeError("a member of staff has no role")
        return found

    def _directory(self) -> None:
        for one in self.living.organisations:
            words = OrganisationWords(
                name=one.name, kind=OrganisationKind(one.kind), helps=one.helps, phone=f"+57 399 555 {one.line}"
            )
            checked = self.today - timedelta(days=one.checked)
            directory.keep_entry(by=self.system, words=words, checked_on=min(checked, self.today - timedelta(days=2)))
        for voice in self.living.voices:
            words_of = InterpreterWords(
                name=voice.name,
                language=voice.language,
                sex=SpokenBy(voice.sex),
                phone=f"+57 399 555 {voice.line}",
                by_phone=voice.by_phone,
            )
            signed = self.today - timedelta(days=2) if voice.undertaken else None
            directory.keep_entry(by=self.system, words=words_of, undertaken_on=signed)

    def _places(self) -> None:
        """Figures of the house, mats beside the beds, beds that are not given, and where things are handed out."""
        house.set_figures(by=self.system, toilets=TOILETS, litres_a_day=LITRES_A_DAY)
        free = Bed.objects.filter(blocked="", is_mat=False).exclude(pk__in=Stay.objects.open().values("bed"))
        kept, cleaned = free.order_by("number")[0], free.order_by("-number")[0]
        house.block(by=self.system, bed=kept, why=Blocked.KEPT)
        house.block(by=self.system, bed=cleaned, why=Blocked.CLEANING)
        for name, kind, rule in (
            ("Comedor", CheckKind.MEALS, CheckRule.MEAL),
            ("Bodega", CheckKind.KITS, CheckRule.EVER),
            ("Duchas", CheckKind.SHOWERS, CheckRule.COUNTED),
            ("Correo", CheckKind.POST, CheckRule.COUNTED),
        ):
            checkpoints.keep(by=self.system, name=name, kind=kind, rule=rule)

    def _beside(self) -> None:
        """Infants with their mothers; and whose bed broke, on a mat."""
        for infant, mother in self.living.beside:
            self._at(1, EVENING)
            shelter.assign_beside(by=self.system, infant=self.persons[infant], adult=self.persons[mother])
        beds = [Bed.objects.get(stays__person=self.persons[key], stays__until_on=None) for key in self.living.on_mats]
        if not beds:
            return
        mats = house.lay_mats(by=self.system, room=Room.objects.get(pk=beds[0].room_id), count=MATS)
        for key, bed, mat in zip(self.living.on_mats, beds, mats, strict=False):
            shelter.move(by=self.system, person=self.persons[key], bed=mat)
            house.block(by=self.system, bed=bed, why=Blocked.REPAIR)

    def _nights(self) -> None:
        self._at(1, EVENING)
        for at, key in enumerate(self.living.first_night):
            person = self.persons[key]
            given = [nights.Gift(person, Item.MEAL), nights.Gift(person, Item.HYGIENE)]
            if at % 3:
                given.append(nights.Gift(person, Item.CLOTHES, ("S", "M", "L")[at % 3]))
            if at % 4:
                given += [nights.Gift(person, Item.CHARGER), nights.Gift(person, Item.SHOES, str(36 + at % 6))]
            nights.see_to(by=self.system, gifts=given)
        for key in self.living.no_meat:
            diets.write_diets(by=self.system, person=self.persons[key], diets=[Diet.NO_MEAT])
        for key in self.living.soft:
            diets.write_diets(by=self.system, person=self.persons[key], diets=[Diet.SOFT, Diet.NO_SUGAR])
        manager = self._actor(Role.SITE_MANAGER)
        if manager.user is not None:
            present = (manager.user, self.users[Role.DESK].pk)
            words = HandedInWords(ObjectKind.CUTS, self.today - timedelta(days=1), "Inspección municipal", present)
            handing_in.hand_in(by=manager, tag=1, words=words)

    def _said(self) -> None:
        """What some said of themselves, and what they let others be told."""
        worker = self._actor(Role.CASEWORKER)
        for aside in self.living.asides:
            self._at(aside.ago, WORK)
            person = self.persons[aside.person]
            need, follows = ASIDE_NEEDS[aside.kind]
            said = (NeedSaid(need, Said.YES), NeedSaid(Need.OLDER, Said.NO), NeedSaid(Need.LONE_PARENT, Said.NO))
            needs.write_needs(by=worker, person=person, answers=said, consequences=follows)
            agreed = Consent(ConsentPurpose.REFERRAL, Answer.YES, self.clock_day(aside.ago), "spoken", "es")
            people.record_consent(by=worker, person=person, answers=[agreed])
            to = next(one.name for one in self.living.organisations if one.kind == aside.kind)
            row = referring.refer_for_need(
                by=worker, person=person, yes=referring.NeedYes(to, aside.told, language="es"), days=aside.ago
            )
            for stands in aside.stands:
                last = stands == aside.stands[-1]
                words = aside.answer if last else ""
                row = referring.answer_for_need(by=worker, referral=row, stands=Stands(stands), words=words, days=2)
        self._at(1, WORK)
        one, other = (self.persons[key] for key in self.living.apart)
        door.keep_apart(by=self.system, person=one, other=other, why="No quiere dormir cerca de la otra persona.")

    def clock_day(self, ago: int) -> date:
        """The day so many days before the clock starts."""
        return self.today - timedelta(days=ago)

    def _vouchers(self) -> None:
        self._at(1, WORK)
        for kind, amount, many in ((VoucherKind.FOOD, 50_000, 20), (VoucherKind.TRANSPORT, 12_000, 10)):
            series = voucher_services.make_series(by=self.system, kind=kind, amount=amount, currency="COP", many=many)
            left = voucher_services.numbers_left(self.system, series)
            for at, key in enumerate(self.living.had_voucher[: 5 if kind is VoucherKind.FOOD else 2]):
                how = Receipt.MARK if at == 1 else Receipt.SIGNED
                voucher_services.give(by=self.system, number=left[at], person=self.persons[key], receipt=how)
        voucher_services.cancel(by=self.system, number=left[-1])

    def _rolls(self) -> None:
        """Two nights: one did not come back from the first, another not from the second."""
        gone: list[str] = []
        for ago, key in ((2, self.living.long_gone), (1, self.living.not_back)):
            self._at(ago, ROLL)
            gone.append(key)
            away = {self.persons[one].number for one in gone}
            tonight.begin_roll_call(by=self.system)
            for room in presence.rooms_tonight(self.system):
                marks = {one.number: one.number not in away for one in room.people}
                tonight.mark_room(by=self.system, room=room.place, marks=marks)
            tonight.finish_roll_call(by=self.system)

    def _going_on(self) -> None:
        self._at(1, WORK)
        notice = leaving.give_notice(
            by=self.system,
            person=self.persons[self.living.to_leave_by],
            giver=LeaveNotice.Giver.OWNER,
            given_on=self.clock_day(1),
            leave_by=self.today + A_NOTICE,
        )
        leaving.note_steps(by=self.system, notice=notice, aid_told=True, bed_asked=False, heard=False)
        elsewhere = next(one.name for one in self.living.organisations if one.kind == "lodging")
        asked, accepted = (self.persons[key] for key in self.living.onward)
        leaving.ask_move(by=self.system, person=asked, to=elsewhere, along=GoesAlong(belongings=True))
        along = GoesAlong(belongings=True, documents=True)
        move = leaving.ask_move(by=self.system, person=accepted, to=elsewhere, along=along)
        leaving.answer_move(by=self.system, move=move, answer=OnwardMove.Answer.ACCEPTED)

    def _morning(self) -> None:
        """Breakfast, showers, post, who is out today; and the desk's word that somebody may stand here twice."""
        points = {point.name: point for point in Checkpoint.objects.visible_to(self.system)}
        self._at(1, EVENING)
        for key in self.living.first_night:
            checkpoints.check_off(by=self.system, checkpoint=points["Bodega"], person=self.persons[key])
        self._at(0, MORNING)
        for key in self.living.ate:
            person = self.persons[key]
            checkpoints.check_off(by=self.system, checkpoint=points["Comedor"], person=person, meal=Meal.BREAKFAST)
        checkpoints.count(by=self.system, checkpoint=points["Duchas"], many=SHOWERS)
        for key in self.living.post:
            checkpoints.post_came(by=self.system, checkpoint=points["Correo"], person=self.persons[key])
        self._at(0, WORK)
        back_on = self.today + timedelta(days=1)
        tonight.go_out(by=self.system, person=self.persons[self.living.out], back_on=back_on)
        for one in self.world.registered:
            if one.human != one.key:
                before = self.persons[one.human]
                doubles.remember_said(by=self._actor(Role.DESK), person=self.persons[one.key], numbers=[before.number])
