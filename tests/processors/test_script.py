"""Finding out the script of a text and restoring standard Simplified; the texts are made up."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.characters import invented_pairs, opencc, rows, traditional_pairs
from processors.algorithms.restore import to_simplified
from processors.algorithms.scripts import Script
from processors.normalize import normalize_text

SIMPLIFIED = """清溪镇举办首届民间艺术节
本报讯(记者 方小禾)昨天上午,清溪镇首届民间艺术节在镇文化广场开幕,当地两千多名居民参与了活动。
开幕式上,镇总工会管理的合唱团演唱了三首歌曲,随后是规模不小的舞龙表演,视觉效果很好,观众看着看着就跟着唱了起来。
著名剪纸艺人罗桂香带着两位学生当场创作,体验区里挤满了孩子。她的著作《纸上清溪》同时举行了签名活动。
据介绍,艺术节还将举办农产品展销、医疗义诊和乡村厨艺比赛,验收合格的摊位只收取少量管理费。"""

INVENTED = """清谿鎮擧辦首屆民間藝術節
本報訊(記者 方小禾)昨天上午,清谿鎮首屆民間藝術節在鎮文化廣場開幕,儅地兩千多名居民蓡與了活動。
開幕式上,鎮縂工會琯理的郃唱團縯唱了三首歌曲,隨後是槼模不小的舞龍表縯,眡覺傚果很好,觀衆看著看著就跟著唱了起來。
著名剪紙藝人羅桂香帶著兩位學生儅場創作,躰騐區裡擠滿了孩子。她的著作《紙上清谿》同時擧行了簽名活動。
據介紹,藝術節還將擧辦辳産品展銷、毉療義診和鄕村廚藝比賽,騐收郃格的攤位衹收取少量琯理費。"""

TAIWAN = """溪口鎮舉辦第一屆民俗藝術節
昨天上午,溪口鎮民俗藝術節在廣場開幕,當地居民參與了活動,小朋友看著舞龍隊伍,跟著一起唱起來。
總工會管理的合唱團演唱了三首歌,視覺效果很好,著名的剪紙藝人帶著學生當場創作,體驗區裡擠滿了人。"""

TAIWAN_SIMPLIFIED = """溪口镇举办第一届民俗艺术节
昨天上午,溪口镇民俗艺术节在广场开幕,当地居民参与了活动,小朋友看着舞龙队伍,跟着一起唱起来。
总工会管理的合唱团演唱了三首歌,视觉效果很好,著名的剪纸艺人带着学生当场创作,体验区里挤满了人。"""


def test_invented_script_is_restored() -> None:
    """An article in the invented script comes out as its Simplified original, character for character."""
    assert to_simplified(INVENTED).text == SIMPLIFIED
    assert to_simplified(INVENTED).script is Script.INVENTED


def test_simplified_stays() -> None:
    """Nothing changes in Simplified text."""
    assert to_simplified(SIMPLIFIED)[:3] == (SIMPLIFIED, Script.SIMPLIFIED, 0)


def test_genuine_traditional() -> None:
    """Traditional text of Taiwan is converted, with 着 for the particle and 著 in its words."""
    assert to_simplified(TAIWAN)[:2] == (TAIWAN_SIMPLIFIED, Script.TRADITIONAL)


@pytest.mark.parametrize("number", range(1, 5))
def test_one_paragraph_is_enough(number: int) -> None:
    """A single paragraph of invented script is found and restored by its own evidence."""
    assert to_simplified(INVENTED.splitlines()[number]).text == SIMPLIFIED.splitlines()[number]


def test_mixed_scripts_are_told_apart_by_line() -> None:
    """Paragraphs in three scripts on one page: each is treated as what it is."""
    mixed = "\n".join([SIMPLIFIED, "郃阳县的房琯后人与甯家、张郃后人在磐石镇见面。", INVENTED, TAIWAN])
    expected = "\n".join([SIMPLIFIED, "郃阳县的房琯后人与甯家、张郃后人在磐石镇见面。", SIMPLIFIED, TAIWAN_SIMPLIFIED])
    assert to_simplified(mixed).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "著名作家沈著文的著作与论著，看着就让人沉着。",
        "乾隆年间的乾坤殿，饼干晾干了，干部干活。",
        "房琯、张郃、刘縯、李勣、煇县甯家与於姓后人在郃阳见面。",
        "钱锺书先生的馀墨与蘋花，磐石般的磐安人用底盘。",
        "瞭望塔上一目了然，藉此慰藉，答复与反复，覆盖复印。",
        "饕餮囍堃喆淼龢犇麤靐，生僻字也是字。",
        "他把“龍”字写成“龙”，又把“體”写作“躰”，说这是异体字。",
        "房琯",
        "郃",
        "Plain English, nothing else.",
        "東京都の漢字は変わりません。体験してください。",
    ],
)
def test_text_that_is_right_stays(text: str) -> None:
    """Names, dangerous characters and quoted characters in Simplified, Japanese and other text stay."""
    assert (to_simplified(text).text, to_simplified(text).changed) == (text, 0)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("乾隆皇帝把餅乾曬乾了", "乾隆皇帝把饼干晒干了"),
        ("他瞭解情況後登上瞭望台", "他了解情况后登上瞭望台"),
        ("錢鍾書聽見鐘聲，情有獨鍾", "钱锺书听见钟声，情有独钟"),
        ("劉縯與李勣在房琯門前相見，張郃也來了", "刘縯与李勣在房琯门前相见，张郃也来了"),
        ("請您答覆，覆蓋範圍重複了", "请您答复，覆盖范围重复了"),
        (
            "他穿著雨衣寫著名字，看著書發呆，著名學者著有《論著》",
            "他穿着雨衣写着名字，看着书发呆，著名学者著有《论著》",
        ),
        ("這項規則發揮著作用，配合著作權法執行著", "这项规则发挥着作用，配合著作权法执行着"),
        ("這本書的原著顯著不同，意味著它被讀著", "这本书的原著显著不同，意味着它被读着"),
    ],
)
def test_ambiguous_characters_in_traditional(text: str, restored: str) -> None:
    """In genuine Traditional text words decide about a character with two standard forms; names stay."""
    assert to_simplified(text).text == restored


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("他寫著的書說著話，人們看着聽着笑着", "他写著的书说著话，人们看着听着笑着"),
        ("其人好學，嘗著論衡之書，觀者嘆之也", "其人好学，尝著论衡之书，观者叹之也"),
    ],
)
def test_text_that_keeps_the_two_apart(text: str, restored: str) -> None:
    """Where a text writes 着 for the particle, or is classical and has none, its 著 is the other word."""
    assert to_simplified(text).text == restored


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("堅如磐石的底磐，儅場盤點了縂數", "坚如磐石的底盘，当场盘点了总数"),
        ("乾隆皇帝儅年乾了什麽，躰騐琯理", "乾隆皇帝当年干了什么，体验管理"),
        ("房琯侷与儅地竝無郃同，衹有槼則", "房管局与当地并无合同，只有规则"),
        ("劉縯李勣皆是古人，縂躰蓡與", "刘縯李勣皆是古人，总体参与"),
    ],
)
def test_ambiguous_characters_in_the_invented_script(text: str, restored: str) -> None:
    """In the invented script borrowed characters are restored, but words and well-known names stay."""
    assert to_simplified(text).text == restored


def test_unseen_variants_are_restored() -> None:
    """Variants that no seed has are restored by the official lists, where the text is in the invented script."""
    assert to_simplified("縂躰來看，菴堂、逈異、恠事、襃奬、俻注、觧釋、甎瓦、牀鋪").text == (
        "总体来看，庵堂、迥异、怪事、褒奖、备注、解释、砖瓦、床铺"
    )


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_length_is_kept(text: str) -> None:
    """Restoring is character by character, for any text."""
    assert len(to_simplified(text).text) == len(text)


@given(st.text(st.sampled_from("风險风险躰合郃管琯著着乾隆石磐的a，\n房甯於產産体當儅書书"), max_size=40))
def test_restored_text_is_stable(text: str) -> None:
    """What was restored is not restored again."""
    once = to_simplified(text).text
    assert to_simplified(once).text == once


def test_tables_hold_what_they_promise() -> None:
    """Targets are final, each row has its columns, no shipped variant repeats OpenCC's common pairs."""
    for name, columns in (("variants", 3), ("reviewed", 5), ("phrases", 3)):
        assert {len(row) for row in rows(name)} == {columns}
        assert all(all(row) for row in rows(name))
    assert {row[2] for row in rows("reviewed")} <= {"invented", "borrowed", "context", "traditional"}
    assert {len(source) == len(target) for source, target, _ in rows("phrases")} == {True}
    variants = {row[0] for row in rows("variants")}
    assert all(row[1] not in variants for row in rows("variants"))
    assert len(opencc("TSCharacters")) > 4000
    assert traditional_pairs()["體"] == invented_pairs()["躰"] == "体"


def test_keep_says_what_the_script_is() -> None:
    """With `keep` nothing is restored, but the script is named."""
    kept = normalize_text(INVENTED, script="keep")
    assert (kept.text, kept.script, kept.restored) == (INVENTED, "pseudo", 0)


def test_gold_tiers(shared: Path) -> None:
    """Seeds exact, Simplified unchanged, genuine Traditional at most 3 errors in 10,000."""
    gold = shared / "gold" / "normalize_dev.jsonl"
    if not gold.is_file():
        pytest.skip(f"no {gold.relative_to(shared)} beside this checkout")
    wrong: dict[str, int] = {}
    total: dict[str, int] = {}
    for line in gold.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        got = to_simplified(case["src"]).text
        errors = sum(a != b for a, b in zip(got, case["dst"], strict=True))
        wrong[case["tier"]] = wrong.get(case["tier"], 0) + errors
        total[case["tier"]] = total.get(case["tier"], 0) + len(got)
    assert {tier: count for tier, count in wrong.items() if tier != "genuine_trad"} == dict.fromkeys(
        ["seed_city", "seed_news", "identity", "identity_risk"], 0
    )
    assert wrong["genuine_trad"] <= 0.0003 * total["genuine_trad"]
