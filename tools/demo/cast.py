"""The people of the guided story, with fixed keys. All are invented, like everybody else.

How they hang together: on Saturday 23 February 2019 Yulesi crossed the bridge in a crowd and lost
her sister Marisela. She slept in a coliseum, where a volunteer wrote "RAMIRES, YULEICI CAROLINA" on
a list, and comes to the house on the morning of Tuesday the 26th, where the story begins and the
visitor types her in (`ARRIVAL`; she is not in the register before). Marisela asked for her on
Monday, in her own spelling and with the exact day of birth (`REQUEST`). Their mother Carmen, their
father Eustoquio and their brother stayed behind; Yulesi last heard her mother on Saturday, by
voice, well, and a call every two days was agreed: on Tuesday that silence is past its time.
"""

from datetime import date, datetime, time

from .shapes import (
    CROSSING,
    HOUSE_ZONE,
    Arrival,
    Consent,
    Enquirer,
    Person,
    Relative,
    Request,
    Separation,
    Sought,
)

YULESI = "cast-yulesi"
SISTER_REQUEST = "cast-request-sister"
COLISEUM = "Lista del coliseo"
PARISH = "Lista del albergue"

ARRIVAL = Arrival(
    person=Person(
        key=YULESI,
        human=YULESI,
        given_names="Yulesi Carolina",
        surnames="Ramires Peña",
        call_name="Yuli",
        sex="female",
        birth="1987",
        origin="San Juan de Colón, Táchira",
        mother="Carmen Peña",
        father="Eustoquio Ramires",
        nationalities=("VE",),
        languages=("spa",),
        phone="+58 499 555 9987",
        arrived_on=date(2019, 2, 26),
        arrived_at=time(8, 50),
        arrived_place="Puente Simón Bolívar",
        consent=Consent(),
        present=True,
    ),
    relatives=(
        Relative(
            key="cast-card-mother",
            of_person=YULESI,
            who="Carmen Peña",
            relation="mother",
            last_heard_at=datetime(2019, 2, 23, 7, 30, tzinfo=HOUSE_ZONE),
            channel="voice",
            how="well",
            interval_hours=48,
            safe_hours="06:00-08:00",
            agreed_words="¿Ya floreció el apamate?",
            must_not_know="La vecina de abajo no debe saber dónde está Yulesi.",
        ),
        Relative(
            key="cast-card-father",
            of_person=YULESI,
            who="Eustoquio R.",
            relation="father",
            last_heard_at=datetime(2019, 2, 24, 19, 10, tzinfo=HOUSE_ZONE),
            channel="through_someone",
            how="well",
            interval_hours=168,
            safe_hours="18:00-20:00",
            agreed_words="Saludos al compadre.",
        ),
        Relative(
            key="cast-card-brother",
            of_person=YULESI,
            who="W.",
            relation="brother",
            last_heard_at=datetime(2019, 2, 22, 21, 0, tzinfo=HOUSE_ZONE),
            channel="text",
            how="worried",
            interval_hours=120,
            safe_hours="",
            agreed_words="",
            must_not_know="Nadie debe preguntar por él en el teléfono de la madre.",
        ),
    ),
)

REQUEST = Request(
    key=SISTER_REQUEST,
    enquirer=Enquirer(
        name="Marisela del Valle Ramírez Peña",
        relation="sister",
        channel="voice",
        phone="+57 399 555 9914",
        safe_hours="08:00-20:00",
    ),
    sought=Sought(
        given_names="Yuleisy Carolina",
        surnames="Ramírez Peña",
        sex="female",
        birth="1987-03-14",
        origin="Colón, Táchira",
        mother="Carmen Peña",
        father="Eustoquio Ramírez",
        other_names="Yuli",
    ),
    separation=Separation(
        on=CROSSING,
        place="Puente Simón Bolívar",
        circumstances="Cruzábamos juntas. Hubo humo y carreras, nos soltamos de la mano y no la volví a ver.",
        last_contact=CROSSING,
        last_known_place="La Parada, Villa del Rosario",
    ),
    opened_on=date(2019, 2, 25),
    truth=YULESI,
)
