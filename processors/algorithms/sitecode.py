"""Finds lines of code that an extraction left between the paragraphs of a text: scripts, styles, tags of templates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import HAN
from processors.algorithms.layout import Line, Page
from processors.algorithms.patterns import Scouted

MAX_SHARE = 0.34
"""A page with a larger share of code among its lines is about code, or an example of it."""

_LITERAL = r"(?:\"[^\"\n]{0,80}\"|'[^'\n]{0,80}'|\d{1,9})"
_CALL = rf"[a-z_$][\w$.]{{0,40}}\((?:{_LITERAL}(?:\s?,\s?{_LITERAL}){{0,5}})?\)\s?;"
_OF_SITES = Scouted(
    r"<script\b|</script>|\bdocument\.write|\b_hmt\b|hm\.baidu|cnzz|_czc|adsbygoogle|google_ad|bdshare|baidu_clb|slotbydup"
    r"|bd_cpro|\$\((?:function|document)\b|jquery|\)\.(?:hide|show|remove|html|click)\(|^window\.[\w$.]+\s?="
    r"|^\w{0,24}(?:ad|ads|adv|hits|clicks?|count|share|stat|tongji)\d{0,3}\([^()]{0,40}\);$"
    r"|^\{/?(?:dede|pboot|eyou|pc|cms|aspcms|maccms|tag|loop|qb|phpcms|yun|zblog|discuz)[:.\s]|^\[/?!--[\w.]+--\]"
    r"|^\{\{[^{}]{1,60}\}\}$",
    r"[(<{\[=]",
)
"""Code that sites have for adverts, counters, sharing and their templates."""

_RULE = r"\s*[a-z-]{2,30}\s*:[^{};]{1,60}"
_STYLE = re.compile(rf"(?:[.#@]?[a-z][\w-]*(?:[ ,>:.#]+[a-z][\w-]*){{0,6}}\s*\{{{_RULE}(?:;{_RULE})*;?\s*\}}\s*)+")
_SCRIPT = re.compile(
    rf"(?:(?:var|let|const)\s[\w$]+\s?=.{{1,160}};|{_CALL}|\(?function\s?\(.{{0,200}}|\}}\)?(?:\(\))?;)"
)
"""Rules of a style sheet, and statements that end as such do: sites have them, and so do texts that teach them."""

_ABOUT = re.compile(
    r"代码|源码|脚本|函数|编程|程序设计|样式表|模板|变量|语句|标签|标记语言|javascript|jquery|(?<![a-z.])(?:css|html|php|js)(?![a-z])"
)
"""What a text says that is about code."""


def leftover_code(page: Page) -> Iterator[Hit]:
    """Lines of code without a Chinese character, a few of them between the lines of a text that is not about code."""
    if not any(sign in page.key for sign in "({<;!"):
        return
    found = [line for line in page.lines if not line.kinds & HAN and _is_code(line.key)]
    if found and len(found) <= MAX_SHARE * len(page.lines) and not _is_about_code(page, found):
        for line in found:
            yield Hit(line.start, line.end, "markup", {"words": line.key[:40]})


def _is_code(key: str) -> bool:
    return _OF_SITES.search(key) is not None or any(form.fullmatch(key) for form in (_STYLE, _SCRIPT))


def _is_about_code(page: Page, found: Sequence[Line]) -> bool:
    """Whether the text speaks of code; one with code of sites only where it does so right before a line of it."""
    if all(_OF_SITES.search(line.key) for line in found):
        starts = {line.start for line in found}
        return any(
            _ABOUT.search(line.key) and line.key.endswith(":")
            for line, behind in zip(page.lines, page.lines[1:], strict=False)
            if behind.start in starts
        )
    return any(line.prose and line.kinds & HAN and _ABOUT.search(line.key) for line in page.lines)
