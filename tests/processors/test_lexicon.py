"""Lexicons: what the shipped ones hold, what is wrong with a file, and a user's own beside the configuration."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline import Chain, Cut, Item
from pipeline.config import load
from pipeline.errors import ConfigError
from pipeline.shipped import shipped
from processors.algorithms.advert import advert_strength
from processors.algorithms.fold import fold
from processors.algorithms.furniture import furniture
from processors.algorithms.keyword import SENTENCE
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import Lexicon, find_lexicon, read_lexicons
from processors.algorithms.lexiconfile import CATEGORIES
from processors.spam_strip import WEIGHTS, SpamStripOptions
from tests.pages import FERRY, polluted

CLEAN = Path(__file__).parents[1] / "golden" / "clean"
ARTICLES = Path(__file__).parents[1] / "quality" / "articles"
SHIPPED = sorted(shipped("lexicon").glob("*.yaml"))
TERMS = [
    pytest.param(terms, category, id=f"{path.stem}-{category}")
    for path in SHIPPED
    for category, terms in yaml.safe_load(path.read_text("utf-8")).items()
    if category != "version"
]


@pytest.fixture
def lexicon(tmp_path: Path) -> Path:
    """Where a test may write a lexicon of its own."""
    return tmp_path / "own.yaml"


def test_the_default_is_every_shipped_lexicon() -> None:
    """A step without options uses all there are; behind them its files are the weights."""
    assert sorted(SpamStripOptions().lexicon) == [path.stem for path in SHIPPED]
    assert sorted(SpamStripOptions().files()[: -len(WEIGHTS)]) == SHIPPED


@pytest.mark.parametrize(("terms", "category"), TERMS)
def test_shipped_terms_are_folded(terms: list[str], category: str) -> None:
    """A term that is not in comparison form would never be found."""
    assert [term for term in terms if read_page(term).key != term or term != term.strip()] == []


@pytest.mark.parametrize("row", ["字号:大 中 小", "点击:128次 大 中 小", "大 | 中 | 小", "赞 踩 分享"])
def test_buttons_of_one_character_are_known_without_a_lexicon(row: str) -> None:
    """A row of them is furniture, though no lexicon may have a single character."""
    assert furniture(row, read_lexicons(SHIPPED)) is not None


@pytest.mark.parametrize(("terms", "category"), TERMS)
def test_shipped_terms_stand_once(terms: list[str], category: str) -> None:
    """No term twice in a category of a file."""
    assert [term for term, count in Counter(terms).items() if count > 1] == []


def sentences() -> list[str]:
    """The sentences of clean pages, also of those about gambling, loans, invoices and downloads."""
    texts = [path.read_text("utf-8") for path in sorted(CLEAN.glob("*.txt"))]
    texts += [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.yaml"))]
    keys = (line.key for text in texts for line in read_page(text).lines)
    return [found.group() for key in keys for found in SENTENCE.finditer(key)]


def test_the_sentences_of_articles_are_no_adverts() -> None:
    """What presses stands in articles about it too, but hardly ever as often as an advert has it."""
    lexicon = read_lexicons(SHIPPED)
    calling = [sentence for sentence in sentences() if advert_strength(sentence, lexicon) >= 3]
    assert len(sentences()) > 4000
    assert len(calling) <= 2


INNOCENT = [
    "牛奶的价格逼近历史高点，超市的促销有微信支付可用，顾客排队付款。",
    "软件包中附加扣除了若干依赖，增加飞机制造业的软件包通过了测试。",
    "安徽信息工程学院的学生在威信县支教，今日前往新校区报到。",
    "老人防走丢手环可以防丢失，社区免费带老人体检，消防检测合格。",
    "中央空调的维修人员分钟级响应，居民上门取件后付款购买配件。",
    "图书馆节假日开放，读者凭身份证入馆，座位先到先得，请牢记闭馆时间。",
    "他说你懂得太少，不要错过春耕，各位亲友都来帮忙，最后一天要交工。",
    "命令完成以后，在浏览器里点击链接，再看下方的按钮，实时更新数据。",
    "作者所在的研究所有一百人，全球节点城市的网速绝对值不高。",
    "未经授权架设服务器、未经许可复制软件、未经同意使用照片，都可能侵权。",
    "公司提供质量保证，双方签订合同，不承担任何额外费用，并不代表违约。",
]


@pytest.mark.parametrize("sentence", INNOCENT)
def test_ordinary_words_press_nobody(sentence: str) -> None:
    """No term of the shipped lexicons that sells, presses or prints small is a part of ordinary words."""
    lexicon = read_lexicons(SHIPPED)
    assert [lexicon.promo.findall(fold(sentence)), lexicon.tail.findall(fold(sentence))] == [[], []]


def test_lexicons_add_up() -> None:
    """The terms of several files are one lexicon, with every category there may be."""
    every, first = read_lexicons(SHIPPED), read_lexicons(SHIPPED[:1])
    assert set(every.terms) == set(CATEGORIES)
    assert all(first.terms[category] <= every.terms[category] for category in CATEGORIES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("version: 1\ntrade: [甲乙\n", r"own\.yaml:3:1: is no YAML: "),
        ("version: 1\ntrade: [\x00]\n", r"own\.yaml is no YAML: "),
        ("", r"own\.yaml: a lexicon starts with `version: 1`"),
        ("- 甲乙\n", r"own\.yaml: a lexicon starts with `version: 1`"),
        ("trade: [甲乙]\n", r"own\.yaml:1:1: a lexicon starts with `version: 1`"),
        ("version: 2\ntrade: [甲乙]\n", r"own\.yaml:1:10: version '2'; lexicons have version 1$"),
        ("version: 1\ntrades: [甲乙]\n", r"own\.yaml:2:1: no category 'trades'; there are trade, promo"),
        ("version: 1\n? [a]\n: [甲乙]\n", r"own\.yaml:2:3: no category '\?'; there are trade, promo"),
        ("version: 1\ntrade: [365]\n", r'own\.yaml:2:9: 365 is read as a number; put a term in quotes: "365"'),
        ("version: 1\ntrade: [no]\n", r"own\.yaml:2:9: no is read as true or false; put a term in quotes"),
        ("version: 1\ntrade: 甲乙\n", r"own\.yaml:2:8: trade must be a list of terms"),
        ("version: 1\ntrade:\n", r"own\.yaml:2:7: trade must be a list of terms"),
        ("version: 1\ntrade: ['']\n", r"own\.yaml:2:9: an empty term; take it out \(in trade\)$"),
        ("version: 1\ntrade: ['甲乙 ']\n", r"own\.yaml:2:9: '甲乙 ' has blanks at its ends"),
        ("version: 1\ntrade: [[甲乙]]\n", r"own\.yaml:2:9: a list or a mapping, where a term is allowed"),
        (
            "version: 1\ntrade:\n  - 茶楼\n  - 茶\n",
            r"own\.yaml:4:5: '茶' has one character, .* 2 at least \(in trade\)$",
        ),
        ("version: 1\ntrade: [甲乙]\ntrade: [丙丁]\n", r"own\.yaml:3:1: 'trade' stands twice, first on line 2;"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(lexicon: Path, content: str, said: str) -> None:
    """The place in the file is named, what was found there, and what is allowed."""
    lexicon.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_lexicons([lexicon])


def test_every_mistake_is_told_at_once(lexicon: Path) -> None:
    """A line each, in the order of the file."""
    lexicon.write_text("version: 3\ntrade: [茶, 茶楼, 7]\npromos: []\n", encoding="utf-8")
    with pytest.raises(ValueError, match="own") as raised:
        read_lexicons([lexicon])
    told = str(raised.value).splitlines()
    assert [line.split(" ")[0] for line in told] == [
        "own.yaml:1:10:",
        "own.yaml:2:9:",
        "own.yaml:2:16:",
        "own.yaml:3:1:",
    ]


def test_a_file_in_another_encoding_is_no_lexicon(lexicon: Path) -> None:
    """Terms in GB18030 are refused, not misread."""
    lexicon.write_text("version: 1\ntrade: [彩票]\n", encoding="gb18030")
    with pytest.raises(ValueError, match=r"own\.yaml is not in UTF-8 \(byte 19\); save it in UTF-8"):
        read_lexicons([lexicon])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gambing", r"no lexicon 'gambing'; there are .*furniture, gambling.*; did you mean 'gambling'\?"),
        ("烟酒", r"no lexicon '烟酒'; there are .*, or a path that ends in \.yaml$"),
        ("missing.yaml", r"no lexicon file 'missing\.yaml' in conf$"),
    ],
)
def test_a_lexicon_that_is_not_there(tmp_path: Path, name: str, said: str) -> None:
    """What there is and the nearest name are said, and where a file was looked for without the machine's own path."""
    with pytest.raises(ValueError, match=said):
        find_lexicon(name, shipped("lexicon"), tmp_path / "conf")


