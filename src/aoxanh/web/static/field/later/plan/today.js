// @ts-check
/** What a published plan asks of me, on the screen of today; as of the last sync. */

import { h } from "../../dom.js";
import { card, linkButton } from "../../parts.js";
import { day, number, t } from "../../words.js";
import "./words.js";

/** @param {{commune: string, kind: string, km: number, since: string}} sent */
export function assigned(sent) {
  const facts = [t(`plan.kind.${sent.kind}`), t("plan.since", { day: day(sent.since) }), sent.km > 0 && t("plan.km", { n: number(sent.km) })];
  return h(
    "div",
    { id: "assigned" },
    card(
      t("plan.title"),
      h("strong", {}, sent.commune),
      h("p", { class: "muted" }, facts.filter(Boolean).join(" · ")),
      h("p", {}, t("plan.nothing")),
      linkButton(t("plan.answer"), "/staffing/mine/"),
    ),
  );
}
