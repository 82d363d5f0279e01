"""Random successors of a list with known truth: items dropped, added, shuffled, renumbered, reworded, split and merged, by seed.

Two settings of other habits: the thresholds of comparing/ were chosen on ``TUNED``, with the seeds 1000 to 1039, which no
figure is reported of; ``HELD_OUT`` has other synonyms, deletes inside clauses, changes figures, takes topics away, scatters
all items, drops the headings, splits and merges by threes, and adds what stands in the lists of neighbouring years.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import qingdan

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"

# General synonyms of the official register. No rule knows them.
SYNONYMS = dict(
    re.findall(
        r"(\w+)>(\w+)",
        """
    决定>商定 继续>持续 加强>增强 深化>拓展 推动>促进 共同>一道 支持>赞成 重申>再次强调 举行>召开 开展>进行 积极>主动 致力于>努力
    合作>协作 落实>贯彻 同意>一致同意 沟通>联络 交流>往来 磋商>商谈 讨论>研讨 问题>议题 包括>涵盖 有关>相关 进一步>更好地 努力>尽力
    认为>指出 重要>重大 维护>保障 提高>提升 通过>经由 建立>设立 关切>关注 呼吁>敦促 将于>拟于 提供>给予 表示>表明 项目>计划 机制>安排
    领域>方面 双方>两国 以及>和 解决>处理 扩大>增加 打击>惩治 完成>做完 培训>训练 保持>维持 实现>达到 探讨>研究 欢迎>赞赏
    """,
    )
)
OTHERS = dict(
    re.findall(
        r"(\w+)>(\w+)",
        """
    决定>议定 继续>接着 加强>强化 深化>加深 推动>推进 共同>携手 支持>拥护 重申>重新确认 举行>举办 开展>实施 积极>大力 双方>中美两国
    合作>配合 落实>执行 同意>赞同 沟通>接触 交流>交往 磋商>协商 讨论>商讨 问题>事项 包括>含 有关>所涉 进一步>更加 认为>表示
    重要>关键 维护>捍卫 提高>增进 通过>借助 建立>成立 关切>忧虑 呼吁>吁请 将>拟 提供>给以 项目>工程 机制>渠道 领域>范围 解决>化解
    扩大>拓宽 打击>遏止 完成>办结 保持>确保 国际社会>各国 承诺>保证 制定>拟订 加入>参加 启动>开始 会议>会晤 联合>合作 官员>负责人
    """,
    )
)
_SENTENCES = re.compile(r"[^。]+。?")
CLAUSES = re.compile(r"[^。；;，,]+[。；;，,]?")
_DIGITS = re.compile(r"[0-9]+")
_LABELS = re.compile(r"[:：一二三四五六七八九十][、是]|[（(][一二三1-9]|[0-9][.．]")  # what might open an item of its own
_PAUSES = "。；;，,"


class Entry(NamedTuple):
    """An item of the new list, and the indices of the old ones that it came from."""

    topic: str | None
    body: str
    of: tuple[int, ...]
    section: int


class Setting(NamedTuple):
    """How successors are made; shares are of the items."""

    name: str
    synonyms: dict[str, str]
    spans: bool = False  # stretches inside clauses are deleted too
    figures: bool = False  # numbers change
    topics: float = 0.0  # that lose their topic, or get another
    headings: bool = True
    scattered: bool = False  # the order fully shuffled, and what is merged taken from anywhere
    thirds: bool = False  # splits and merges of three
    dropped: float = 0.12
    added: float = 0.12
    split: float = 0.08
    merged: float = 0.08
    reworded: float = 0.85


TUNED = Setting("tuned on other seeds", SYNONYMS)
HELD_OUT = Setting("held out", OTHERS, spans=True, figures=True, topics=0.3, headings=False, scattered=True, thirds=True)


class Successor(NamedTuple):
    """Two lists, parsed, and the true pairs of indices of their items."""

    old: qingdan.Document
    new: qingdan.Document
    truth: frozenset[tuple[int, int]]


Write = Callable[[Sequence[Entry], bool], str]  # how a kind of list is written out, with its headings or without
Addition = tuple[str | None, str]  # topic and body


def successor(old: qingdan.Document, write: Write, additions: Sequence[Addition], setting: Setting, share: float, seed: int) -> Successor:
    """A successor of a parsed list in which the share of the characters of what is reworded changed."""
    for again in range(50):
        random = Random(f"{setting.name} {share} {seed} {again}")
        entries = changed(old, additions, setting, share, random)
        text = write(entries, setting.headings)
        new = qingdan.parse(text, id="new")
        # A text that is not read as it was written would blame the alignment for the splitter.
        if len(new.items) == len(entries) and all(
            entry.body[-8:] == item.body[-8:] for entry, item in zip(entries, new.items, strict=True)
        ):
            return Successor(old, new, frozenset((i, j) for j, entry in enumerate(entries) for i in entry.of))
    raise AssertionError(f"no readable successor: {setting.name} {share} {seed}")


def changed(old: qingdan.Document, additions: Sequence[Addition], setting: Setting, share: float, random: Random) -> list[Entry]:
    sections = [section.id for section in old.sections]
    entries = [
        Entry(item.topic, item.body, (i,), sections.index(item.section) if item.section in sections else 0)
        for i, item in enumerate(old.items)
    ]
    number = len(entries)
    entries = [entry for entry in entries if random.random() >= setting.dropped] or entries[:1]
    after: list[Entry] = []
    for entry in entries:
        # What is left of an item that is to be split must still have parts, and each part something of it.
        wanted, early = random.random() < setting.reworded, random.random() < 0.5
        parts = [entry._replace(body=reworded(entry.body, setting, share, random)) if wanted and early else entry]
        if random.random() < setting.split:
            parts = split(parts[0], setting, random)
        after += parts if early or not wanted else [part._replace(body=reworded(part.body, setting, share, random)) for part in parts]
    for _ in range(round(setting.merged * number)):
        after = merged(after, setting, random)
    pool = list(additions)
    random.shuffle(pool)
    for topic, body in pool[: round(setting.added * number)]:
        place = random.randrange(len(after) + 1)
        after.insert(place, Entry(topic, body, (), after[place - 1].section if after else 0))
    after = [retitled(entry, random) if entry.topic and random.random() < setting.topics else entry for entry in after]
    if setting.scattered:
        random.shuffle(after)
    elif random.random() < 0.5:
        for _ in range(len(after) // 4):  # some change places
            after.insert(random.randrange(len(after)), after.pop(random.randrange(len(after))))
    return sorted(after, key=lambda entry: entry.section)


def retitled(entry: Entry, random: Random) -> Entry:
    return entry._replace(topic=None if random.random() < 0.7 else entry.body[: random.randrange(4, 9)].rstrip(_PAUSES))


def reworded(body: str, setting: Setting, share: float, random: Random) -> str:
    budget = share * len(body)
    places = [(match.start(), key) for key in setting.synonyms for match in re.finditer(key, body)]
    random.shuffle(places)
    chosen: dict[int, str] = {}
    spent = 0.0
    for place, key in places:
        if spent + len(key) > budget / 2:
            break
        if all(abs(place - other) >= 4 for other in chosen):
            chosen[place] = key
            spent += len(key)
    for place in sorted(chosen, reverse=True):
        body = body[:place] + setting.synonyms[chosen[place]] + body[place + len(chosen[place]) :]
    if setting.figures:
        body = _DIGITS.sub(lambda match: str(int(match[0][:9]) + random.randrange(1, 4)) if random.random() < share else match[0], body)
    clauses = CLAUSES.findall(body)
    random_order = list(range(len(clauses)))
    random.shuffle(random_order)
    gone: set[int] = set()
    for i in random_order:
        if len(gone) < len(clauses) - 1 and spent + len(clauses[i]) <= budget * 1.1:
            gone.add(i)
            spent += len(clauses[i])
    kept = [clause for i, clause in enumerate(clauses) if i not in gone]
    if setting.spans:
        for _ in range(20):
            i = random.randrange(len(kept))
            size = random.randrange(2, 9)
            if spent + size <= budget * 1.1 and len(kept[i]) > size + 4:
                place = random.randrange(len(kept[i]) - size)
                kept[i] = kept[i][:place] + kept[i][place + size :]
                spent += size
    return ended("".join(kept))


def ended(body: str) -> str:
    return body.strip(_PAUSES) + "。" if not body.endswith("》") else body


def split(entry: Entry, setting: Setting, random: Random) -> list[Entry]:
    """An item in two or three, cut between sentences, or between clauses where it has but one."""
    pieces = _SENTENCES.findall(entry.body)
    wanted = 3 if setting.thirds and len(pieces) > 2 and random.random() < 0.4 else 2
    if len(pieces) < wanted or random.random() < 0.25:
        pieces = CLAUSES.findall(entry.body)
    cuts = [0, *sorted(random.sample(range(1, len(pieces)), wanted - 1)), len(pieces)] if len(pieces) >= wanted else [0, len(pieces)]
    bodies = [ended("".join(pieces[a:b])) for a, b in pairwise(cuts)]
    if min(map(len, bodies)) < 15:
        return [entry]
    named = [entry.topic, *(body[: random.randrange(4, 9)].rstrip(_PAUSES) for body in bodies[1:])]
    return [entry._replace(topic=topic if entry.topic else None, body=body) for topic, body in zip(named, bodies, strict=True)]


def merged(entries: list[Entry], setting: Setting, random: Random) -> list[Entry]:
    pieces = Counter(entry.of for entry in entries)
    single = [i for i, entry in enumerate(entries) if len(entry.of) == 1 and pieces[entry.of] == 1]
    if len(single) < 4:
        return entries
    first = random.choice(single)
    wanted = 2 if setting.thirds and random.random() < 0.3 else 1
    if setting.scattered:
        others = random.sample([i for i in single if i != first], wanted)
    else:
        others = [i for i in single if i > first and entries[i].section == entries[first].section][:wanted]
    group = [entries[i] for i in (first, *others)]
    topic = random.choice([group[0].topic, "和".join(entry.topic for entry in group[:2] if entry.topic) or None])
    joined = Entry(topic, "".join(entry.body for entry in group), tuple(entry.of[0] for entry in group), group[0].section)
    return [joined if i == first else entry for i, entry in enumerate(entries) if i not in others]


# Kinds of lists.


def numbered(entries: Sequence[Entry], headings: bool) -> str:
    lines = ["第八轮两国战略对话具体成果清单", "双方就以下各项成果达成一致。双方:"]
    seen = -1
    for number, entry in enumerate(entries, 1):
        if headings and entry.section != seen:
            seen = entry.section
            lines.append(f"{'一二三四五'[seen]}、{HEADINGS[seen]}")
        lines.append(f"{number}、{entry.topic + ':' if entry.topic else ''}{entry.body}")
    return "\n\n".join(lines) + "\n"


def paragraphs(entries: Sequence[Entry], headings: bool) -> str:
    return "\n\n".join(["两国关于深化伙伴关系的联合声明", *(entry.body for entry in entries), "2016年7月5日于北京"]) + "\n"


def bulleted(entries: Sequence[Entry], headings: bool) -> str:
    return "\n".join(["两国联合工作组会议成果清单", "会议取得以下成果:", *(f"—— {entry.body}" for entry in entries)]) + "\n"


def instruments(entries: Sequence[Entry], headings: bool) -> str:
    lines = [f"{number}. {entry.body}" for number, entry in enumerate(entries, 1)]
    return "\n".join(["两国元首会晤成果清单", "访问期间签署了以下文件:", *lines]) + "\n"


HEADINGS = ("加强双边合作", "应对地区和全球性挑战", "其他", "附则", "后续")


@cache
def sample(name: str) -> qingdan.Document:
    return qingdan.parse(ROOT / "samples" / name)


@cache
def short_items() -> tuple[str, ...]:
    """The items of the invented samples, each of some other list."""
    names = sorted(file.name for file in (ROOT / "samples").glob("*.txt") if not file.name.startswith("sed"))
    bodies = [item.body for name in names if name not in {"ocr-spaces.txt", "traditional.txt", "big5.txt"} for item in sample(name).items]
    return tuple(dict.fromkeys(ended(body) for body in bodies if 18 <= len(body) <= 120 and "\n" not in body and not _opens_list(body)))


def _opens_list(body: str) -> bool:
    return body.endswith((":", "："))


@cache
def strange() -> tuple[Addition, ...]:
    """Items to add to a diplomatic list: from the real documents beside the clone where they are, else from the other samples."""
    found: list[Addition] = []
    for file in sorted(CORPUS.glob("k[23]_[gh]*")) if CORPUS.is_dir() else ():
        for item in qingdan.parse(file).items:
            body = "".join(item.body.split())
            topic = item.topic if item.topic and len(item.topic) <= 12 and "：" not in item.topic else None
            if (
                60 <= len(body) <= 350
                and body.endswith("。")
                and not re.search(r"[:：一二三四五六七八九十][、是]|[（(][一二三1-9]|[0-9][.．]", body)
            ):
                found.append((topic or body[:5].rstrip(_PAUSES), body))
    return tuple(found) or tuple((body[:5], body) for body in short_items())


@cache
def neighbouring() -> tuple[Addition, ...]:
    """Items of the invented neighbours of 2014 and 2016 that have no partner in the list of 2015."""
    import json

    found: list[Addition] = []
    folder = ROOT / "tests" / "test_alignment"
    for name, side, status in (("sed6-2014-invented_sed7-2015", "old", "dropped"), ("sed7-2015_sed8-2016-invented", "new", "new")):
        truth = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        items = {item.id: item for item in sample(f"{truth[side]}.txt" if truth[side].startswith("sed") else "").items}
        found += [(items[pair[side][0]].topic, items[pair[side][0]].body) for pair in truth["pairs"] if pair["status"] == status]
    return tuple(found)


def of_the_page(setting: Setting, share: float, seed: int) -> Successor:
    """A successor of the list of 2015."""
    far, near = list(strange()), neighbouring()
    Random(seed).shuffle(far)
    additions = near if setting.scattered else (*far[: len(near)], *near)
    return successor(sample("sed7-2015.txt"), numbered, additions, setting, share, seed)


def of_paragraphs(setting: Setting, share: float, seed: int) -> Successor:
    """Of a joint statement without numbers or topics, made of what the list of 2015 says."""
    random = Random(seed)
    bodies = [item.body for item in sample("sed7-2015.txt").items if len(item.body) < 400]
    old = _list(paragraphs, random.sample(bodies, 25))
    return successor(old, paragraphs, [(None, body) for _, body in neighbouring()], setting, share, seed)


def of_bullets(setting: Setting, share: float, seed: int) -> Successor:
    """Of a list of short bullets."""
    random = Random(seed)
    # A bullet that the splitter takes for the end of the one before is no matter of the alignment.
    while True:
        bodies = random.sample(short_items(), 40)
        if len(qingdan.parse(bulleted([Entry(None, body, (), 0) for body in bodies[:32]], False)).items) == 32:
            break
    return successor(_list(bulleted, bodies[:32]), bulleted, [(None, body) for body in bodies[32:]], setting, share, seed)


def of_instruments(setting: Setting, share: float, seed: int) -> Successor:
    """Of a list of bare titles of instruments, many of one form."""
    random = Random(seed)
    bodies: dict[str, None] = {}
    while len(bodies) < 40:
        ours, theirs = random.choice(BODIES)
        field, kind = random.choice(FIELDS), random.choice(("谅解备忘录", "协定", "行动计划", "合作文件", "联合声明"))
        bodies[f"《中国{ours}与{random.choice(STATES)}{theirs}关于{field}的{kind}》"] = None
    texts = list(bodies)
    setting = setting._replace(split=0, merged=0)  # a title is one clause
    return successor(_list(instruments, texts[:32]), instruments, [(None, body) for body in texts[32:]], setting, share / 2, seed)


def _list(write: Write, bodies: Sequence[str]) -> qingdan.Document:
    document = qingdan.parse(write([Entry(None, body, (), 0) for body in bodies], False), id="old")
    assert len(document.items) == len(bodies), "the old list is not read as it was written"
    return document


STATES = ("秘鲁", "匈牙利", "肯尼亚", "老挝", "塔吉克斯坦")
BODIES = (
    ("农业农村部", "农业部"),
    ("科学技术部", "高等教育部"),
    ("国家卫生健康委员会", "卫生部"),
    ("海关总署", "海关总局"),
    ("生态环境部", "环境部"),
)
FIELDS = (
    "果蔬检疫", "水产养殖", "传染病防治", "传统医药", "湿地保护", "卫星遥感", "高校联合培养", "单一窗口建设", "防沙治沙", "种质资源交换",
    "灾害预警", "实验室共建", "冷链物流", "海上搜救",
)  # fmt: skip
