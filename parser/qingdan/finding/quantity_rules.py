"""The quantity rules, in the order in which they are tried.

To add one: write its pattern with the pieces of ``quantity_patterns.py``, a reader in ``quantity_shapes.py`` from its
named groups to an ``Amount``, and two or three examples, which a test runs. A new unit needs no rule: it is a row of
``data/units.csv``; what stands before an amount of money is a row of ``data/money_signs.csv``.
"""

from __future__ import annotations

from qingdan.finding import quantity_shapes as shapes
from qingdan.finding.date_patterns import JOIN
from qingdan.finding.quantity_patterns import (
    AFTER,
    DIGIT,
    FORMAL,
    LEFT,
    MONEY,
    MORE,
    MULTIPLE,
    NUM,
    NUM_B,
    POINTED,
    SHORT,
    SHORT_B,
    SIGN,
    UNIT,
    WORDS,
)
from qingdan.finding.quantity_shapes import Amount
from qingdan.finding.rules import Rule, examples
from qingdan.numerals import ARABIC

_FIRST_OF = "次届轮期个批任场家份条艘架列座套部项款台例班"
_SHARE_WORDS = rf"(?:{WORDS}(?:点[零〇{DIGIT}]{{1,4}})?|[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?)"
# 「七成立项」 「两成员国」: 成 begins many words.
_TENTH = rf"成(?![为立员功果就效本长都交套型熟份品人像分语因绩千教堆色份批组才年名])(?P<rest>半|[{DIGIT}](?![个名家项年人]))?"

