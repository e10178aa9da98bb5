"""Static files with hashed names, ES module imports rewritten too; scripts travel without their comments."""

import re
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import get_script_prefix
from django.utils.functional import cached_property
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Only whole lines and JSDoc casts go, so that nothing inside a string can be taken for a comment.
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
_CASTS = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ?")
MOST_KEPT = 500


def without_comments(script: str) -> str:
    """Return the script without its comments: a phone with a weak signal pays for every byte."""
    return _CASTS.sub("", _COMMENT_LINES.sub("", script))


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes file names, also inside `import` statements of plain ES modules, and stores compressed twins."""

    support_js_module_import_aggregation = True
    manifest_strict = False
    # One pass for each level of imports; the field app's modules are eleven deep.
    max_post_process_passes = 25

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002 - Django's signature
        """Return the address of a file; kept, since a page names ten of them and they last as long as the process."""
        if force or settings.DEBUG or name is None:
            address: str = super().url(name, force)
            return address
        key = (get_script_prefix(), name)
        if key not in self._addresses:
            if len(self._addresses) >= MOST_KEPT:
                self._addresses.clear()
            self._addresses[key] = super().url(name)
        return self._addresses[key]

    @cached_property
    def _addresses(self) -> dict[tuple[str, str], str]:
        return {}

    def _save(self, name: str, content: Any) -> str:
        if name.startswith("field/") and name.endswith(".js"):
            content.seek(0)
            content = ContentFile(without_comments(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
