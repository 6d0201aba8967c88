"""What the templates were compiled to: the same for every application in this process."""

from typing import ClassVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Code by template, and by what stands in it: whatever changes is compiled anew. Nothing is written to a disk."""

    _code: ClassVar[dict[tuple[str, str], bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket the code of its template, if it is known."""
        if known := self._code.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code that the bucket brings."""
        self._code[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
