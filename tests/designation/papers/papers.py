"""Papers to be laid out, with fields as a county fills them."""

from designation.papers import fields

NAMES = tuple(
    fields.Listed(
        place=str(number),
        name=f"红旗镇第{number}村党支部",
        area="红旗镇",
        category="农村",
        number=f"340000-2026-NC-{number:05d}",
        valid_until="2029年6月20日",
    )
    for number in range(1, 30)
)


def decision(**said):
    given = {
        "issuing_body": "中共青山县委",
        "document_number": "青发〔2026〕8号",
        "dated": "2026年6月20日",
        "addressee": "各有关单位",
        "issued_by": "中共青山县委组织部",
        "round_name": "2026年度农村基层党组织规范化建设",
        "basis": "依据本县评定方案",
        "procedure": "经自评、初审、县级核验，并经会议研究",
        "noticed": "2026年6月4日至6月11日",
        "count": str(len(NAMES)),
        "valid_years": "3",
        "names": NAMES,
    }
    return fields.DesignationDecision(**given | said)


def rectification(**said):
    given = {
        "issuing_body": "中共青山县委组织部",
        "document_number": "青组〔2026〕5号",
        "dated": "2026年6月20日",
        "addressee": "红旗村党支部",
        "issued_by": "中共青山县委组织部",
        "holder": "红旗村党支部",
        "category": "农村",
        "title_number": "340000-2026-NC-00001",
        "given_by": "中共青山县委 青发〔2025〕8号",
        "given_on": "2025年6月20日",
        "reason": "年度复核发现台账长期空白。",
        "correct_by": "2026年7月20日",
    }
    return fields.RectificationOrder(**given | said)
