"""Scripts travel without their comments, and mean the same."""

from aoxanh.web.storage import without_comments


def test_lines_that_are_only_comment_do_not_travel():
    script = '/**\n * Says why.\n * @param {string} name\n */\nexport const a = 1;\n  // Why.\nconst b = "// kept";\n/** @type {number} */\nlet c = 2; // kept too\n'
    assert without_comments(script) == 'export const a = 1;\nconst b = "// kept";\nlet c = 2; // kept too\n'


def test_casts_do_not_travel_and_addresses_in_texts_stay():
    script = "const x = (/** @type {any} */ event) => event;\nconst y = 'https://example.org/**/';\n"
    assert without_comments(script) == "const x = (event) => event;\nconst y = 'https://example.org/**/';\n"
