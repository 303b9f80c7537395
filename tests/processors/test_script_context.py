"""Scripts that stand side by side, and characters that the rest of a text decides about; the texts are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.doubt import doubtful
from processors.algorithms.restore import to_simplified
from processors.normalize import normalize_text

INVENTED = "縂躰來看，儅地的琯理槼則竝未改變，郃同繼續有傚。與會者蓡觀了躰騐中心。"
SIMPLIFIED = "总体来看，当地的管理规则并未改变，合同继续有效。与会者参观了体验中心。"


def test_simplified_quotation_in_an_invented_line() -> None:
    """What stands in Simplified inside a line of invented script is left alone, names and all."""
    quoted = "他说：“房琯与张郃的故事里，乾隆来过南宁，于谦没有。”"
    assert to_simplified(INVENTED + quoted + INVENTED).text == SIMPLIFIED + quoted + SIMPLIFIED


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("擡頭 抬头", "抬头 抬头"),
        ("稽覈与审核，無車无门", "稽核与审核，无车无门"),
        ("林小昇與陳大昇一同昇空", "林小升与陈大升一同升空"),
        ("李昇在畢昇的墓前，昇華了", "李昇在毕昇的墓前，升华了"),
        ("他在乾安縣買了乾貨", "他在乾安县买了干货"),
        ("沈先生沈默不語，看沈船", "沈先生沉默不语，看沉船"),
        ("祕密的祕方", "秘密的秘方"),
        ("步步高陞，五行相剋", "步步高升，五行相克"),
    ],
)
def test_words_of_today(text: str, restored: str) -> None:
    """Lines of both scripts, and words that OpenCC has learnt since the package's dictionaries were made."""
    assert to_simplified(text).text == restored


@pytest.mark.parametrize(
    "text",
    [
        "洪昇著《长生殿》",
        "昇腾芯片性能提升",
        "他说明了。昇腾芯片性能好",
        *(f"{c}，" for c in "剋氾扞苧昇祕陞脩蒐劄薳谿釐爇"),
    ],
)
def test_standard_characters_are_no_evidence(text: str) -> None:
    """Text without a sign of Traditional but characters of the standard list stays as it is."""
    assert (to_simplified(text).text, to_simplified(text).changed) == (text, 0)


def test_quoted_characters_in_simplified_stay() -> None:
    """An article about characters shows them as they are."""
    text = "“龍”字有十六画，简化以后写成“龙”，只有五画；“體”字的简化字则是“体”，二十三画变成七画，写起来快了很多。"
    assert to_simplified(text).text == text


def test_doubtful_character_by_what_is_missing() -> None:
    """妳 is 奶 where the text has 你, and 你 where it has not."""
    assert to_simplified(INVENTED + "你喝的妳很香。").text.endswith("你喝的奶很香。")
    assert to_simplified(INVENTED + "妳喝的茶很香。").text.endswith("你喝的茶很香。")


@pytest.mark.parametrize(
    ("rest", "restored"),
    [
        ("牠說牠也去。", "他说他也去。"),
        ("他說牠也去，牠是貓。", "他说它也去，它是猫。"),
        ("數據表眎，眎頻裡沒有這個眎例。", "数据表示，示频里没有这个示例。"),
        ("電眎劇和眎頻，重眎質量。", "电视剧和视频，重视质量。"),
        ("牛妳和妳茶，味道很好，妳香四溢。", "牛奶和奶茶，味道很好，奶香四溢。"),
    ],
)
def test_a_variant_of_several_stands_for_one_of_them(rest: str, restored: str) -> None:
    """What a text lacks, what is frequent and what words say in one place decides about a variant in all places."""
    assert to_simplified(INVENTED + rest).text == SIMPLIFIED + restored


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("佢哋話呢個問題好嚴重嘅，咁點算？", "佢哋话呢个问题好严重嘅，咁点算？"),
        ("麼麼噠，這個說法很好", "么么哒，这个说法很好"),
        ("他走瞭，說明瞭問題，瞭望臺上瞭如指掌", "他走了，说明了问题，瞭望台上了如指掌"),
    ],
)
def test_speech_of_today(text: str, restored: str) -> None:
    """Particles of Cantonese are no invention, words of chats are known, and 瞭 is 了 but where one looks out."""
    assert (to_simplified(text).text, to_simplified(text).script.label) == (restored, "traditional")


def test_rare_name_is_kept_where_the_frequent_character_is() -> None:
    """A standard character of names is a form of another only in a text that should have that one and has not."""
    name = "記者曌雲報道，在陽光照耀下，遊客拍照畱唸。"
    assert "曌" in to_simplified(INVENTED + name).text
    without = INVENTED.replace("。", "，") * 180 + "拍曌畱唸。"
    assert to_simplified(without).text.endswith("拍照留念。")
    assert ord("曌") in doubtful()


