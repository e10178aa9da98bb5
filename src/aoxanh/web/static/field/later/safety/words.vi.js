// @ts-check
/** Sentences of the badge and the warnings in Vietnamese. */

/** @type {Record<string, string>} */
export default {
  "badge.title": "Thẻ của tôi",
  "badge.hint": "Đưa màn hình này cho cô chú quét bằng máy ảnh điện thoại. Mã đổi sau mỗi 30 giây.",
  "badge.qr": "Mã QR của thẻ tình nguyện viên",
  "badge.left": "Mã mới sau {n} giây",
  "badge.clock": "Giờ trên thẻ: {when}. Nếu sai, bạn bật “ngày giờ tự động” rồi mở ứng dụng khi có mạng một lần.",
  "badge.wrong_clock": "Đồng hồ máy đang sai {n} phút nên người quét có thể thấy thẻ không hợp lệ. Bạn bật “ngày giờ tự động” rồi mở ứng dụng khi có mạng một lần.",
  "badge.none": "Máy chưa có thẻ. Bạn mở ứng dụng khi có mạng một lần; sau đó thẻ dùng được cả khi mất mạng.",
  "badge.never": "Bạn không bao giờ hỏi mã OTP, mật khẩu, ảnh chụp thẻ hay tiền của bà con. Ai hỏi là giả mạo.",
  "badge.no_team": "Hôm nay bạn chưa thuộc đội hình nào nên thẻ chưa được xác nhận. Nhờ đội trưởng thêm bạn vào đội hình.",
  "warnings.title": "Cảnh báo",
  "warnings.none": "Không có cảnh báo nào.",
  "warnings.read": "Tôi đã đọc",
  "warnings.was_read": "Đã đọc",
  "warnings.unsent": "Đã đọc, chưa gửi",
  "warnings.urgent": "Khẩn",
  "warnings.until": "Trả lời trước {when}",
  "warnings.open": "Mở phản ánh",
};
