// @ts-check
/** Sentences about wrong and missing answers in Vietnamese. */

/** @type {Record<string, string>} */
export default {
  "better.wrong": "Báo sai",
  "better.why": "Sai ở đâu?",
  "better.reason.old": "Đã cũ",
  "better.reason.figure": "Sai mức phí, thời gian hoặc con số",
  "better.reason.place": "Sai nơi nộp hoặc cơ quan",
  "better.reason.missing": "Còn thiếu",
  "better.reason.unclear": "Bà con nghe không hiểu",
  "better.reason.other": "Chuyện khác",
  "better.flagged": "Cảm ơn bạn. Tỉnh sẽ xem lại; kết quả ở trang “Câu tôi đã báo sai”.",
  "better.send": "Gửi câu hỏi cho tỉnh",
  "better.send_hint": "Chỉ gửi lời câu hỏi, không gửi ai hỏi. Đừng ghi tên hay số của ai.",
  "better.sent": "Đã ghi. Câu hỏi được gửi khi có mạng.",
  "better.personal": "Câu hỏi có dữ liệu cá nhân nên không gửi được. Bạn hỏi lại mà không ghi tên, số hay địa chỉ của ai.",
  "better.unjudged": "Máy chưa kiểm tra được dữ liệu cá nhân. Bạn mở ứng dụng khi có mạng một lần rồi gửi lại.",
  "better.too_long": "Câu hỏi dài hơn 300 chữ cái. Bạn viết lại trong một hai câu.",
};
