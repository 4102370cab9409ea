"""Whether a text tells of who objected, by any part of what they typed as name and contact.

People type more than a name: 张三（李村村民）, 李村村民张三, 电话 0563-1234567，微信…. Each part is
compared by itself; what tells of nobody is let pass, or no sentence about a village could be
written.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from standards.characters import plain, unseen_removed

# A single character is in every text.
_SHORTEST_NAME, _LONGEST_NAME, _SHORTEST_LATIN_NAME = 2, 4, 3
_SHORTEST_NUMBER, _SHORTEST_ACCOUNT = 5, 5
# Of a number that was typed in groups: the one without its area code.
_SHORTEST_GROUP = 6
_HAN = "〇\u3400-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+")
# A lone character goes with what follows: 张 三 is one name.
_LONE = re.compile(rf"(?<![{_HAN}])([{_HAN}])\s+(?=[{_HAN}])")
_LATIN_NAME = re.compile(rf"(?<![a-z0-9])[a-z]{{{_SHORTEST_LATIN_NAME},}}(?![a-z0-9])")
_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._+@-]*[a-z0-9]")
_NUMBER = re.compile(r"\d(?:[\s\-_.()·+]{0,3}\d)*")
_GROUP = re.compile(rf"\d{{{_SHORTEST_GROUP},}}")
# What people say of themselves and of numbers; nobody is known by it.
_GENERAL = (
    "村民委员会 居民委员会 村民代表 村委会 居委会 村两委 村委 村民 居民 市民 群众 "
    "党员 代表 党支部 党总支 党委 支部 支书 书记 副主任 主任 副镇长 镇长 乡长 "
    "局长 科长 会计 委员 组长 队长 干部 教师 老师 校长 同志 先生 女士 师傅 "
    "职工 员工 工人 农民 住户 业主 社员 家长 学生 退休 离休 本人 匿名 知情人 "
    "姓名 名字 我是 我叫 联系人 联系 方式 电话 手机号码 手机号 手机 号码 座机 "
    "固话 微信号 微信 邮箱 邮件 电子 单位 办公室 值班室 地址 住址 工作 等人 等 "
    "以及"
)
_OTHER_WORDS = {"wechat", "weixin", "phone", "telephone", "mobile", "email", "mail", "tel"}
_CUT = re.compile("|".join(sorted(_GENERAL.split(), key=len, reverse=True)))
# A place ends so; where many live tells of nobody.
_PLACE = re.compile(".+?(?:街道|社区|小区|[省市县区镇乡村屯寨组])")
_ENDS_AS_PLACE = re.compile(".+(?:街道|社区|小区|[省市县区镇乡村屯寨组庄路])")
# Those that are common, without those that begin as many words as names.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶"
    "程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺"
    "顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰"
    "焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁"
    "蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全"
    "佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝昝胥"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯")


def tells_of(text: str, identity: Mapping[str, str], *, public: Sequence[str] = ()) -> bool:
    """Whether the text holds the name or a way to reach the person, however it is spelled.

    ``public`` are names that everybody knows, of the unit and of where it lies: a part that stands
    in one of them is let pass.
    """
    name, contact = _spaced(identity.get("name", "")), _spaced(identity.get("contact", ""))
    read, shown = _tight(text), [_tight(one) for one in public]
    words = {*_known_by(name), *filter(_is_like_a_name, _known_by(contact)), *_accounts(contact)}
    words |= {_tight(typed) for typed in (name, contact) if _is_mixed(typed)}
    if any(word in read and not any(word in one for one in shown) for word in words):
        return True
    latin = set(_LATIN_NAME.findall(name)) & set(_LATIN_NAME.findall(_spaced(text)))
    numbers = _numbers(f"{name}\n\n\n\n{contact}") - {_digits(one) for one in shown}
    return bool(latin - _OTHER_WORDS) or _has_one(numbers, _spaced(text))


def _known_by(typed: str) -> Iterable[str]:
    """The Chinese words that tell who it is, of a name and of what stands beside it.

    Each run of characters, and each part of it between general words: whole, and the names at its
    ends.
    """
    runs = _RUN.findall(_LONE.sub(r"\1", typed))
    for run in runs:
        parts = [part for part in _CUT.split(run) if part]
        # Typed alone it is the name, whatever it looks like; beside others it may be a place.
        if len(runs) == 1 and len(run) >= _SHORTEST_NAME and (parts == [run] or _is_told_by(parts)):
            yield run
        for part in parts:
            if not _ENDS_AS_PLACE.fullmatch(part):
                yield from filter(_tells, (part, _PLACE.sub("", part)))
            yield from _at_its_ends(part)


def _is_told_by(parts: Iterable[str]) -> bool:
    """So by what is left of 张先生, not of 本村村民, 老党员 and 一名群众."""
    left = [_PLACE.sub("", part) for part in parts]
    return any(_tells(one) or one in _SURNAMES for one in left)


def _tells(part: str) -> bool:
    """Two characters are a name only where they begin with a surname: not so 知情, 一名."""
    return len(part) > _SHORTEST_NAME or _is_like_a_name(part)


def _is_like_a_name(word: str) -> bool:
    begins = word[:1] in _SURNAMES or word.startswith(_COMPOUND)
    return begins and _SHORTEST_NAME <= len(word) <= _LONGEST_NAME


def _at_its_ends(part: str) -> Iterable[str]:
    """A name behind something else, and one before another: 组张三丰, 张三和李四海, 张三李村."""
    if len(part) < _LONGEST_NAME and _is_like_a_name(part):
        return
    for size in range(_SHORTEST_NAME, _LONGEST_NAME + 1):
        before, name = part[:-size], part[-size:]
        ends = [name] if before else []
        if _is_like_a_name(part[size:].lstrip("和与及")):
            ends.append(part[:size])
        yield from (
            one for one in ends if _is_like_a_name(one) and not _ENDS_AS_PLACE.fullmatch(one)
        )


def _accounts(contact: str) -> Iterable[str]:
    """Names of accounts, and of an e-mail address what stands before its sign."""
    for found in _ACCOUNT.findall(contact):
        for one in (found, found.partition("@")[0]):
            is_number = not re.search("[a-z]", one)
            if len(one) >= _SHORTEST_ACCOUNT and not is_number and one not in _OTHER_WORDS:
                yield one


def _is_mixed(typed: str) -> bool:
    """Of a letter before characters, as A 公司: compared whole."""
    return re.fullmatch(rf"[{_HAN}]*[a-z]+[{_HAN}]+", _tight(typed)) is not None


def _numbers(typed: str) -> set[str]:
    """Each number whole, and each longer group of one: without its area code it is the same."""
    whole = {_digits(found) for found in _NUMBER.findall(typed)}
    return {*_GROUP.findall(typed), *(one for one in whole if len(one) >= _SHORTEST_NUMBER)}


def _has_one(numbers: set[str], text: str) -> bool:
    return any(one in _digits(found) for found in _NUMBER.findall(text) for one in numbers)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _spaced(text: str) -> str:
    """Without unseen characters, in plain and small letters."""
    return unseen_removed(plain(text)).casefold()


def _tight(text: str) -> str:
    return re.sub(r"\s", "", _spaced(text))
