// @ts-check
/** Sentences of the citizen's answer in Vietnamese. */

/** @type {Record<string, string>} */
export default {
  "answer.title": "Mã trả lời của bà con",
  "answer.qr": "Mã QR để bà con trả lời",
  "answer.scan": "Mời cô chú quét bằng máy ảnh điện thoại rồi chạm một lần: có được giúp không. Bạn không xem được từng câu trả lời.",
  "answer.until": "Mã dùng trong {n} ngày, không chứa tên hay thông tin gì. Lượt chưa gửi cũng trả lời được.",
  "answer.no_phone": "Cô chú không có điện thoại",
  "answer.no_phone_how": "Ghi mã này lên phiếu giấy để cô chú bỏ vào hòm, hoặc để cán bộ xã gọi lại hỏi.",
  "answer.here": "Trả lời trên máy này",
  "answer.here_hint": "Cần có mạng. Bạn đưa máy cho cô chú tự bấm; câu trả lời trên máy bạn chỉ được tính một phần.",
  "answer.none": "Lượt này không có mã trả lời, đã rút lại hoặc đã quá 30 ngày.",
};
