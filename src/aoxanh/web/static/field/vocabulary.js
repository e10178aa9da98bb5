// @ts-check
/** The closed lists of words a record is told in, in the order they are offered; the sync protocol defines them. */

export const MODES = ["desk", "home", "mobile", "remote"];
export const OUTCOMES = ["finished", "guided", "handed_over", "come_back", "stopped"];
export const OBSTACLES = ["none", "papers", "account", "otp", "data", "portal", "no_phone", "no_signal", "language", "other"];
export const AGE_BANDS = ["unknown", "young", "middle", "old"];
export const TYPED_BY = ["citizen", "relative", "official", "nobody"];
export const REFUSED = ["otp", "password", "card_photo", "submit", "pay", "decide"];
export const HANDOVER_REASONS = ["decision", "police", "identity", "unusual", "complaint"];
export const COUNTED = ["digitise", "id_sync", "outreach", "class"];
export const GROUPS = ["ho_tich", "chung_thuc", "cu_tru", "can_cuoc", "xa_hoi", "bhxh_thue_kd", "dat_dai_xay_dung", "giao_duc_khac"];
export const HELP_MINUTES = [5, 10, 15, 20, 30, 45, 60];
export const WORK_MINUTES = [15, 30, 60, 90, 120, 180, 240];