def test_a_path_without_a_configuration_counts_from_here(lexicon: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From plain Python, a file is looked for in the current folder."""
    lexicon.write_text("version: 1\n", encoding="utf-8")
    monkeypatch.chdir(lexicon.parent)
    assert find_lexicon("own.yaml", shipped("lexicon"), None).samefile(lexicon)
    with pytest.raises(ValueError, match="in the current folder"):
        find_lexicon("missing.yaml", shipped("lexicon"), None)


def run_with(folder: Path, lexicons: str) -> Path:
    """A configuration of one step with these lexicons."""
    path = folder / "run.yaml"
    path.write_text(
        "version: 1\nsource: {paths: [pages/]}\n"
        f"chain:\n  - processor: spam_strip\n    options: {{lexicon: [{lexicons}]}}\n",
        encoding="utf-8",
    )
    return path


OWN = "version: 1\nheading: [渡口杂谈]\n"
PAGE = polluted(f"{FERRY.laid}\n\n渡口杂谈\n村里的篮球赛打到了凌晨\n外卖骑手自发清理积雪")


def cut_as(path: Path) -> dict[str, str]:
    """The text of each cut of the page, and its reason."""
    with Chain.load(path) as chain:
        return {cut.text: cut.reason for cut in chain.run([Item.page(PAGE)]) if isinstance(cut, Cut)}


def test_a_lexicon_of_ones_own_beside_the_configuration(lexicon: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path counts from the configuration's folder, wherever the run is started, and its terms count."""
    lexicon.write_text(OWN, encoding="utf-8")
    monkeypatch.chdir("/")
    names = "gambling, seo, furniture"
    assert cut_as(run_with(lexicon.parent, f"{names}, own.yaml")).get("渡口杂谈") == "list_heading"
    assert cut_as(run_with(lexicon.parent, names)).get("渡口杂谈") != "list_heading"


def test_a_lexicon_changes_the_fingerprint_of_the_chain(lexicon: Path) -> None:
    """Other terms are another run, though the configuration reads the same."""
    path = run_with(lexicon.parent, "seo, own.yaml")
    lexicon.write_text(OWN, encoding="utf-8")
    before = load(path).fingerprint
    lexicon.write_text(OWN.replace("杂谈", "闲谈"), encoding="utf-8")
    assert load(path).fingerprint != before


@pytest.mark.parametrize(
    ("lexicons", "said"),
    [
        ("gambling, furnitur", r"run\.yaml:5:\d+: .*no lexicon 'furnitur'.*did you mean 'furniture'"),
        ("own.yaml", r"run\.yaml:5:\d+: .*own\.yaml:2:1: no category 'trades'"),
        ("", r"run\.yaml:5:\d+: "),
    ],
)
def test_a_wrong_lexicon_is_an_error_of_the_configuration(lexicon: Path, lexicons: str, said: str) -> None:
    """Before a page is read, the place in the configuration is named together with what is wrong."""
    lexicon.write_text("version: 1\ntrades: [甲乙]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        load(run_with(lexicon.parent, lexicons))


WORDS = st.text(alphabet="渡口桥-]a", min_size=1, max_size=4)


@given(st.frozensets(WORDS, max_size=8), st.text(alphabet="渡口桥-]a", max_size=30))
def test_terms_are_found_the_longest_first(terms: frozenset[str], text: str) -> None:
    """As a list of them would find them, the longest first, whatever characters they have."""
    listed = "|".join(map(re.escape, sorted(terms, key=len, reverse=True))) or "(?!)"
    assert Lexicon({"promo": terms}).promo.findall(text) == re.findall(listed, text)


@given(st.frozensets(WORDS, max_size=6), st.frozensets(WORDS, max_size=4), st.text(alphabet="渡口桥-]a", max_size=30))
def test_no_term_is_found_inside_an_innocent_word(terms: frozenset[str], longer: frozenset[str], text: str) -> None:
    """Nowhere where a longer one stands around it; everywhere else as without them, if no other term begins there."""
    innocent = longer - terms
    shielded = {
        (at + start, at + start + len(term))
        for word in innocent
        for at in range(len(text))
        if text.startswith(word, at)
        for term in terms
        for start in range(len(word))
        if word.startswith(term, start)
    }
    found = {hit.span() for hit in Lexicon({"promo": terms, "innocent": innocent}).promo.finditer(text)}
    assert not found & shielded
    if not shielded:
        assert found == {hit.span() for hit in Lexicon({"promo": terms}).promo.finditer(text)}


@pytest.mark.parametrize("text", ["这里迎来大发展的一年", "真人版的电影", "9月30日结束", "工会所赠的书"])
def test_ordinary_words_sell_nothing(text: str) -> None:
    """Names of trades are not found inside them."""
    assert read_lexicons(SHIPPED).trade.findall(text) == []


def test_every_innocent_word_holds_a_term() -> None:
    """One in which none stands would do nothing."""
    every = read_lexicons(SHIPPED)
    terms = {term for category in CATEGORIES if category != "innocent" for term in every.terms[category]}
    assert [word for word in every.terms["innocent"] if not any(term in word for term in terms)] == []


@given(st.frozensets(WORDS, max_size=8), WORDS)
def test_words_end_as_a_keyword_does(terms: frozenset[str], words: str) -> None:
    """With one of the suffixes, whatever its length."""
    assert Lexicon({"suffix": terms}).ends_as_suffix(words) == words.endswith(tuple(terms))
