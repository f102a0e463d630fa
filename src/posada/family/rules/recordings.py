"""Whether a file is a sound recording, by what stands in it and not by its name; and whether it tells a place.

What a recording is kept as: its kind, and the bytes as they came.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_BYTES: Final = 2_000_000  # some three minutes as a telephone records a voice
_ID3_HEAD: Final = 10


class Sound(StrEnum):
    """The kinds of recording that telephones make."""

    OGG = "ogg"
    M4A = "m4a"
    MP3 = "mp3"
    WAV = "wav"


MEDIA: Final = {Sound.OGG: "audio/ogg", Sound.M4A: "audio/mp4", Sound.MP3: "audio/mpeg", Sound.WAV: "audio/wav"}
# Where a telephone writes the place: atoms of MP4 (3GPP TS 26.244; QuickTime), a comment of Ogg, a frame of ID3.
_PLACE: Final = (b"\xa9xyz", b"loci", b"location.ISO6709", b"LOCATION=", b"GEO=", b"geo:")
_PICTURE: Final = (b"vide", b"METADATA_BLOCK_PICTURE", b"APIC\x00")


class Fault(StrEnum):
    """Why a file is not kept as a recording."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_SOUND = "not_sound"
    HAS_PLACE = "has_place"
    HAS_PICTURE = "has_picture"


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file: its kind, its bytes."""

    kind: Sound
    content: bytes


def read(content: bytes) -> Recording | Fault:
    """The recording in these bytes, or what is wrong with them."""
    if not content:
        return Fault.EMPTY
    if len(content) > MOST_BYTES:
        return Fault.TOO_LARGE
    kind = _kind_of(content)
    if kind is None:
        return Fault.NOT_SOUND
    if any(mark in content for mark in _PLACE):
        return Fault.HAS_PLACE
    if any(mark in content for mark in _PICTURE):
        return Fault.HAS_PICTURE
    return Recording(kind, content)


def _kind_of(content: bytes) -> Sound | None:
    if content.startswith(b"OggS") and any(word in content[:512] for word in (b"OpusHead", b"\x01vorbis", b"Speex   ")):
        return Sound.OGG
    if content[4:8] == b"ftyp" and b"soun" in content and b"moov" in content:
        return Sound.M4A
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE" and b"fmt " in content[:256] and b"data" in content:
        return Sound.WAV
    return Sound.MP3 if _is_mp3(content) else None


def _is_mp3(content: bytes) -> bool:
    """Two frames of MPEG audio, one behind the other, after whatever ID3 tag stands before them (ISO 11172-3)."""
    start = _after_tag(content)
    length = _frame_length(content[start : start + 4])
    return bool(length) and bool(_frame_length(content[start + length : start + length + 4]))


def _after_tag(content: bytes) -> int:
    if not content.startswith(b"ID3") or len(content) < _ID3_HEAD:
        return 0
    size = 0
    for seven in content[6:10]:
        size = (size << 7) | (seven & 0x7F)
    return size + _ID3_HEAD


_RATES: Final = {
    3: ((0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), (44_100, 48_000, 32_000), 144),
    2: ((0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160), (22_050, 24_000, 16_000), 72),
    0: ((0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160), (11_025, 12_000, 8_000), 72),
}


def _frame_length(head: bytes) -> int:
    """The length of a layer III frame in bytes, its four bytes of head included; 0 if this is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = (head[1] >> 3) & 3, (head[1] >> 1) & 3
    rate, speed, padding = head[2] >> 4, (head[2] >> 2) & 3, (head[2] >> 1) & 1
    if version not in _RATES or layer != 1 or rate in {0, 15} or speed == 3:
        return 0
    rates, speeds, factor = _RATES[version]
    return factor * rates[rate] * 1000 // speeds[speed] + padding
