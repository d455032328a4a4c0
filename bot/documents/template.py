"""A template in the school's hands: opened within limits, its fields checked, filled in a sandbox.

Word keeps a field as ``{{ name }}``; a template that names what does not exist, or cannot be
opened, is refused with the reason, never half filled.
"""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from services.analyses.templates import LARGEST, BrokenTemplateError

UNPACKED = 20 * LARGEST
MOST_PARTS = 500
_NAME = re.compile(r"'([^']{1,60})'")


def filled(template: bytes, fields: Mapping[str, Any]) -> bytes:
    """The document; BrokenTemplateError names what is wrong."""
    _guard(template)
    sandbox = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    out = BytesIO()
    try:
        document = DocxTemplate(BytesIO(template))
        document.render(dict(fields), jinja_env=sandbox, autoescape=True)
        document.save(out)
    except UndefinedError as error:
        raise BrokenTemplateError(why="field", name=_named(error)) from None
    except SecurityError:
        raise BrokenTemplateError(why="syntax", name="") from None
    except TemplateError as error:
        raise BrokenTemplateError(why="syntax", name=_named(error)) from None
    except Exception as error:
        raise BrokenTemplateError(why="file", name="") from error
    return out.getvalue()


def _named(error: TemplateError) -> str:
    found = _NAME.search(error.message or "")
    return found[1] if found else (error.message or "")[:60]


def _guard(template: bytes) -> None:
    """Before anything is unpacked: what it claims to hold must be within bounds."""
    if len(template) > LARGEST:
        raise BrokenTemplateError(why="large", name="")
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        raise BrokenTemplateError(why="file", name="") from None
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise BrokenTemplateError(why="large", name="")
    if "word/document.xml" not in names:
        raise BrokenTemplateError(why="file", name="")
