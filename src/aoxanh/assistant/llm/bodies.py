"""Who and what a sentence names: agencies with their level, forms, names of systems, and who of the three takes a step."""

import re
from collections import Counter

# The long name first; what people and cards call the same body is one word here.
_SAME = (
    (r"(?:ủy|uỷ) ban nhân dân|\bu\.?b\.?n\.?d\b|people's committee", "ubnd"),
    (r"hội đồng nhân dân|\bhđnd\b|people's council", "hđnd"),
    (r"mặt trận tổ quốc", "mttq"),
    (r"bảo hiểm xã hội|\bbhxh\b|social insurance", "bhxh"),
    (r"bảo hiểm y tế|\bbhyt\b|health insurance", "bhyt"),
    (r"cơ quan công an|công an|\bca\b(?= (?:xã|phường|tỉnh))|police", "công an"),
    (r"trung tâm phục vụ hành chính công|public service centres?|public service center", "trung tâm hcc"),
    (r"cổng dịch vụ công(?: quốc gia)?|national public service portal", "cổng dvc"),
    (r"vneid", "vneid"),
    (r"bộ phận một cửa|one-stop", "một cửa"),
)
_HEADS = (
    "ubnd", "hđnd", "mttq", "bhxh", "bhyt", "công an", "trung tâm hcc", "cổng dvc", "vneid", "một cửa", "tòa án", "toà án",
    "viện kiểm sát", "sở tư pháp", "sở xây dựng", "sở y tế", "sở tài chính", "sở nội vụ", "sở giáo dục", "phòng kinh tế",
    "phòng giáo dục", "phòng quản lý xuất nhập cảnh", "xuất nhập cảnh", "bộ tư pháp", "bộ công an", "bộ y tế", "bộ quốc phòng",
    "bộ nội vụ", "chi cục thuế", "cơ quan thuế", "thuế cơ sở", "cục thuế", "thuế tỉnh", "ngân hàng", "kho bạc", "bưu điện",
    "văn phòng đăng ký đất đai", "chi nhánh văn phòng đăng ký", "tổ chức hành nghề công chứng", "phòng công chứng",
    "văn phòng công chứng", "ban chỉ huy quân sự", "cơ quan đại diện", "đại sứ quán", "bệnh viện", "trạm y tế",
    "nhà văn hóa", "trung tâm dịch vụ việc làm", "công ty điện lực", "điện lực", "trường học", "nhà trường", "hội đồng xác định",
    "trưởng thôn", "tổ dân phố", "trung tâm đăng kiểm", "court", "department of justice", "tax office", "post office", "bank",
    "notary", "land registration office", "military command", "embassy", "hospital", "health station", "school", "power company",
)  # fmt: skip
_LEVELS = {
    "xã": "commune", "phường": "commune", "cơ sở": "commune", "commune": "commune", "communes": "commune",
    "tỉnh": "province", "thành phố": "province", "provincial": "province", "province": "province",
    "huyện": "district", "quận": "district", "district": "district",
    "trung ương": "nation", "central": "nation", "quốc gia": "nation",
}  # fmt: skip
_AFTER = re.compile(rf"\s*(?:cấp |ở |của )?\s*({'|'.join(_LEVELS)})\b")
_BEFORE = re.compile(rf"({'|'.join(_LEVELS)})\s*(?:-level )?$")
_HEAD = re.compile(rf"\b(?:{'|'.join(sorted(_HEADS, key=len, reverse=True))})\b")
_FORM = re.compile(r"\b[A-ZĐ]{1,6}[-. ]?\d{1,4}[a-zđ]?\b|\b\d{1,4}[-/][A-ZĐ]{2,}[\w-]*")
_CAPITALS = re.compile(r"\b[A-ZĐ][A-ZĐa-z]*[A-ZĐ]+\w*\b")
_ROLES = {
    "volunteer": re.compile(r"\b(?:tình nguyện viên|đội hình|đoàn viên|bạn|volunteers?)\b"),
    "official": re.compile(r"\b(?:cán bộ|công chức|người tiếp nhận|officials?|officers?)\b"),
    "citizen": re.compile(r"\b(?:cô chú|bà con|người dân|công dân|người yêu cầu|citizens?)\b"),
}

Body = tuple[str, str]
"""An agency, and its level or ""."""


def bodies(text: str) -> Counter[Body]:
    """Return how often a text names which agencies, each with its level where it says one."""
    told = _one_name(text)
    return Counter((head[0], _level(told, head.start(), head.end())) for head in _HEAD.finditer(told))


def names_within(claim: str, quote: str) -> bool:
    """Tell whether every agency at its level, every form and every name in capitals of a claim stands in the quote too."""
    said, known = bodies(claim), bodies(quote)
    if any(level and body not in known for body in said for level in body[1:]):
        return False
    heads: Counter[str] = Counter()
    for (head, _), count in known.items():
        heads[head] += count
    for (head, _), count in said.items():
        heads[head] -= count
    return min(heads.values(), default=0) >= 0 and _signs(claim) <= _signs(quote)


def roles_within(claim: str, quote: str) -> bool:
    """Tell whether a claim gives a step to nobody else than its quote does.

    Citizens may be addressed besides ("Thông tin cho bà con: ..."), but never instead of who takes the step.
    """
    said, known = _roles(claim), _roles(quote)
    added = set(said - known)
    return not added or (added == {"citizen"} and known.keys() <= said.keys())


def _roles(text: str) -> Counter[str]:
    told = text.lower()
    return Counter({role: len(found) for role, words in _ROLES.items() if (found := words.findall(told))})


def _one_name(text: str) -> str:
    told = text.lower()
    for pattern, name in _SAME:
        told = re.sub(pattern, name, told)
    return told


def _level(told: str, start: int, end: int) -> str:
    found = _AFTER.match(told, end) or _BEFORE.search(told[max(0, start - 20) : start])
    return _LEVELS[found[1]] if found else ""


def _signs(text: str) -> set[str]:
    """Return forms (TK01, CT07) and names in capitals; those with another name here are left to `bodies`."""
    forms = {re.sub(r"[-. ]", "", form) for form in _FORM.findall(text)}
    names = {name for name in _CAPITALS.findall(text) if _one_name(name) == name.lower()}
    return forms | names
