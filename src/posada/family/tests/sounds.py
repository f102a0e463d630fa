"""Recordings for tests: the smallest files of each kind that telephones make."""

import io
import struct
import wave


def ogg(comment: bytes = b"") -> bytes:
    """One page of Ogg with the head of an Opus stream, and a comment."""
    return b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(10) + b"OpusTags" + comment + bytes(300)


def m4a(more: bytes = b"") -> bytes:
    """Boxes of an MP4 with one track of sound."""
    return (
        struct.pack(">I", 24)
        + b"ftypM4A \x00\x00\x00\x00M4A mp42"
        + b"\x00\x00\x01\x00moov....hdlrsoun"
        + more
        + bytes(300)
    )


def wav() -> bytes:
    """A tenth of a second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(bytes(1_600))
    return out.getvalue()


def mp3(tag: bytes = b"") -> bytes:
    """Three silent frames of MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes each; a tag before them."""
    head = b"ID3\x03\x00\x00" + bytes([0, 0, len(tag) >> 7, len(tag) & 0x7F]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * 3


ALL = {"ogg": ogg(), "m4a": m4a(), "wav": wav(), "mp3": mp3(), "mp3 with a tag": mp3(b"TIT2" + bytes(200))}
