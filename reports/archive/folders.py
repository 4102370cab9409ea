"""The folders of an archive, in the order of the course; Chinese, as all that is on record."""

from typing import Final

ROUND: Final = "00-批次"
CASES: Final = "01-案卷"

# Of one case.
APPLIED: Final = "01-申报材料"
POSTED: Final = f"{APPLIED}/内部公示"
SEALED_PAGES: Final = f"{APPLIED}/签章页"
SIGNED_PAPERS: Final = f"{APPLIED}/签字纸质件"
SUBMITTED: Final = "02-提交版次"
EVIDENCE: Final = "03-佐证材料"
FORMER_EVIDENCE: Final = f"{EVIDENCE}/前次提交"
REVIEWED: Final = "04-审核"
VERIFIED: Final = "05-实地核查"
BROUGHT_BACK: Final = f"{VERIFIED}/材料"
PUBLISHED: Final = "06-研究公示命名"
APPEALED: Final = "07-申请复核"
PAPERS: Final = "08-公文"

# Of a round.
ROUND_PAPERS: Final = f"{ROUND}/公文"
