"""Deadlines worked out by hand from a paper calendar, before any code ran: each row says how it was counted.

The public holidays in the rows come from general knowledge of each country's laws, not from the package. Where the two
differ: Colombia's ninth of July (Ley 2578 of 1 June 2026) is newer than that knowledge; the package has it, and pages
that name the law confirm it. Mexico's law of administrative procedure lists 5 February, 21 March and 20 November, the
package the Mondays on which offices close; regions of Spain and orders that close one office stand in no calendar.
Each of these can only make a time end later than written here.
"""

from datetime import date, time
from typing import NamedTuple

from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import Confidence, OnWhom, Standing, Term, Unit

ZONES = {
    "CO": "America/Bogota", "EC": "America/Guayaquil", "MX": "America/Mexico_City", "BR": "America/Sao_Paulo",
    "CL": "America/Santiago", "PE": "America/Lima", "ES": "Europe/Madrid", "US": "America/New_York",
}  # fmt: skip
H, W, C, M, Y = Unit.HOUR, Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.CALENDAR_MONTH, Unit.YEAR
D1067 = "Decreto 1067/2015 art. "


def term(
    rule: str, value: int, unit: Unit, article: str, confidence: Confidence = Confidence.A, *, paper: bool = False
) -> Term:
    """A rule's time for the table."""
    return Term(
        rule=rule, value=value, unit=unit, anchor="entry", on_whom=OnWhom.APPLICANT, article=article,
        confidence=confidence, standing=Standing.IN_FORCE_TO_CONFIRM, paper=paper,
    )  # fmt: skip


CO_APPLY = term("CO-ASY-020", 2, M, D1067 + "2.2.3.1.6.1")
CO_RATIFY = term("CO-ASY-011", 5, W, D1067 + "2.2.3.1.3.2")
CO_ADMIT = term("CO-ASY-030", 30, W, D1067 + "2.2.3.1.1.7", Confidence.C)
CO_APPEAL = term("CO-ASY-070", 10, W, D1067 + "2.2.3.1.6.11; Ley 1437/2011 art. 76")
CO_SC2 = term("CO-ASY-041", 180, C, D1067 + "2.2.3.1.4.1 (Decreto 1016/2020 art. 2)", paper=True)
CO_SC2_OLD = term("CO-ASY-041", 90, C, D1067 + "2.2.3.1.4.1 (before Decreto 1016/2020)", paper=True)
CO_LEAVE = term("CO-ASY-080", 30, C, D1067 + "2.2.3.1.6.14", paper=True)
CO_REOPEN = term("CO-ASY-050", 1, M, D1067 + "2.2.3.1.5.1")
CO_FORWARD = term("CO-ASY-010", 24, H, D1067 + "2.2.3.1.3.2")
CO_HELD = term("CO-RISK-HELD", 36, H, D1067 + "2.2.1.13.3.2")
CO_STATELESS = term("CO-OPT-STATELESS", 18, M, "Ley 2136/2021 arts. 65-67")
EC_APPLY = term("EC-ASY-DEADLINE", 90, C, "Ley Orgánica de Movilidad Humana arts. 98-115", Confidence.B)
EC_VISA = term("EC-ASY-VISA", 180, C, "Ley Orgánica de Movilidad Humana arts. 98-115", Confidence.B, paper=True)
MX_APPLY = term("MX-ASY-DEADLINE", 30, W, "Ley sobre Refugiados, Protección Complementaria y Asilo Político")
MX_DECIDE = term("MX-ASY-DECISION", 45, W, "Ley sobre Refugiados, Protección Complementaria y Asilo Político")
MX_RATIFY = term("MX-ASY-RATIFY", 3, W, "Reglamento de la Ley sobre Refugiados art. 20")
CL_APPLY = term("CL-ASY-DEADLINE", 7, W, "Ley 20.430, as amended by Ley 21.655")
CL_CORRECT = term("CL-ASY-CORRECT", 15, W, "Ley 20.430, as amended by Ley 21.655")
ES_APPLY = term("ES-ASY-DEADLINE", 1, M, "Ley 12/2009", Confidence.C)
US_APPLY = term("US-ASY-DEADLINE", 1, Y, "INA 208(a)(2)(B)", Confidence.C)
PE_APPLY = term("PE-ASY-DEADLINE", 30, C, "Ley 27891; DS 119-2003-RE", Confidence.D)
BR_PROTOCOL = term("BR-ASY-PROTOCOL", 1, Y, "Lei 9.474/1997", paper=True)


