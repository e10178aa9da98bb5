"""The policy's file is edited by hand: a mistake is told with its line, its rule and the way out."""

import pytest

from aoxanh.assistant.policy import PolicyInvalid
from aoxanh.assistant.policy.file import parse_policy

GOOD = """
short_forms: {không: "ko k"}
lists:
  read: "đọc, xem"
  help:
    words: "hộ"
    except: "hộ khẩu"
rules:
  - rule: personal_data
    covers: {vi: a, en: b}
    kind: refuse
    finds: personal_data
    say: {vi: a, en: b}
    go: {vi: a, en: b}
  - rule: otp
    covers: {vi: a, en: b}
    kind: refuse
    phrases:
      - "{read} ... otp"
      - "otp & {help}"
      - "đưa otp & ~ở đâu"
    unless: ["không đọc otp"]
    say: {vi: a, en: b}
    go: {vi: a, en: b}
"""


def judged(text: str, policy: str = GOOD) -> str:
    verdict = parse_policy(policy).judge(text)
    return verdict.rule if verdict else ""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("đọc mã otp", "otp"),
        ("xem cái mã vừa về của otp", "otp"),
        ("đọc một hai ba bốn năm sáu bảy otp", ""),
        ("đọc. Rồi otp", ""),
        ("otp cho hộ", "otp"),
        ("hộ tôi otp", "otp"),
        ("otp và hộ khẩu", ""),
        ("không đọc otp", ""),
        ("ko đọc otp", ""),
        ("không đọc otp, đọc otp", "otp"),
        ("đòc otp", ""),
        ("đưa otp nhé", "otp"),
        ("đưa otp ở đâu", ""),
        ("ở đâu đây? đưa otp nhé", "otp"),
    ],
)
def test_phrases_mean_what_the_head_of_the_file_says(text, rule):
    assert judged(text) == rule


def test_what_always_counts_counts_in_spite_of_unless_and_not_with_lifts_the_rule():
    always = GOOD.replace(
        "    unless:", '    always: ["đọc otp giúp"]\n    not_with: ["bao lâu"]\n    unless:'
    )
    assert judged("không đọc otp giúp", always) == "otp"
    assert judged("đọc otp giúp mất bao lâu", always) == ""


def test_a_word_with_an_exclamation_mark_wants_its_marks():
    exact = GOOD.replace("{read} ... otp", "giả!")
    assert judged("giấy giả", exact) == "otp"
    assert judged("giấy gia", exact) == ""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"{read} ... otp"', '"{reed} ... otp"', 'line 19, rule otp: "{reed} ... otp": there is no list {reed} above it'),
        ('"{read} ... otp"', '"(đọc|xem otp"', 'line 19, rule otp: "(đọc|xem otp": a bracket is not closed'),
        ('"{read} ... otp"', '"đọc) otp"', 'line 19, rule otp: "đọc) otp": a bracket is closed that was not opened'),
        ('"{read} ... otp"', '"đọc|xem otp"', 'line 19, rule otp: "đọc|xem otp": "|" stands outside brackets'),
        ('"{read} ... otp"', '"... otp"', 'line 19, rule otp: "... otp": "..." stands at an end, where it means nothing'),
        ('"{read} ... otp"', '"[đọc]"', 'line 19, rule otp: "[đọc]": a part of it says nothing'),
        ('"{read} ... otp"', '"otp &"', 'line 19, rule otp: "otp &": "&" joins nothing'),
        ('"{read} ... otp"', '"~otp"', 'line 19, rule otp: "~otp": it only says what is not said; put something before "& ~"'),
        ('["không đọc otp"]', '["không & otp"]', 'line 22, rule otp: in `unless` nothing is joined by "&"'),
        ("kind: refuse\n    phrases", "kind: forbid\n    phrases", "line 17, rule otp: `kind` is one of refuse, police, outside"),
        ("    unless:", "    unles:", "line 22, rule: `unles` is not known here; it has always, covers, finds, go, kind"),
        ("  - rule: otp", "  - rule: personal_data", "line 15, rule personal_data: two rules have this name; rename one"),
        ("    finds: personal_data\n", '    phrases: ["a"]\n', "line 9, rules: the first rule has to be the one with `finds: personal_data`"),
        ("    covers: {vi: a, en: b}\n    kind: refuse\n    phrases", "    kind: refuse\n    phrases", "line 15, rule: `covers` is missing"),
        ("lists:", "lists: [", "this is no YAML"),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_its_rule_and_the_way_out(old, new, message):
    assert old in GOOD
    with pytest.raises(PolicyInvalid, match="line") as caught:
        parse_policy(GOOD.replace(old, new))
    assert message in str(caught.value)