RULES: tuple[Rule[Amount | None], ...] = (
    Rule(
        "ordinal-range",
        rf"第\ ?(?P<n>{NUM}){JOIN}第?(?P<n_b>{NUM_B}){UNIT}",
        shapes.ordinal_range,
        examples(
            ("根据第3至5条", "第3至5条", "3–5 条"),
        ),
        ("第",),
    ),
    Rule(
        "ordinal",
        rf"第\ ?(?P<n>{NUM})(?:\([0-9]{{4}}\))?{UNIT}",
        shapes.ordinal,
        examples(
            ("第2231（2015）号决议", "第2231（2015）号", "2231 号"),
            ("第五次中美战略安全对话", "第五次", "5 次"),
            ("第2118号决议", "第2118号", "2118 号"),
            ("第十二次会议", "第十二次", "12 次"),
        ),
        ("第",),
    ),
    Rule(
        "rank",
        rf"""(?:(?<=[居列]|排名|(?:世界|全球|全国|亚洲|非洲|欧洲)(?:排名)?)|^(?=.{{2,4}}$))
            第(?P<n>[{DIGIT}十]{{1,3}}|[0-9]{{1,3}})(?=[,。;:!?)的\n]|$)""",
        shapes.ordinal,
        examples(
            ("总量居世界第二。", "第二", "2"),
        ),
        ("第",),
    ),
    Rule(
        "first",
        rf"首(?P<unit>[{_FIRST_OF}])",
        shapes.ordinal,
        examples(("召开首届会议", "首届", "1 届"), ("首轮磋商", "首轮", "1 轮")),
        ("首",),
    ),
    Rule(
        "percent-words",
        rf"(?P<sign>负)?[百千]分之(?P<n>{_SHARE_WORDS})(?:[至到](?:[百千]分之)?(?P<n_b>{_SHARE_WORDS}))?{AFTER}",
        shapes.percent,
        examples(
            ("增长百分之三点五", "百分之三点五", "3.5 %"),
            ("百分之十以上", "百分之十以上", "10 %"),
            ("费率为千分之五", "千分之五", "5 ‰"),
            ("百分之三至五", "百分之三至五", "3–5 %"),
        ),
        ("分之",),
    ),
    Rule(
        "percent",
        rf"{SIGN}?(?P<n>(?:{LEFT}|(?<=[-−]))(?:{ARABIC}))[%‰]?(?:{JOIN}(?P<n_b>{ARABIC}))?\ ?[%‰]{AFTER}",
        shapes.percent,
        examples(("增长6.5%左右", "6.5%左右", "6.5 %"), ("3%至5%", "3%至5%", "3–5 %"), ("同比增长-3.5%", "-3.5%", "-3.5 %")),
        ("%", "‰"),
    ),
    Rule(
        "fraction",
        rf"""(?:(?P<n>[{DIGIT}十]{{1,3}}|[0-9]{{1,3}}|万)分之(?P<n_b>[{DIGIT}十]{{1,3}}|[0-9]{{1,3}})
            |(?<![0-9/.])(?P<n_b>[1-9])/(?P<n>[2-9]|10)(?![0-9/.年月日])){AFTER}""",
        shapes.fraction,
        examples(
            ("占总额的1/7", "1/7", "0.142857142857"), ("三分之一以上", "三分之一以上", "0.333333333333"), ("万分之五", "万分之五", "0.0005")
        ),
        ("分之", "/"),
    ),
    Rule(
        "tenths",
        rf"(?P<n>[{DIGIT}]|{LEFT}[1-9])(?:至(?P<n_b>[{DIGIT}1-9]))?{_TENTH}{AFTER}",
        shapes.tenths,
        examples(("占三成五", "三成五", "0.35"), ("超过六成,", "超过六成", "0.6"), ("两成以上的", "两成以上", "0.2")),
        ("成",),
    ),
    Rule(
        "half-of-all",
        rf"(?:(?<!另)一半(?![天年月个小导])|(?<!多)半数(?!据)){AFTER}",
        shapes.half_of_all,
        examples(("占总数的一半", "一半", "0.5"), ("不少于半数的缔约方", "不少于半数", "0.5")),
        ("半",),
    ),
    Rule(
        "compound-duration",
        rf"""(?P<n>{SHORT})\ ?(?:(?P<big>年)[零又]?\ ?(?P<n_b>{SHORT_B})\ ?(?P<unit>个月)
            |(?P<big>周|个?星期)[零又]?\ ?(?P<n_b>{SHORT_B})\ ?(?P<unit>天)
            |(?P<big>天)[零又]?\ ?(?P<n_b>{SHORT_B})\ ?(?P<unit>个?小时)
            |(?P<big>个?小时)[零又]?\ ?(?P<n_b>{SHORT_B})\ ?(?P<unit>分钟|分(?![之别子管发析支]))
            (?:(?P<n_c>{SHORT_B})\ ?(?P<tail>秒钟?))?|(?P<big>分钟|分)\ ?(?P<n_b>{SHORT_B})\ ?(?P<unit>秒钟?)){AFTER}""",
        shapes.compound,
        examples(("为期1年6个月", "1年6个月", "18 个月"), ("2小时30分以内", "2小时30分以内", "150 分")),
        ("年", "周", "星期", "天", "时", "分"),
    ),
    Rule(
        "and-a-half",
        rf"(?P<n>{SHORT})(?:(?P<unit>年|小时|天)半|个半(?P<other>月|小时))(?![年月天])",
        shapes.and_a_half,
        examples(("为期一年半", "一年半", "1.5 年"), ("一个半月的培训", "一个半月", "1.5 个月")),
        ("半",),
    ),
    Rule(
        "half",
        rf"(?<![上下前后大多过一两三四五六七八九十折对个这每])半(?P<unit>年(?![报度刊检])|个月|个?小时|天|个世纪){AFTER}",
        shapes.half,
        examples(("在半年内完成", "半年内", "0.5 年"), ("半个月内", "半个月内", "0.5 个月")),
        ("半",),
    ),
    Rule(
        "yuan-jiao",
        rf"(?P<n>{SHORT})元(?P<n_b>[0-9{DIGIT}])角(?:(?P<n_c>[0-9{DIGIT}])分)?",
        shapes.yuan_jiao,
        examples(
            ("单价12元5角", "12元5角", "12.5 元"),
        ),
        ("角",),
    ),
    Rule(
        "round",
        rf"(?:(?<=^|[近上逾超约过])(?P<scale>万亿|[百千]?[万亿]|[百千])|(?P<scale>[百千万])(?P<more>[余多])){UNIT}{AFTER}",
        shapes.round_number,
        examples(("近百家企业", "近百家", "100 家"), ("上千名", "上千名", "1000 名"), ("百余名专家", "百余名", "100 名")),
    ),
    Rule(
        "formal",
        rf"(?P<n>(?>(?:[{FORMAL}]|参(?=[拾佰仟]))[零〇参万亿{FORMAL}]{{0,18}})){UNIT}{AFTER}",
        shapes.formal,
        examples(
            ("人民币壹佰贰拾万元整", "壹佰贰拾万元", "1200000 元"),
        ),
        tuple(FORMAL),
    ),
    Rule(
        "range",
        rf"(?P<n>{NUM}){JOIN}(?P<n_b>{NUM_B}){UNIT}{AFTER}",
        shapes.between,
        examples(
            ("20至30名学员", "20至30名", "20–30 名"),
            ("三至五年", "三至五年", "3–5 年"),
            ("2-3亿美元", "2-3亿美元", "200000000–300000000 美元"),
        ),
        tuple("至到-–—―−~～"),
    ),
    Rule(
        "pair",
        rf"(?P<pair>[{DIGIT}]{{2}})(?P<scale>[十百千万亿]{{0,2}})[余多]?{UNIT}{AFTER}",
        shapes.pair,
        examples(("两三个项目", "两三个", "2–3 个"), ("三四百名", "三四百名", "300–400 名")),
    ),
    Rule(
        "vague",
        rf"(?:[几数](?P<scale>[十百千万亿]{{1,2}})|(?P<ten>十几)){UNIT}{AFTER}",
        shapes.vague,
        examples(("数百名专家", "数百名", "200–999 名"), ("十几个国家", "十几个", "11–19 个")),
        ("几", "数"),
    ),
    Rule(
        "several-times",
        r"数(?P<unit>倍)",
        shapes.several,
        examples(
            ("增长数倍", "数倍", "2–9 倍"),
        ),
        ("数",),
    ),
    Rule(
        "cardinal",
        rf"{POINTED}(?:{SIGN}(?P<n>{NUM_B})|(?P<n>{NUM})){MORE}{UNIT}{AFTER}",
        shapes.cardinal,
        examples(
            ("387次联合验证", "387次", "387 次"),
            ("45名来自", "45名", "45 名"),
            ("约100多项", "约100多项", "100 项"),
            ("启动两项", "两项", "2 项"),
            ("10年多次签证", "10年", "10 年"),
            ("提供8亿美元", "8亿美元", "800000000 美元"),
            ("成立70周年", "70周年", "70 周年"),
            ("在两年之内对", "两年之内", "2 年"),
            ("一个项目", "一个", "1 个"),
            ("六国与", "六国", "6 国"),
            ("日产5万桶/日", "5万桶/日", "50000 桶/日"),
            ("降至零下5摄氏度", "零下5摄氏度", "-5 摄氏度"),
        ),
    ),
    Rule(
        "money-sign-unit",
        rf"{MONEY}(?P<sign>\L<codes>)\ ?(?P<n>(?:{ARABIC})(?:\ ?{MULTIPLE})?){UNIT}{AFTER}",
        shapes.signed_money,
        examples(
            ("出资RMB100万元", "RMB100万元", "1000000 元"),
        ),
    ),
    Rule(
        "money-sign",
        rf"""{MONEY}(?P<unit>\L<signs>)\ ?(?P<n>(?:{ARABIC})(?:\ ?{MULTIPLE}(?:[0-9]{{1,4}}万)?)?
            |(?<=[币元]\ ?)[{DIGIT}][零{DIGIT}十百千]{{0,8}}[万亿])
            (?:{JOIN}(?P<n_b>(?:{ARABIC})(?:\ ?{MULTIPLE})?))?
            (?!\ ?(?:[0-9A-Za-z]|[余多]?[百千万亿]?[元圆美欧日英港澳加新韩卢]|[百千万亿])){AFTER}""",
        shapes.signed_money,
        examples(
            ("投资$3.5亿", "$3.5亿", "350000000 $"),
            ("出资USD 500万,", "USD 500万", "5000000 USD"),
            ("折合人民币100万。", "人民币100万", "1000000 人民币"),
        ),
    ),
    # Numerals without a unit.
    Rule(
        "bare-range",
        rf"{POINTED}(?P<n>{LEFT}(?:{ARABIC})(?:{MULTIPLE})?){JOIN}(?P<n_b>(?:{ARABIC})[百千]?[万亿]{{1,2}})(?![0-9A-Za-z%]){AFTER}",
        shapes.bare,
        examples(
            ("达20至30万", "20至30万", "200000–300000"),
        ),
    ),
    Rule(
        "bare",
        rf"""{POINTED}(?P<n>{LEFT}(?:{ARABIC})\ ?[百千]?[万亿]{{1,2}}(?:[0-9]{{1,4}}[千万]?)?)
                (?:(?P<more>[余多几])(?P<scale>[万亿]{{0,2}}))?(?![0-9A-Za-z%.]){AFTER}
            |{POINTED}(?P<n>{LEFT}[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,5}}(?:\.[0-9]{{1,9}})?(?![0-9]|,[0-9]|\ ?[A-Za-z%]|\.[0-9])){AFTER}
            |{POINTED}(?P<n>[{DIGIT}十][零{DIGIT}十百千万亿]{{1,16}}[万亿])(?:(?P<more>[余多])(?![{DIGIT}])|(?![零{DIGIT}十百千里分])){AFTER}
            |{POINTED}(?P<n>[{DIGIT}](?=[零{DIGIT}十百千万亿]{{0,3}}[百千万亿])[零{DIGIT}十百千万亿]{{2,18}})
                (?=[,。;!?]|$|以上|左右|余){AFTER}
            |^(?P<sign>[-−])?(?P<n>{ARABIC}|[{DIGIT}十][零{DIGIT}十百千万亿]{{1,18}})$""",
        shapes.bare,
        examples(
            ("总额突破5000亿。", "5000亿", "500000000000"),
            ("出口38,750,", "38,750", "38750"),
            ("共三百八十七。", "三百八十七", "387"),
        ),
    ),
)
