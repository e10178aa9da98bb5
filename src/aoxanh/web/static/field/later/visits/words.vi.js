// @ts-check
/** The sentences of these screens in Vietnamese. */

/** @type {Record<string, string>} */
export default {
  "visits.title": "Kiểm tra tại xã",
  "visits.planned": "Đã lên lịch và đã đi",
  "visits.none": "Chưa có lịch kiểm tra, hoặc máy chưa tải lịch. Bạn mở lại khi có mạng.",
  "visits.am": "buổi sáng",
  "visits.pm": "buổi chiều",
  "visits.fill": "Điền phiếu",
  "visits.done": "đạt",
  "visits.needs_work": "chưa đạt",
  "visits.not_seen": "chưa thấy",
  "visits.note": "Ghi chú ngắn",
  "visits.note_hint": "Về việc làm. Không ghi tên, số hay địa chỉ của ai.",
  "visits.save": "Lưu phiếu",
  "visits.saved": "Đã lưu trên máy. Có mạng là tự gửi.",
  "visits.need_mark": "Chấm ít nhất một điểm đã thấy.",
  "visits.personal": "Ghi chú có thể chứa thông tin cá nhân. Bạn viết lại, chỉ nói về việc làm.",
  "visits.unjudged": "Máy chưa tải xong bộ kiểm tra ghi chú. Bạn để trống ghi chú, hoặc thử lại khi có mạng.",
  "visits.unsent": "chưa gửi",
  "visits.sent": "đã gửi",
  "visits.refused": "bị từ chối",
  "visits.drop": "Bỏ phiếu này",
  "visits.why.no_such_visit": "Máy chủ không có lượt kiểm tra này của bạn.",
  "visits.why.already_told": "Lượt này đã được báo từ máy khác.",
  "visits.why.id_taken": "Phiếu trùng số với phiếu khác.",
  "visits.why.wrong_day": "Ngày trên máy sai quá xa.",
  "visits.why.unfit_marks": "Phiếu không khớp với máy chủ. Bạn cập nhật ứng dụng.",
  "visits.why.nothing_seen": "Phiếu chưa chấm điểm nào.",
  "visits.why.personal_data": "Ghi chú có thể chứa thông tin cá nhân.",
  "visits.why.unreadable_text": "Ghi chú có ký tự không đọc được.",
};
