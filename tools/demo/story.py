"""The guided story: ten steps, each a sentence and one act on a real screen.

How it hangs together. Everything turns on one woman who is in the house, so that she can decide for
herself:

* Yulesi Carolina Ramires Peña is registered in step 1, as she says it and as the desk hears it:
  "Ramires" with an s, the year of birth only. Her sister Marisela asked for "Yuleisy Carolina
  Ramírez Peña, 14 March 1987" the day before, so registering her raises a proposal by itself.
* Steps 2 to 4 are her first hour: a bed, a call to her mother that nobody answers, the cards of
  those she left behind. Her mother was last heard on Saturday, by voice, well, and a call every two
  days is agreed: the silence is already past its time, and rises on Today.
* In step 5 the coliseum's list (`data/lista-coliseo.csv`) comes in. Yulesi slept there, and stands
  on it as "RAMIRES, YULEICI CAROLINA" with the day of birth that the desk does not have. The
  sister's request now meets two lines that bear on the same woman: the house's and the list's. Two
  other open requests meet their person on it.
* Steps 6 and 7 look at the proposal between the request and the woman in the house: why, field by
  field, and the decision of a named person.
* In step 8 the screen is turned, and she decides what her sister may learn. She chooses to have it
  checked first that it is really her sister. Beside it stands the answer that the enquirer sees:
  the same bytes as before.
* Step 9 ends the process that holds the keys; step 10 searches the files on the disk for the names
  typed in step 1.

`target` names a screen by app and act; whoever builds the pages maps it to an address. `typed` are
the values to put into the form, by the name of the field.
"""

from dataclasses import dataclass

from .cast import ARRIVAL, SISTER_REQUEST
from .names import DATA


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages."""

    en: str
    es: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what happens, in a sentence; the act, as on its button; the screen; and what to type there."""

    number: int
    key: str
    sentence: Words
    act: Words
    target: str
    typed: tuple[tuple[str, str], ...] = ()
    sample: str = ""
    request: str = ""


_HER = ARRIVAL.person
_MOTHER, _FATHER, _BROTHER = ARRIVAL.relatives

COLISEUM_FILE = "lista-coliseo.csv"
SHELTER_FILE = "lista-albergue.pfif.xml"
SAMPLES = tuple(DATA / name for name in (COLISEUM_FILE, SHELTER_FILE))
PLANTED = ("Yulesi", "Ramires", "Eustoquio")  # what step 10 looks for on the disk

