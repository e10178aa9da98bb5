// @ts-check
/** The sentences of the assignment in Vietnamese. */

/** @type {Record<string, string>} */
export default {
  "plan.title": "Nơi được phân công",
  "plan.since": "Từ ngày {day}",
  "plan.km": "cách nhà khoảng {n} km",
  "plan.nothing": "Nếu bạn đi được thì không phải làm gì thêm. Đội trưởng sẽ báo ngày cụ thể.",
  "plan.answer": "Xem và trả lời",
  "plan.kind.outreach": "tuyên truyền tại thôn, bản",
  "plan.kind.vneid": "hỗ trợ VNeID",
  "plan.kind.services": "hỗ trợ dịch vụ công trực tuyến",
  "plan.kind.ai": "hướng dẫn dùng trợ lý AI",
  "plan.kind.police": "đi cùng công an xã",
};
