"""How much a file may ask of this machine before it is refused."""

import msgspec

MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds for one file. The defaults take a register of 100,000 persons and hold R9 of the threat model.

    Sizes in bytes or characters, times in seconds.
    """

    file_bytes: int = 128 * MEGABYTE
    rows: int = 500_000
    columns: int = 300
    cells: int = 8_000_000
    cell_chars: int = 32_768  # what a spreadsheet allows in one cell
    line_chars: int = 1_000_000
    lines_per_row: int = 2_000
    archive_bytes: int = 256 * MEGABYTE
    archive_members: int = 2_000
    archive_ratio: int = 150  # real sheets stay under 40; bombs start at 1,000
    archive_ratio_from_bytes: int = 8 * MEGABYTE
    xml_depth: int = 12
    memory_bytes: int = 512 * MEGABYTE
    base_seconds: float = 28.0
    seconds_per_megabyte: float = 1.5
    seconds_per_thousand_rows: float = 1.0  # earned by rows that were really read

    def seconds_for(self, size_bytes: int) -> float:
        """Time allowed to a file of this size before it has given any row."""
        return self.base_seconds + self.seconds_per_megabyte * (size_bytes / MEGABYTE)

    def seconds_earned(self, rows: int) -> float:
        """Time that so many rows add: a long honest file goes on, one that gives nothing is stopped."""
        return self.seconds_per_thousand_rows * rows / 1000


DEFAULT_LIMITS = Limits()