STORY: tuple[Step, ...] = (
    Step(
        number=1,
        key="arrival",
        sentence=Words(
            "Tuesday, ten to nine: a woman who crossed on Saturday stands at the desk. Ask only what she can say now.",
            "Martes, diez para las nueve: una mujer que cruzó el sábado llega a la mesa. Pregunte solo lo "
            "que pueda decir ahora.",
        ),
        act=Words("Register", "Registrar"),
        target="people:register",
        typed=(
            ("given_names", _HER.given_names),
            ("surnames", _HER.surnames),
            ("call_name", _HER.call_name),
            ("sex", _HER.sex),
            ("birth", _HER.birth),
            ("origin", _HER.origin),
            ("mother", _HER.mother),
            ("father", _HER.father),
            ("nationalities", "VE"),
            ("languages", "spa"),
            ("phone", _HER.phone),
            ("arrived_on", _HER.arrived_on.isoformat()),
            ("arrived_place", _HER.arrived_place),
        ),
    ),
    Step(
        number=2,
        key="bed-and-first-call",
        sentence=Words(
            "Give her a bed for tonight and the house phone: the first call home belongs to the first "
            "night. Her mother does not answer.",
            "Asígnele una cama para esta noche y préstele el teléfono de la casa: la primera llamada a "
            "casa es de la primera noche. La madre no contesta.",
        ),
        act=Words("Assign bed", "Asignar cama"),
        target="shelter:assign",
        typed=(("call_to", _MOTHER.who), ("call_result", "no_answer")),
    ),
    Step(
        number=3,
        key="her-relatives",
        sentence=Words(
            "She knows whom she left behind. Write down who, when she last heard from them and how they "
            "were; initials are enough.",
            "Ella sabe a quiénes dejó. Anote quién es, cuándo supo por última vez y cómo estaba; bastan las iniciales.",
        ),
        act=Words("Add a relative", "Agregar un familiar"),
        target="family:relatives",
        typed=tuple(
            (f"{field}_{number}", value)
            for number, card in enumerate(ARRIVAL.relatives, start=1)
            for field, value in (
                ("who", card.who),
                ("relation", card.relation),
                (
                    "last_heard_at",
                    card.last_heard_at.strftime("%Y-%m-%dT%H:%M") if card.last_heard_at else "",
                ),
                ("channel", card.channel),
                ("how", card.how),
                ("interval_hours", str(card.interval_hours)),
                ("safe_hours", card.safe_hours),
                ("agreed_words", card.agreed_words),
                ("must_not_know", card.must_not_know),
            )
        ),
    ),
    Step(
        number=4,
        key="mothers-silence",
        sentence=Words(
            "A call every two days was agreed, and Saturday is three days ago. The silence has risen on "
            "Today by itself.",
            "Se acordó una llamada cada dos días, y el sábado fue hace tres. El silencio subió solo a la "
            "página de hoy.",
        ),
        act=Words("No answer", "No contesta"),
        target="desk:today",
        typed=(("who", _MOTHER.who), ("heard", "no_answer")),
    ),
    Step(
        number=5,
        key="request-meets-list",
        sentence=Words(
            "On Monday a sister asked for Yuleisy Ramírez. Import the coliseum's list and see what the request meets.",
            "El lunes una hermana preguntó por Yuleisy Ramírez. Importe la lista del coliseo y vea con "
            "qué se encuentra la solicitud.",
        ),
        act=Words("Import the list", "Importar la lista"),
        target="interop:import",
        sample=COLISEUM_FILE,
        request=SISTER_REQUEST,
    ),
    Step(
        number=6,
        key="why",
        sentence=Words(
            "Nobody spells her name alike. Read, line by line, what speaks for the same person and what against.",
            "Nadie escribe igual su nombre. Lea, línea por línea, qué indica que es la misma persona y qué no.",
        ),
        act=Words("See why", "Ver por qué"),
        target="family:proposal",
        request=SISTER_REQUEST,
    ),
    Step(
        number=7,
        key="same-person",
        sentence=Words(
            "The program only proposes; you decide, under your name and with a note.",
            "El programa solo propone; usted decide, con su nombre y una nota.",
        ),
        act=Words("Same person", "Es la misma persona"),
        target="family:decide",
        typed=(
            ("decision", "same"),
            ("note", "Coinciden la madre, el lugar y el año; el apellido suena igual."),
        ),
        request=SISTER_REQUEST,
    ),
    Step(
        number=8,
        key="she-decides",
        sentence=Words(
            "Turn the screen: what her sister may learn is hers to decide. Beside it is the answer that "
            "the sister gets, and it has not changed.",
            "Gire la pantalla: ella decide qué puede saber su hermana. Al lado está la respuesta que "
            "recibe la hermana, y no ha cambiado.",
        ),
        act=Words("Check first that it is really her", "Primero confirmar que de verdad es ella"),
        target="family:found-decision",
        typed=(("choice", "check_first"),),
        request=SISTER_REQUEST,
    ),
    Step(
        number=9,
        key="seal",
        sentence=Words(
            "Somebody is at the door who should not see this. Hold the button for two seconds: the keys are gone.",
            "Hay alguien en la puerta que no debe ver esto. Mantenga el botón dos segundos: las llaves ya no están.",
        ),
        act=Words("Seal", "Sellar"),
        target="vault:seal",
    ),
    Step(
        number=10,
        key="thief",
        sentence=Words(
            "They took the disk. Look for the names that you have just typed in every file on it.",
            "Se llevaron el disco. Busque en todos sus archivos los nombres que usted acaba de escribir.",
        ),
        act=Words("Search the disk", "Buscar en el disco"),
        target="desk:disk-scan",
        typed=tuple(("word", word) for word in PLANTED),
    ),
)
