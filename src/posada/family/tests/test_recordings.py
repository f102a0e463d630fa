"""What a voice note may be: known by what stands in it; nothing that tells a place, nothing with a picture."""

import random

import pytest

from posada.family.rules.recordings import MOST_BYTES, Fault, Recording, read
from posada.family.tests import sounds

SEED, COUNT = 20_261_122, 2_000


@pytest.mark.parametrize("name", list(sounds.ALL))
def test_what_telephones_record_is_taken_as_it_is(name: str) -> None:
    found = read(sounds.ALL[name])
    assert isinstance(found, Recording)
    assert found.content == sounds.ALL[name]
    assert found.kind == name.split()[0]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"MZ\x90\x00 a program", Fault.NOT_SOUND),
        (b"%PDF-1.7 a paper", Fault.NOT_SOUND),
        (b"<html><script>alert(1)</script></html>", Fault.NOT_SOUND),
        (b"\xff\xd8\xff\xe0 a photograph", Fault.NOT_SOUND),
        (b"ID3\x03\x00\x00\x00\x00\x00\x05hallo no frames", Fault.NOT_SOUND),
        (b"OggS" + bytes(600), Fault.NOT_SOUND),
        (b"RIFF\x00\x00\x00\x00AVI fmt data", Fault.NOT_SOUND),
        (b"\xff\xfb\x90\x00 only one frame", Fault.NOT_SOUND),
        (sounds.wav() + bytes(MOST_BYTES), Fault.TOO_LARGE),
        (bytes(50_000_000), Fault.TOO_LARGE),
        (sounds.m4a(b"\xa9xyz+07.88-072.50/"), Fault.HAS_PLACE),
        (sounds.m4a(b"com.apple.quicktime.location.ISO6709"), Fault.HAS_PLACE),
        (sounds.ogg(b"LOCATION=Villa del Rosario"), Fault.HAS_PLACE),
        (sounds.m4a(b"hdlrvide"), Fault.HAS_PICTURE),
        (sounds.mp3(b"APIC\x00" + bytes(90)), Fault.HAS_PICTURE),
    ],
)
def test_what_is_none_is_refused_with_its_reason(content: bytes, fault: Fault) -> None:
    assert read(content) is fault


def test_cut_and_torn_files_are_read_without_an_error() -> None:
    rng, taken = random.Random(SEED), 0  # noqa: S311 - torn files
    for _turn in range(COUNT):
        torn = bytearray(rng.choice(list(sounds.ALL.values())))
        for _ in range(rng.randint(1, 20)):
            torn[rng.randrange(len(torn))] = rng.randrange(256)
        taken += isinstance(read(bytes(torn[: rng.randint(0, len(torn))])), Recording)
    print(f"torn recordings: {COUNT}, seed {SEED}: {taken} still taken as sound, 0 errors")
    assert 0 < taken < COUNT
