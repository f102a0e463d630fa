"""Recovery: three shares on paper, two of which open the house, and backups that only they open."""

import errno
import io
import itertools

import pyrage
import pytest
from django.utils import translation
from shamir_mnemonic import generate_mnemonics

from posada.vault import bech32, recovery
from posada.vault.errors import (
    BackupDamaged,
    BadRecipient,
    CannotWrite,
    SameShareTwice,
    ShareHasWrongLength,
    ShareMistyped,
    SharesOfDifferentSets,
    TooFewShares,
    UnknownShareWord,
    VaultError,
    WrongSharesForBackup,
)

SECRET = bytes(range(32))
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@pytest.mark.parametrize(
    "valid",
    [
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
        "?1ezyfcl",
    ],
)
def test_bech32_writes_the_strings_of_bip_173(valid: str) -> None:
    prefix, _one, rest = valid.rpartition("1")
    assert bech32.write_groups(prefix, [LETTERS.index(letter) for letter in rest[:-6]]) == valid


def test_bech32_writes_what_age_reads() -> None:
    for _turn in range(20):
        text = bech32.write_bytes("age-secret-key-", recovery.new_secret()).upper()
        assert str(pyrage.x25519.Identity.from_str(text)) == text


@pytest.mark.parametrize("pair", list(itertools.permutations(range(3), 2)))
def test_any_two_of_three_shares_give_the_secret(pair: tuple[int, int]) -> None:
    made = recovery.shares(SECRET)
    assert recovery.combine([made[place] for place in pair]) == SECRET


def test_all_three_give_it_too_and_one_gives_nothing() -> None:
    made = recovery.shares(SECRET)
    assert recovery.combine(made) == SECRET
    with pytest.raises(TooFewShares):
        recovery.combine(made[:1])


def test_shares_have_33_words_and_a_name_in_common() -> None:
    made = recovery.shares(SECRET)
    assert [len(text.split()) for text in made] == [33, 33, 33]
    assert len({recovery.set_name(text) for text in made}) == 1


def test_a_share_is_read_as_people_type() -> None:
    one, two, _three = recovery.shares(SECRET)
    numbered = "\n".join(f" {place}. {word.upper()}," for place, word in enumerate(one.split(), start=1))
    assert recovery.combine([numbered, two.replace("a", "á").replace(" ", " \t ")]) == SECRET


def test_it_reads_shares_made_by_the_reference_of_slip_39() -> None:
    made = generate_mnemonics(1, [(2, 3)], SECRET, iteration_exponent=1)[0]
    assert recovery.combine(made[1:]) == SECRET


def test_a_word_of_no_share_is_named_with_its_place() -> None:
    one, two, _three = recovery.shares(SECRET)
    wrong = two.split()
    wrong[6] = "posada"
    with pytest.raises(UnknownShareWord) as caught:
        recovery.combine([one, " ".join(wrong)])
    assert (caught.value.number, caught.value.place, caught.value.word) == (2, 7, "posada")


def test_every_single_wrong_word_and_every_swap_is_found() -> None:
    one, two, _three = recovery.shares(SECRET)
    words = one.split()
    for place in range(len(words)):
        other = "academic" if words[place] != "academic" else "zero"
        with pytest.raises(ShareMistyped) as caught:
            recovery.combine([" ".join([*words[:place], other, *words[place + 1 :]]), two])
        assert caught.value.number == 1
    for place in range(len(words) - 1):
        swapped = [*words[:place], words[place + 1], words[place], *words[place + 2 :]]
        if swapped != words:
            with pytest.raises(ShareMistyped):
                recovery.combine([" ".join(swapped), two])


def test_a_missing_word_a_share_twice_and_mixed_sets_are_said() -> None:
    one, two, _three = recovery.shares(SECRET)
    with pytest.raises(ShareHasWrongLength):
        recovery.combine([one.rsplit(" ", 1)[0], two])
    with pytest.raises(SameShareTwice):
        recovery.combine([one, one])
    with pytest.raises(SharesOfDifferentSets):
        recovery.combine([one, recovery.shares(SECRET)[1]])


def _sealed(secret: bytes, data: bytes) -> bytes:
    target = io.BytesIO()
    recovery.seal_to(recovery.recipient(secret), io.BytesIO(data), target)
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65_536, 300_001])
def test_what_is_sealed_to_the_recipient_opens_with_the_secret(size: int) -> None:
    data = recovery.new_secret() * (size // 32 + 1)
    blob = _sealed(SECRET, data[:size])
    target = io.BytesIO()
    recovery.open_with(SECRET, io.BytesIO(blob), target)
    assert target.getvalue() == data[:size]


def test_the_recipient_alone_opens_nothing_and_says_nothing_of_the_secret() -> None:
    text = recovery.recipient(SECRET)
    assert text == recovery.recipient(SECRET) != recovery.recipient(bytes(32))
    with pytest.raises(pyrage.IdentityError):
        pyrage.x25519.Identity.from_str(text)


def test_other_shares_and_damage_are_told_apart() -> None:
    blob = _sealed(SECRET, b"x" * 200_000)
    with pytest.raises(WrongSharesForBackup):
        recovery.open_with(bytes(32), io.BytesIO(blob), io.BytesIO())
    for bad in (blob[:-1], blob[:70_000], b"", b"nothing of the kind", blob[:-30] + b"\0" + blob[-29:]):
        with pytest.raises(BackupDamaged):
            recovery.open_with(SECRET, io.BytesIO(bad), io.BytesIO())
    with pytest.raises(BadRecipient):
        recovery.seal_to("age1nobody", io.BytesIO(), io.BytesIO())


class _FullDisk(io.BytesIO):
    def write(self, _data: object, /) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_when_sealing_and_when_opening() -> None:
    with pytest.raises(CannotWrite):
        recovery.seal_to(recovery.recipient(SECRET), io.BytesIO(b"x" * 200_000), _FullDisk())
    with pytest.raises(OSError, match="No space left"):
        recovery.open_with(SECRET, io.BytesIO(_sealed(SECRET, b"x" * 200_000)), _FullDisk())


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize(
    "error", [UnknownShareWord(1, 2, "x"), ShareHasWrongLength(2, 30, 33), ShareMistyped(1), SharesOfDifferentSets()]
)
def test_every_error_about_shares_is_a_sentence(error: VaultError, language: str) -> None:
    with translation.override(language):
        assert len(str(error).split()) > 8
        assert "%" not in str(error)
