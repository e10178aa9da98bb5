"""Static files with hashed names, ES module imports rewritten too; scripts travel without their comments."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Only whole lines and JSDoc casts go, so that nothing inside a string can be taken for a comment.
_COMMENT_LINES = re.compile(r"^[ \t]*(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE)
_CASTS = re.compile(r"/\*\* @type \{[^*\n]*\} \*/ ?")


def without_comments(script: str) -> str:
    """Return the script without its comments: a phone with a weak signal pays for every byte."""
    return _CASTS.sub("", _COMMENT_LINES.sub("", script))


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashes file names, also inside `import` statements of plain ES modules, and stores compressed twins."""

    support_js_module_import_aggregation = True
    manifest_strict = False
    # One pass for each level of imports; the field app's modules are eleven deep.
    max_post_process_passes = 25

    def _save(self, name: str, content: Any) -> str:
        if name.startswith("field/") and name.endswith(".js"):
            content.seek(0)
            content = ContentFile(without_comments(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
