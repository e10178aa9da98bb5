"""What sessions say, and how often: weights by which each word is drawn."""

import numpy as np
from numpy.typing import NDArray

from aoxanh.desk import vocabulary as words

ACTIVITIES = tuple(words.Activity.values)
MODES = tuple(words.Mode.values)
OUTCOMES = tuple(words.Outcome.values)
OBSTACLES = tuple(words.Obstacle.values)
AGES = tuple(words.AgeBand.values)
TYPED_BY = tuple(words.TypedBy.values)
REFUSED = ("", *words.Refused.values)
REASONS = ("", *words.HandoverReason.values)

# After the campaign's first reports: VNeID and residence first, then civil status and certification. Weights of towns and of
# the country: notarial copies and household businesses in towns, births, social assistance and health cards in the country.
PROCEDURES: dict[str, tuple[float, float]] = {
    "1.004222": (11, 8), "1.004194": (11, 4), "1.010041": (7, 5), "1.001193": (7, 10), "3.000722": (6, 6),
    "1.000656": (3, 3), "1.000894": (3, 5), "1.004873": (6, 6), "2.000635": (6, 8), "2.000815": (16, 8),
    "2.000884": (5, 3), "1.116410": (6, 7), "3.000228": (10, 18), "1.014027": (4, 6), "1.001776": (2, 6),
    "1.001699": (1, 3), "1.011607": (1, 3), "1.001939": (5, 7), "1.002759": (3, 3), "1.001612": (5, 1),
    "1.013978": (3, 3), "3.000182": (1, 1),
}  # fmt: skip
ACTIVITY = {"procedure": 62, "vneid": 24, "digitise": 5, "id_sync": 3, "outreach": 4, "class": 2}
MODE_TOWN = {"desk": 80, "home": 6, "mobile": 7, "remote": 7}
MODE_COUNTRY = {"desk": 60, "home": 17, "mobile": 20, "remote": 3}
MODE_MOBILE = {"desk": 5, "home": 30, "mobile": 63, "remote": 2}
MODE_CLOSED = {"desk": 3, "home": 35, "mobile": 47, "remote": 15}
OBSTACLE_TOWN = {
    "none": 66, "papers": 10, "no_phone": 4, "no_signal": 1, "account": 6, "otp": 4, "data": 4, "language": 0.3, "portal": 3.7, "other": 1,
}  # fmt: skip
OBSTACLE_COUNTRY = {
    "none": 54, "papers": 11, "no_phone": 9, "no_signal": 6, "account": 7, "otp": 4, "data": 4, "language": 2, "portal": 2, "other": 1,
}  # fmt: skip
# How it ends depends on what stood in the way.
OUTCOME_BY_OBSTACLE: dict[str, dict[str, float]] = {
    "none": {"finished": 74, "guided": 18, "handed_over": 6, "come_back": 1.5, "stopped": 0.5},
    "papers": {"finished": 12, "guided": 14, "handed_over": 6, "come_back": 65, "stopped": 3},
    "no_phone": {"finished": 20, "guided": 30, "handed_over": 22, "come_back": 22, "stopped": 6},
    "no_signal": {"finished": 25, "guided": 25, "handed_over": 5, "come_back": 38, "stopped": 7},
    "account": {"finished": 30, "guided": 15, "handed_over": 38, "come_back": 14, "stopped": 3},
    "otp": {"finished": 34, "guided": 24, "handed_over": 14, "come_back": 24, "stopped": 4},
    "data": {"finished": 14, "guided": 10, "handed_over": 56, "come_back": 15, "stopped": 5},
    "language": {"finished": 44, "guided": 26, "handed_over": 18, "come_back": 10, "stopped": 2},
    "portal": {"finished": 24, "guided": 22, "handed_over": 9, "come_back": 38, "stopped": 7},
    "other": {"finished": 40, "guided": 20, "handed_over": 15, "come_back": 20, "stopped": 5},
}
AGE_TOWN = {"unknown": 12, "young": 24, "middle": 42, "old": 22}
AGE_COUNTRY = {"unknown": 8, "young": 18, "middle": 43, "old": 31}
TYPED = {"citizen": 79, "relative": 14, "official": 2, "nobody": 5}
REASON = {"decision": 38, "police": 28, "identity": 24, "unusual": 8, "complaint": 2}
REFUSAL = {"otp": 45, "password": 25, "card_photo": 10, "submit": 14, "pay": 4, "decide": 2}
REFUSAL_SHARE, NOTE_SHARE, CODE_SHARE = 0.012, 0.15, 0.40
# Low and high of what one piece of counted work amounts to.
QUANTITIES = {"digitise": (20, 180), "id_sync": (3, 25), "outreach": (10, 90), "class": (6, 30)}
RETURN_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NOTES = (
    "",
    "Bà con quên mật khẩu, tự đặt lại được trên máy của mình",
    "Thiếu giấy chứng sinh, hẹn mang đến buổi sau",
    "Cần đọc chữ to, đã bật phóng to màn hình",
    "Máy đầy bộ nhớ, đã xoá bớt ảnh trùng rồi cài lại",
    "Sóng yếu, phải ra nhà văn hoá mới gửi được",
    "Người nhà ngồi cùng và tự bấm",
    "Cổng báo lỗi hai lần, lần sau thì vào được",
    "Đã chỉ cách tra cứu hồ sơ đã nộp",
    "Giải thích bằng tiếng dân tộc, có người nhà nghe cùng",
    "Ứng dụng cũ quá, cập nhật xong mới mở được",
    "Chưa kích hoạt tài khoản, đã hẹn công an xã",
    "Đông người nên chờ lâu, đã phát số thứ tự",
    "Làm xong, bà con tự xem lại được kết quả",
    "Hướng dẫn thêm cách nhận kết quả qua bưu điện",
    "Điện thoại không đọc được chip, phải ra quầy",
)
CORRECTIONS = (
    "",
    "Ghi nhầm số phút",
    "Chọn nhầm kết quả",
    "Bổ sung bước đã làm",
    "Ghi nhầm khó khăn",
    "Ghi trùng, xin rút lại",
)
WITHDRAWAL = len(CORRECTIONS) - 1


def cumulative(weights: dict[str, float] | dict[str, int], order: tuple[str, ...]) -> NDArray[np.float64]:
    """Return the cumulative shares of the words in an order, for `draw`."""
    sums = np.cumsum([float(weights.get(word, 0)) for word in order])
    shares: NDArray[np.float64] = sums / sums[-1]
    return shares


def draw(rng: np.random.Generator, size: int, shares: NDArray[np.float64]) -> NDArray[np.int16]:
    """Return `size` indexes drawn by cumulative shares."""
    return np.searchsorted(shares, rng.random(size), side="right").astype(np.int16)