class Row(NamedTuple):
    """A deadline worked by hand: `last` is the day to act on, `possible` the latest that may still count."""

    name: str
    country: str
    term: Term
    start: str
    last: str
    possible: str
    how: str
    skipped: tuple[str, ...] = ()
    hour: time | None = None

    @property
    def known(self) -> Known:
        """The date from which it runs."""
        return Known.on(date.fromisoformat(self.start), self.hour) if len(self.start) == 10 else Known.read(self.start)


ROWS = (
    # Colombia, months: the same number; no such number, the last day; closed that day, perhaps the next open one.
    Row("co-months-saturday", "CO", CO_APPLY, "2026-01-14", "2026-03-14", "2026-03-16",
        "14 Jan, 14 Feb, 14 Mar: a Saturday; the Monday is the 16th and no holiday"),
    Row("co-months-short-february", "CO", CO_APPLY, "2025-12-31", "2026-02-28", "2026-03-02",
        "31 Jan, then February of 2026 ends on the 28th, a Saturday; Monday 2 March"),
    Row("co-months-leap-february", "CO", CO_APPLY, "2027-12-31", "2028-02-29", "2028-02-29",
        "31 Jan, then February of 2028 ends on the 29th, a Tuesday"),
    Row("co-months-from-the-30th", "CO", CO_APPLY, "2026-04-30", "2026-06-30", "2026-06-30",
        "30 May, 30 June: the same number and not the last of May; a Tuesday"),
    Row("co-months-to-a-short-month", "CO", CO_APPLY, "2026-07-31", "2026-09-30", "2026-09-30",
        "31 Aug, and September has 30 days: Wednesday the 30th"),
    Row("co-months-on-a-holiday", "CO", CO_APPLY, "2026-08-12", "2026-10-12", "2026-10-13",
        "12 Sep, 12 Oct: a Monday, the day of 12 October; Tuesday the 13th"),
    Row("co-months-emiliani-monday", "CO", CO_APPLY, "2026-09-02", "2026-11-02", "2026-11-03",
        "2 Oct, 2 Nov: a Monday, All Saints kept on it (the 1st is a Sunday); Tuesday the 3rd"),
    Row("co-reopen-month-end", "CO", CO_REOPEN, "2026-01-31", "2026-02-28", "2026-03-02",
        "no 31 February: the 28th, a Saturday; Monday 2 March"),
    Row("co-stateless-18-months-leap", "CO", CO_STATELESS, "2026-08-31", "2028-02-29", "2028-02-29",
        "a year to 31 Aug 2027, six months to February 2028, which ends on Tuesday the 29th"),
    # Colombia, working days.
    Row("co-5-plain-week", "CO", CO_RATIFY, "2026-10-23", "2026-10-30", "2026-10-30",
        "Friday; Mon 26 is 1, Tue 2, Wed 3, Thu 4, Fri 30 is 5"),
    Row("co-5-all-saints-monday", "CO", CO_RATIFY, "2026-10-30", "2026-11-09", "2026-11-09",
        "Friday; Mon 2 Nov holiday; Tue 3 is 1, Wed 2, Thu 3, Fri 6 is 4, Mon 9 is 5", ("2026-11-02",)),
    Row("co-5-holy-week", "CO", CO_RATIFY, "2026-03-27", "2026-04-07", "2026-04-07",
        "Friday; Mon 30 is 1, Tue 2, Wed 1 Apr is 3; Thu 2 and Fri 3 holy; Mon 6 is 4, Tue 7 is 5",
        ("2026-04-02", "2026-04-03")),
    Row("co-10-cartagena-monday", "CO", CO_APPEAL, "2026-11-05", "2026-11-20", "2026-11-20",
        "Thursday; Fri 6 is 1, Mon 9 to Fri 13 are 2 to 6, Mon 16 holiday, Tue 17 to Fri 20 are 7 to 10",
        ("2026-11-16",)),
    Row("co-10-two-july-holidays", "CO", CO_APPEAL, "2026-07-10", "2026-07-28", "2026-07-28",
        "Friday; Mon 13 holiday (new in 2026), 14 to 17 are 1 to 4, Mon 20 holiday, 21 to 24 are 5 to 8, 27, 28",
        ("2026-07-13", "2026-07-20")),
    Row("co-10-july-a-year-before", "CO", CO_APPEAL, "2025-07-10", "2025-07-24", "2025-07-24",
        "Thursday; Fri 11 is 1, 14 to 18 are 2 to 6 (no holiday then), the 20th is a Sunday and not moved, 21 to 24"),
    Row("co-10-christmas-new-year", "CO", CO_APPEAL, "2026-12-18", "2027-01-05", "2027-01-05",
        "Friday; 21 to 24 are 1 to 4, Fri 25 holiday, 28 to 31 are 5 to 8, Fri 1 Jan holiday, Mon 4 is 9, Tue 5 is 10",
        ("2026-12-25", "2027-01-01")),
    Row("co-10-epiphany-monday", "CO", CO_APPEAL, "2026-12-29", "2027-01-14", "2027-01-14",
        "Tuesday; 30, 31 are 1, 2; 1 Jan holiday; 4 to 8 are 3 to 7; Mon 11 Epiphany; 12, 13, 14 are 8, 9, 10",
        ("2027-01-01", "2027-01-11")),
    Row("co-30-authority", "CO", CO_ADMIT, "2026-03-04", "2026-04-20", "2026-04-20",
        "Wednesday; 5, 6 are 1, 2; 9-13 to 7; 16-20 to 12; 23 holiday, 24-27 to 16; 30-1 Apr to 19; 2, 3 holy;"
        " 6-10 to 24; 13-17 to 29; Mon 20 is 30", ("2026-03-23", "2026-04-02", "2026-04-03")),
    Row("co-5-may-day-and-no-more", "CO", CO_RATIFY, "2026-04-29", "2026-05-07", "2026-05-07",
        "Wednesday; Thu 30 is 1; Fri 1 May holiday; 4, 5, 6, 7 are 2 to 5", ("2026-05-01",)),
    # Colombia, calendar days of a paper: nothing carries it on.
    Row("co-180-days", "CO", CO_SC2, "2026-03-01", "2026-08-28", "2026-08-28",
        "30 left of March, 60 with April, 91 May, 121 June, 152 July, 28 more: 28 August"),
    Row("co-180-days-over-29-february", "CO", CO_SC2, "2027-09-03", "2028-03-01", "2028-03-01",
        "27 left of September, 58, 88, 119, 150 with January, 179 with the 29 of February, 1 March"),
    Row("co-180-days-first-of-the-new-rule", "CO", CO_SC2, "2020-07-14", "2021-01-10", "2021-01-10",
        "17 left of July, 48, 78, 109, 139, 170 with December, 10 January, a Sunday: a paper ends all the same"),
    Row("co-90-days-of-the-old-rule", "CO", CO_SC2_OLD, "2020-07-10", "2020-10-08", "2020-10-08",
        "21 left of July, 52 with August, 82 with September, 8 October"),
    Row("co-30-days-to-leave-saturday", "CO", CO_LEAVE, "2026-01-15", "2026-02-14", "2026-02-14",
        "16 left of January, 14 February, a Saturday: a paper ends all the same"),
    # Colombia, hours: no weekend and no holiday stops them.
    Row("co-24-hours-over-midnight", "CO", CO_FORWARD, "2026-10-31", "2026-11-01", "2026-11-01",
        "Saturday 22:30, a day on: Sunday 22:30", hour=time(22, 30)),
    Row("co-36-hours-into-holy-thursday", "CO", CO_HELD, "2026-03-31", "2026-04-02", "2026-04-02",
        "Tuesday 20:00, Wednesday 20:00 is 24, Thursday 08:00 is 36", hour=time(20, 0)),
    # Ecuador.
    Row("ec-90-days", "EC", EC_APPLY, "2026-01-15", "2026-04-15", "2026-04-15",
        "16 left of January, 44 with February, 75 with March, 15 April, a Wednesday"),
    Row("ec-90-days-leap", "EC", EC_APPLY, "2027-12-01", "2028-02-29", "2028-03-01",
        "30 left of December, 61 with January, 29 February: Easter is 16 April, so Carnival Tuesday (overlooked by hand"
        " at first, shown by the count); Wednesday 1 March"),
    Row("ec-90-days-sunday", "EC", EC_APPLY, "2026-02-02", "2026-05-03", "2026-05-04",
        "26 left of February, 57 with March, 87 with April, 3 May, a Sunday; Monday 4"),
    Row("ec-90-days-carnival", "EC", EC_APPLY, "2025-11-18", "2026-02-16", "2026-02-18",
        "12 left of November, 43, 74 with January, 16 February, Carnival Monday; Tuesday too; Wednesday 18"),
    Row("ec-180-days-of-the-visa", "EC", EC_VISA, "2026-08-04", "2027-01-31", "2027-01-31",
        "27 left of August, 57, 88, 118, 149 with December, 31 January, a Sunday: a paper ends all the same"),
    # Mexico.
    Row("mx-30-juarez-monday", "MX", MX_APPLY, "2026-03-02", "2026-04-14", "2026-04-14",
        "Monday; 3-6 are 1-4, 9-13 to 9, Mon 16 holiday, 17-20 to 13, 23-27 to 18, 30 Mar-3 Apr to 23 (the holy days"
        " are no holidays of the state), 6-10 to 28, 13, 14", ("2026-03-16",)),
    Row("mx-30-independence", "MX", MX_APPLY, "2026-08-26", "2026-10-08", "2026-10-08",
        "Wednesday; 27, 28 are 1, 2; to 4 Sep 7; to 11 Sep 12; 14, 15 are 13, 14; Wed 16 holiday; 17, 18 are 15, 16;"
        " to 25 Sep 21; to 2 Oct 26; 5, 6, 7, 8 Oct", ("2026-09-16",)),
    Row("mx-45-revolution-monday", "MX", MX_DECIDE, "2026-10-05", "2026-12-08", "2026-12-08",
        "Monday; to 9 Oct 4; 16th 9; 23rd 14; 30th 19; 6 Nov 24; 13th 29; Mon 16 holiday, to the 20th 33; 27th 38;"
        " 4 Dec 43; 7, 8 Dec", ("2026-11-16",)),
    Row("mx-3-may-day", "MX", MX_RATIFY, "2026-04-30", "2026-05-06", "2026-05-06",
        "Thursday; Fri 1 May holiday; Mon 4 is 1, Tue 5 is 2, Wed 6 is 3", ("2026-05-01",)),
    Row("mx-3-new-president", "MX", MX_RATIFY, "2024-09-30", "2024-10-04", "2024-10-04",
        "Monday; Tue 1 Oct 2024 the change of government; Wed 2, Thu 3, Fri 4", ("2024-10-01",)),
    # Chile.
    Row("cl-7-fiestas-patrias", "CL", CL_APPLY, "2026-09-14", "2026-09-24", "2026-09-24",
        "Monday; 15, 16, 17 are 1, 2, 3; Fri 18 holiday, the 19th a Saturday; 21 to 24 are 4 to 7", ("2026-09-18",)),
    Row("cl-7-fiestas-patrias-on-a-weekend", "CL", CL_APPLY, "2027-09-13", "2027-09-23", "2027-09-23",
        "Monday; 14, 15, 16 are 1, 2, 3; the 18th is a Saturday, so Friday 17 is a holiday; 20 to 23 are 4 to 7",
        ("2027-09-17",)),
    Row("cl-15-good-friday-only", "CL", CL_CORRECT, "2026-03-27", "2026-04-20", "2026-04-20",
        "Friday; 30 Mar-2 Apr are 1-4 (Thursday is worked), Fri 3 holiday, 6-10 to 9, 13-17 to 14, Mon 20",
        ("2026-04-03",)),
    Row("cl-7-may-day", "CL", CL_APPLY, "2026-04-30", "2026-05-12", "2026-05-12",
        "Thursday; Fri 1 May holiday; 4-8 are 1-5, 11, 12", ("2026-05-01",)),
    # Spain.
    Row("es-month-end", "ES", ES_APPLY, "2026-01-31", "2026-02-28", "2026-03-02",
        "no 31 February: the 28th, a Saturday; Monday 2 March"),
    Row("es-month-end-leap", "ES", ES_APPLY, "2028-01-30", "2028-02-29", "2028-02-29",
        "no 30 February: the 29th, a Tuesday"),
    Row("es-assumption-on-a-saturday", "ES", ES_APPLY, "2026-07-15", "2026-08-15", "2026-08-17",
        "15 August, a holiday and a Saturday; Monday 17"),
    Row("es-constitution-sunday", "ES", ES_APPLY, "2026-11-06", "2026-12-06", "2026-12-07",
        "6 December, a Sunday; Monday 7 (some regions move the holiday to it)"),
    Row("es-from-the-last-of-february", "ES", ES_APPLY, "2027-02-28", "2027-03-28", "2027-03-29",
        "the same number, not the last of March: Easter Sunday; Monday 29"),
    # United States.
    Row("us-year-from-29-february", "US", US_APPLY, "2024-02-29", "2025-02-28", "2025-02-28",
        "no 29 February in 2025: Friday the 28th"),
    Row("us-year-sunday", "US", US_APPLY, "2025-03-15", "2026-03-15", "2026-03-16", "a Sunday; Monday 16"),
    Row("us-year-fourth-of-july", "US", US_APPLY, "2025-07-04", "2026-07-04", "2026-07-06",
        "a Saturday and a holiday (kept on Friday 3); Monday 6"),
    Row("us-year-into-a-leap-year", "US", US_APPLY, "2023-02-28", "2024-02-28", "2024-02-28",
        "the same number, although February 2024 has a 29th; a Wednesday"),
    # Peru, Brazil.
    Row("pe-30-days", "PE", PE_APPLY, "2026-07-01", "2026-07-31", "2026-07-31", "30 left of July: Friday the 31st"),
    Row("pe-30-days-fiestas-patrias", "PE", PE_APPLY, "2026-06-29", "2026-07-29", "2026-07-30",
        "1 left of June, 29 July: the second day of Fiestas Patrias; Thursday 30"),
    Row("br-year-from-29-february", "BR", BR_PROTOCOL, "2028-02-29", "2029-02-28", "2029-02-28",
        "no 29 February in 2029: the 28th"),
    # A date that is known by its month or year alone: the first day of it gives the day to act on.
    Row("co-entry-in-march", "CO", CO_APPLY, "2026-03", "2026-05-01", "2026-06-01",
        "1 March gives 1 May; 31 March gives 31 May, a Sunday, so Monday 1 June"),
    Row("co-entry-in-2025", "CO", CO_APPLY, "2025", "2025-03-01", "2026-03-02",
        "1 January gives 1 March; 31 December gives 28 February, a Saturday, so Monday 2 March"),
    Row("us-entry-in-february", "US", US_APPLY, "2025-02", "2026-02-01", "2026-03-02",
        "1 February gives 1 February; 28 February a Saturday, so Monday 2 March"),
    Row("cl-entry-in-september", "CL", CL_APPLY, "2026-09", "2026-09-10", "2026-10-09",
        "1 Sep: 2, 3, 4, 7, 8, 9, 10; 30 Sep: Thu 1 Oct, 2, 5, 6, 7, 8, 9"),
)  # fmt: skip
