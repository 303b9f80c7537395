"""What texts that sell say, whatever they sell: kinds of words that any text may have, and few have many of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processors.algorithms.lexicon import any_of

_WORDS = {
    "guarantee": """
        免费 退款 全额退 包过 包邮 包赔 包教 包会 包成功 包售后 保真 保本 保你 假一赔 不满意 货到付款 到付
        后付款 再付款 满意再 秒到 秒批 秒出 秒下 安全可靠 安全稳定 绝不 绝对 百分百 百分之百 不收费 零费用
        零风险 无风险 稳赚 必中 必赚 躺赚 十拿九稳 签约 售后 终身 隐私 加密 无忧 放心 靠谱 正品 原装 真实有效
        不掉线 不卡 不限 无限制 无广告 高清 永久 提现 到账 返利 返现 返水 佣金 日结 月入 日赚 日入 不成功 通过率
        成功率 好评率 无副作用 不反弹 不打码 无弹窗 长期有效 童叟无欺 包您
    """,
    "ease": """
        全天 24小时 二十四小时 一对一 一站式 一条龙 上门 零门槛 无门槛 无押金 无抵押 轻松 极速 一键 躺着 仅需
        足不出户 在家 动动手指 应有尽有 任选 全网 全城 多端 秒播 秒开 零基础 手把手 免安装 免押 免审 凭身份证
        手机上 随叫随到 量身定制 量身定做 可定制
    """,
    "praise": """
        诚信 正规 权威 实力 资深 顶级 顶尖 高端 一流 领先 口碑 信赖 信任 信誉 老字号 老牌 金牌 独家 唯一 首选
        最全 最强 最优 最快 知名 精心 优质 一手 精准 大师 经验丰富 业内 认准 好评 亲测 好用 必备 神器 诚招 直营
        正版 旗舰 王牌 良心 业界 火爆 热门 爆款 名师 贴心 周到 值得 上乘 品质 实惠 划算 性价比 专注
    """,
    "audience": """
        朋友们 的朋友 老板 客户 会员 玩家 亲们 宝妈 新用户 老用户 新人 粉丝 学员 网友 小伙伴 追剧党 上班族 兄弟
        姐妹 顾客 买家 同学们
    """,
    "seller": """
        我司 本公司 本店 本站 本平台 本网 小编 客服 工作室 厂家 本中心 本机构 导师 老师傅 加盟
    """,
    "call": """
        请联系 请咨询 请加 请拨打 请访问 请登录 请点击 请关注 请收藏 请复制 请认准 赶紧 赶快 快来 点此 扫码 咨询
        详询 欢迎 收藏 加微 找我 了解更多 想找 想学 想玩 有意 来电 致电 私信 留言 试用 加入 不妨 认准 转发 订购
        选购 备用
    """,
    "haste": """
        限时 名额 仅剩 手慢 错过 本期 上期 优惠 折扣 特价 福利 大礼 礼包 红包 彩金 抢购 抢先 先到先得 还可 立减
        半价 赠送 买一送 买二送 买三送 立享 秒杀 清仓 即送 就送 再送 首单 首次 首充 仅限 倒计时
    """,
    "common": """
        需要 更多 第一 在线 实时 多年 公司 机构 平台 地址 用户 下载 安装 打开 体验 关注 联系 行业 全国 内部 最新
        最大 最高 最低 最好 同城 记住 搜索 复制 访问 登录 网址 链接 活动 今日 享受 即可 截止 满意 快速 不用 无需
        不需要 就能 只需 全程 大家 广大 代理 渠道 购买 添加 点击 注册 报名 领取 立即 马上 安卓 苹果 团队 推荐
        保障 齐全 当天 保密 可靠 保证 无效 想要 我们 随时 官方 预约 拨打 专业 品牌
    """,
}

_KIND: Mapping[str, str] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""What a text that sells does: it promises, makes light, praises, names its reader and itself, calls, urges. What news
and manuals have all the time is ``common``.
"""

_FIGURE = (
    r"\d+(?:多|余)?[万亿千百]?\+?(?:人次|名?客户|用户|会员|单(?!位)|款|部(?![门委分队长]))|\d(?:\.\d+)?%|[一二三四五六七八九\d]折"
    r"|[前仅限]\d+名|\d+(?:元|块)(?:起|本金|彩金|红包|优惠)"
)

_CLAIM = re.compile(rf"(?P<word>{any_of(_KIND)})|(?P<audience>您)|(?P<common>你)|(?P<figure>{_FIGURE})")


def claims(text: str) -> list[tuple[int, int, str]]:
    """Where a folded text says something of these kinds, and figures that boast (``figure``): start, end, kind."""
    return [(*found.span(), _KIND.get(found.group()) or str(found.lastgroup)) for found in _CLAIM.finditer(text)]
