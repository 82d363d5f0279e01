"""What a promise hangs on: 视情, 一旦…, 在各自法律允许范围内, 经…批准后; manner and basis are none."""

from __future__ import annotations

from qingdan.finding.prepared import Prepared

# Each begins with one of these characters, so the rest is tried in few places.
_PATTERN = Prepared(r"""
    (?=[视适择酌必条如若一除倘假在经待应根依按])(?:
    视情况? | (?:根据|视|按)(?:具体|实际|工作|双方)?需要 | 适时 | 择期 | 酌情 | 必要时 | 条件(?:成熟|允许|具备)(?:时|后|的情况下)
    | (?<![例比诸譬假])(?:如果|如有|如需|如(?=[^何此期下今实上前同])|倘若|假如|若(?!干)|一旦|除非)[^,;。:!?\n]{1,60}
    | 在[^,;。:!?\n在]{0,40}?(?:允许(?:的)?(?:范围内|情况下|条件下)|许可(?:的)?范围内)
    | 在(?:可能|可行|必要|适当|条件(?:允许|成熟)|不(?:影响|损害|违反)[^,;。\n]{1,30})(?:的)?(?:情况|条件|前提|基础|范围)(?:下|内)
    | 在[^,;。:!?\n在]{2,40}?(?:的)?前提下 | 在(?:满足|符合|具备|遵守)[^,;。:!?\n在]{2,40}?(?:的)?(?:条件|情况)下
    | 在满足[^,;。:!?\n]{1,40}?后
    | 经[^,;。:!?\n]{1,30}?(?:批准|同意|核准|审批|许可|协商一致)(?:之?后|,?方可)
    | (?<![期等对看优接招款善厚有])待(?!遇)[^,;。:!?\n]{1,40}?(?:之?后|时)
    | (?<![相响反供适对效回])应(?![当该尽按依遵提向就由以在将能予与]|符合|满足|达到|适应|根据)[^,;。:!?\n]{1,20}?(?:的)?(?:请求|要求)
    | 在[^,;。:!?\n在]{1,20}?(?:的)?(?:请求|要求)下
    | (?:根据|依照|按照|依据)(?:各自|本国|国内|双方|两国)(?:国内)?(?:的)?(?:国内)?(?:法律法规|法律|法规|程序|法律程序|国内法)(?:、法规)?
    )
""")


# 「加强执法合作，如打击贩毒、走私和恐怖主义」: at the end, what is listed are examples.
_EXAMPLES = Prepared("如(?![果有需])[^、]*、")

# Without one of these no condition stands in a text.
TRIGGERS = (
    "视情", "适时", "择期", "酌情", "必要时", "如", "若", "一旦", "除非", "待", "满足", "请求", "要求", "方可",
    "范围内", "情况下", "前提下", "前提内", "基础下", "基础内", "条件下", "条件内", "情况内", "范围下", "条件成熟", "条件允许", "条件具备",
    *(f"{by}需要" for by in ("据", "视", "按", "具体", "实际", "工作", "双方")),
    *(given + after for given in ("批准", "同意", "核准", "审批", "许可", "协商一致") for after in ("后", "之后")),
    *(by + whose for by in ("据", "照") for whose in ("各自", "本国", "国内", "双方", "两国")),
)  # fmt: skip


def conditions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The conditions in a span of masked text, in order; those that begin with 如, 若, 一旦 take the whole clause."""
    found = [match.span() for match in _PATTERN.finditer(text, start, end)]
    if found and found[-1][1] == end and found[-1][0] > start and _EXAMPLES.match(text, *found[-1]):
        found.pop()
    return found