@pytest.mark.parametrize(
    ("text", "taiwan", "hong_kong"),
    [
        ("皇后在后面的面馆里吃面。", "皇后在後面的麵館裡吃麵。", "皇后在後面的麪館裏吃麪。"),
        ("他看着著名的书。", "他看著著名的書。", "他看着著名的書。"),
        (INVENTED[:17], "總體來看，當地的管理規則並未改變，", "總體來看，當地的管理規則並未改變，"),
        ("為了覈實這說法，他在廚房裏。", "為了核實這說法，他在廚房裡。", "為了核實這説法，他在廚房裏。"),
        ("plain, 123", "plain, 123", "plain, 123"),
        ("体験してください、東京の話です。", "体験してください、東京の話です。", "体験してください、東京の話です。"),
        ("", "", ""),
    ],
)
def test_regions(text: str, taiwan: str, hong_kong: str) -> None:
    """Each region has its characters, by the word; invented script is restored first, Japanese stays."""
    assert normalize_text(text, "traditional_tw").text == taiwan
    assert normalize_text(text, "traditional_hk").text == hong_kong


@pytest.mark.parametrize("name", ["東京都庁", "経済産業省", "日本経済新聞社", "関西国際空港", "渋谷駅前店"])
def test_names_of_japan(name: str) -> None:
    """A name in forms that only Japan has is Japanese without kana too, and stays in every script."""
    for script in ("simplified", "traditional_tw", "traditional_hk"):
        assert normalize_text(name, script).text == name


@pytest.mark.parametrize(
    ("text", "taiwan"),
    [
        ("渡边和高桥在滨松见面，这是斋藤的书。", "渡邊和高橋在濱松見面，這是齋藤的書。"),
        (
            "東京の渋谷で会いました。\n他们在涩谷见面，说了很多话。",
            "東京の渋谷で会いました。\n他們在澀谷見面，說了很多話。",
        ),
    ],
)
def test_japanese_names_in_regional_text(text: str, taiwan: str) -> None:
    """Names written in Chinese get the characters of the region, Japanese lines keep theirs, every time."""
    assert normalize_text(text, "traditional_tw").text == taiwan
    assert normalize_text(taiwan, "traditional_tw").text == taiwan


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("他看著書，坐在裡面喝著茶。", "traditional_tw"),
        ("佢哋喺屋裏食飯，等着開會，講咗好多嘢。", "traditional_hk"),
        ("他看着書，坐在房間裏面喝着茶。", "traditional_hk"),
        ("國際貿易發展會議", "traditional"),
        ("臺灣與香港的電視節目", "traditional"),
        (INVENTED + "他看著書，坐在裡面喝著茶。", "pseudo"),
    ],
)
def test_regions_are_told_apart_where_they_show(text: str, script: str) -> None:
    """Taiwan and Hong Kong differ in a few frequent characters; a single one is no proof."""
    assert normalize_text(text).script == script


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_regional_lengths(text: str) -> None:
    """Any text keeps its length, so that spans and lines stay."""
    simple = normalize_text(text).text
    assert len(normalize_text(simple, "traditional_tw").text) == len(simple)
    assert len(normalize_text(simple, "traditional_hk").text) == len(simple)


def test_regional_twice_is_once() -> None:
    """What is in a region's characters stays as it is."""
    for region in ("traditional_tw", "traditional_hk"):
        once = normalize_text(SIMPLIFIED + "他看着著名的书，在里面吃面。", region).text
        assert normalize_text(once, region).text == once


@pytest.mark.parametrize("length", [600, 1023, 1024, 40_000, 70_000])
def test_long_lines_and_texts(length: int) -> None:
    """Evidence is counted right however long a line is, and wherever the blocks of a long text end."""
    line = (INVENTED * (length // len(INVENTED) + 1))[:length]
    plain = (SIMPLIFIED * (length // len(SIMPLIFIED) + 1))[:length]
    other = "他们说这里的风险不大。"
    assert to_simplified(f"{line}\n{other}\n" * 3).text == f"{plain}\n{other}\n" * 3


@pytest.mark.parametrize(
    "text",
    [
        "日本の歴史を学ぶための本です。\n詳細情報\n異機種環境の共存について説明します。\n戻る",
        "最後に、IPv4 経由、電話番号、認証方式の順で関連する設定を確認してください。\n推奨手順、認証",
    ],
)
def test_headings_of_japanese_text(text: str) -> None:
    """Lines and clauses without kana follow the Japanese text they stand in."""
    assert (to_simplified(text).text, to_simplified(text).script.label) == (text, "japanese")


def test_old_books_are_not_invented() -> None:
    """Rare characters alone do not make an invention of a text that has no particles of today."""
    text = "緜緜葛藟，在河之滸。終遠兄弟，謂他人父。謂他人父，亦莫我顧。"
    assert (to_simplified(text).text[:4], to_simplified(text).script.label) == ("緜緜葛藟", "traditional")
    assert to_simplified("縂躰來看，緜緜不斷的雨。").text == "总体来看，绵绵不断的雨。"
    assert to_simplified("他說衞生署的說明，講咗好多嘢。").script.label == "traditional"


def test_more_standard_characters_than_a_block_has() -> None:
    """Words decide about each of them, however many there are."""
    assert to_simplified("祕密，祕方，风。" * 20_000).text == "秘密，秘方，风。" * 20_000
