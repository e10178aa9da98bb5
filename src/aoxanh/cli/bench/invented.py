"""Made-up procedures in the words of real ones, so that the search is known at the size of a whole catalogue."""

from random import Random

from aoxanh.assistant.retrieval import Entry

_ACTS = (
    "Cấp|Cấp lại|Cấp đổi|Gia hạn|Thu hồi|Điều chỉnh|Đăng ký|Đăng ký lại|Xóa đăng ký|Thông báo|Phê duyệt|Thẩm định|Công nhận"
    "|Chấm dứt|Tạm ngừng|Chuyển đổi|Xác nhận|Bổ nhiệm|Miễn nhiệm|Hỗ trợ"
).split("|")
_PAPERS = (
    "giấy phép|giấy chứng nhận|chứng chỉ hành nghề|giấy xác nhận|quyết định|thẻ|bằng|phiếu kết quả|văn bản chấp thuận"
    "|giấy chứng nhận đủ điều kiện|hồ sơ|danh mục"
).split("|")
_MATTERS = (
    "khai thác khoáng sản|nuôi trồng thủy sản|kinh doanh dược phẩm|hoạt động in ấn|vận tải hành khách|khám bệnh, chữa bệnh"
    "|an toàn thực phẩm|phòng cháy, chữa cháy|hoạt động điện lực|giống cây trồng|thú y|quảng cáo ngoài trời|biểu diễn nghệ thuật"
    "|dạy nghề|trung tâm ngoại ngữ|trường mầm non tư thục|sử dụng vật liệu nổ|xử lý chất thải|khoan nước dưới đất|tàu cá"
    "|phương tiện thủy nội địa|lao động nước ngoài|đưa người đi làm việc ở nước ngoài|hội, quỹ từ thiện|hoạt động tôn giáo"
    "|người có công với cách mạng|thân nhân liệt sĩ|bảo vệ rừng|hợp tác xã|doanh nghiệp tư nhân|đấu giá tài sản|luật sư|thừa phát lại"
    "|giám định tư pháp|nhập quốc tịch|trợ giúp pháp lý|kiểm định phương tiện|sát hạch lái xe|xe tập lái|trạm thu phát sóng"
    "|thư viện|di tích|du lịch lữ hành|cơ sở lưu trú|karaoke|thể thao dưới nước|xuất bản phẩm|trang thông tin điện tử"
).split("|")
_FOR = (
    "đối với cá nhân|đối với tổ chức|đối với hộ gia đình|đối với người nước ngoài|tại khu vực biên giới|trong trường hợp bị mất, hỏng"
    "|trong trường hợp thay đổi thông tin|lần đầu|theo hình thức trực tuyến|thuộc thẩm quyền cấp tỉnh|thuộc thẩm quyền của Bộ|cấp xã"
).split("|")
_BODY = (
    "Nộp hồ sơ tại Trung tâm Phục vụ hành chính công.|Xuất trình thẻ căn cước hoặc căn cước điện tử.|Kê khai theo mẫu đơn."
    "|Nhận kết quả theo giấy hẹn.|Cơ quan có thẩm quyền thẩm định hồ sơ.|Trả lời bằng văn bản, nêu rõ lý do nếu từ chối."
    "|Nộp phí, lệ phí theo quy định.|Bản sao có chứng thực giấy tờ liên quan.|Người nộp tự chịu trách nhiệm về thông tin đã khai."
).split("|")


def procedures(how_many: int, seed: int) -> list[Entry]:
    """Return so many procedures, no two with the same name; codes begin with 9, as no real one does."""
    random, made = Random(seed), dict[str, Entry]()
    while len(made) < how_many:
        paper, matter = random.choice(_PAPERS), random.choice(_MATTERS)
        name = f"{random.choice(_ACTS)} {paper} {matter} {random.choice(_FOR)}"
        code = f"9.{len(made):06}"
        result = (f"{paper.capitalize()} {matter}",)
        made.setdefault(name, Entry(code, (name,), (), result, tuple(random.sample(_BODY, 5))))
    return list(made.values())
