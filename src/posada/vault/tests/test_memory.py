"""The memory of a process that holds the keys goes nowhere: not to another process of the same user."""

import subprocess
import sys

# A holder and a thief of one user: root reads everything, so that both become nobody first (and the holder readable
# again, for a change of user alone hides a process until it starts a program).
_SCRIPT = """
import ctypes, os, re, signal, sys
from posada.vault import state

def nobody():
    if os.getuid() == 0:
        os.setgroups([]); os.setgid(65534); os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)

key = bytes(range(33, 65))
ready, told = os.pipe()
holder = os.fork()
if not holder:
    nobody()
    held = bytearray(key)
    if sys.argv[1] == "guarded":
        state.open_with(bytes(held))
    os.write(told, b"1")
    signal.pause()
os.read(ready, 1)
nobody()
found = 0
try:
    with open(f"/proc/{holder}/mem", "rb", 0) as memory:
        for line in open(f"/proc/{holder}/maps"):
            first, last = (int(word, 16) for word in line.split()[0].split("-"))
            if " rw" in line:
                try:
                    memory.seek(first)
                    found += memory.read(last - first).count(key)
                except OSError:
                    pass
    print("read", found > 0)
except PermissionError:
    print("refused")
os.kill(holder, signal.SIGKILL)
"""


def _thief(word: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, word], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.strip() or done.stderr


def test_another_process_of_the_same_user_cannot_read_the_keys() -> None:
    assert _thief("guarded") == "refused"


def test_the_same_thief_reads_them_where_nothing_is_guarded() -> None:
    assert _thief("open") == "read True"
