"""Static files with their hash in the name, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """A file that no stylesheet of ours refers to may be missing in a vendored one."""

    manifest_strict = False
