"""Reads a byline: when an article was published, and where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from processors.algorithms.bylineparts import byline_parts
from processors.algorithms.fold import fold

_LABEL = (
    r"(?:来源|稿源|作者|记者|编辑|责任编辑|责编|校对|审核|撰文|供稿|通讯员|发布时间|发表时间|发布日期|更新时间|时间|日期|浏览|阅读|点击|评论"
    r"|字体|字号|文|图|摄影)"
)
_SOURCE = re.compile(
    rf"(?:文章来源|信息来源|消息来源|稿件来源|来源|稿源|新闻来源|内容来源|转载自|转自|摘自|来自|出处)\s*[:/|]\s*(?P<name>\S.{{0,28}}?)"
    rf"(?=\s{{2,}}|\s*[|()\[\]【】]|\s*$|\s+{_LABEL}|\s*{_LABEL}\s*[:/]|\s+\(?(?:19|20)\d\d|\s+\d)"
)
_OFFICE = re.compile(r"^(?P<name>[\u3400-\u9fff]{2,10}(?:网|报|社|台|在线|周刊))\s?(?:记者|通讯员|讯)")
_PUBLISHED = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"
    r"(?:\s*t?\s*(?P<hour>\d{1,2})[:时](?P<minute>\d{2})(?!\d))?"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def read_byline(lines: Iterable[str]) -> dict[str, str]:
    """What bylines, datelines and credits say, the first line that says it first.

    ``published`` is a date or a date and a time of day as ISO 8601 has them (``2023-09-12T16:20``, no zone: the page
    tells none), ``source_name`` what the page calls the place the text is from. What is not told is not there.
    """
    told: dict[str, str] = {}
    for line in (each for text in lines for each in text.splitlines()):
        key = fold(line)
        if "published" not in told and (when := _when(key)):
            told["published"] = when
        if "source_name" not in told and (place := _where(key)):
            told["source_name"] = line[slice(*place)].strip()
    return told


def _where(key: str) -> tuple[int, int] | None:
    """Where a line names the place it is from: behind a label, as that of a reporter, or among a byline's parts."""
    if found := _SOURCE.search(key) or _OFFICE.match(key):
        return found.span("name")
    return next(((part.start, part.end) for part in byline_parts(key) if part.kind == "source"), None)


def _when(key: str) -> str | None:
    for found in _PUBLISHED.finditer(key):
        month, day = int(found["month"]), int(found["day"])
        if not 1 <= month <= len(_DAYS) or not 1 <= day <= _DAYS[month - 1]:
            continue
        date = f"{found['year']}-{month:02}-{day:02}"
        if found["hour"] is None or int(found["hour"]) > 23 or int(found["minute"]) > 59:
            return date
        return f"{date}T{int(found['hour']):02}:{found['minute']}"
    return None
