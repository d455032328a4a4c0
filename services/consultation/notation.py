"""The base of answers as YAML: a list of entries, the columns of ``table`` as keys."""

from collections.abc import Mapping, Sequence

import yaml

from services.consultation.table import ALIASES, COLUMNS, NotABaseError

Lines = list[tuple[int, dict[str, str]]]
"""Entries by the line where each begins, cells by column."""


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, so that they can be read and mended."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def written(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Rows of ``exchange``; aliases become a list."""
    entries = [
        {name: row[name].splitlines() if name == ALIASES else row[name] for name in COLUMNS}
        for row in rows
    ]
    text = yaml.dump(entries, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def read(content: bytes) -> Lines:
    """Entries of a list of mappings; NotABaseError for whatever else.

    Nothing is constructed and no anchor is followed: values are the texts as they stand.
    """
    try:
        tree = yaml.compose(content.decode("utf-8-sig"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise NotABaseError from error
    if not isinstance(tree, yaml.SequenceNode):
        raise NotABaseError
    return [(entry.start_mark.line + 1, _cells(entry)) for entry in tree.value]


class _Loader(yaml.SafeLoader):
    """Refuses references: a few lines of them could stand for a milliard."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


def _cells(entry: yaml.Node) -> dict[str, str]:
    if not isinstance(entry, yaml.MappingNode):
        raise NotABaseError
    known = {name.casefold(): name for name in COLUMNS}
    return {
        known[key]: _value(value)
        for name, value in entry.value
        if (key := str(name.value).strip().casefold()) in known
    }


def _value(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "\n".join(_value(each) for each in node.value)
    if not isinstance(node, yaml.ScalarNode):
        raise NotABaseError
    return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
