"""What the engine says by code, in sentences that can be translated: flaws, rules, steps, measures."""

from django.utils.translation import gettext_lazy as _

# Wrong with rows: (what, remedy).
FLAWS = {
    "person_without_id": (_("People without an id were left out"), _("Give each person an id.")),
    "person_twice": (_("People listed more than once; the first row counts"), _("Delete the other rows.")),
    "home_unknown": (
        _("People whose home commune is unknown were left out"),
        _("Give their commune of today on the volunteer's page."),
    ),
    "level_out_of_range": (_("Levels out of range count as the nearest"), _("Correct the level.")),
    "wanted_level_out_of_range": (
        _("Levels wanted out of range count as the nearest"),
        _("Correct the need."),
    ),
    "certificate_unknown": (
        _("Certificates of unknown skill groups were ignored"),
        _("Correct the certificate."),
    ),
    "number_out_of_range": (
        _("Distances or half days out of range count as the nearest that can be"),
        _("Correct the number."),
    ),
    "place_unknown": (
        _("A last or refused commune is unknown and was ignored"),
        _("Use communes of today."),
    ),
    "kind_unknown": (_("Unknown kinds of post were ignored"), _("Choose one of the kinds.")),
    "commune_without_code": (_("Communes without a code were left out"), _("Give the code.")),
    "commune_twice": (_("Communes listed more than once; the first row counts"), _("Delete the other rows.")),
    "no_position": (
        _("Communes without a position: nobody from elsewhere can be sent there"),
        _("Let the office that runs the site add the position."),
    ),
    "no_road": (
        _("Communes that nobody can get to: only their own people serve there"),
        _("Tick on the need's page that people can get there, or give the way by boat."),
    ),
    "need_out_of_range": (
        _("Needs out of range count as the nearest that can be"),
        _("Correct the number on the need's page."),
    ),
    "floor_above_need": (
        _("A minimum above the need counts as the need"),
        _("Lower the minimum or raise the need."),
    ),
    "edit_unknown": (_("Hand edits that name somebody unknown were left out"), _("Take them back.")),
    "edits_contradict": (_("Hand edits that contradict each other were left out"), _("Keep one of them.")),
    "edit_against_no": (_("Hand edits of people who said no were left out"), _("Ask them again.")),
    "edit_against_rule": (
        _("Hand edits against a rule were left out"),
        _("Choose a post they hold the certificate for, near home for minors."),
    ),
    "edit_above_need": (
        _("Hand edits beyond the need were left out"),
        _("Raise the need or take edits back."),
    ),
}
EDIT_FLAWS = {
    "edit_unknown": _("the person, commune or post is not in this plan."),
    "edits_contradict": _("it contradicts another hand edit of the same person."),
    "edit_against_no": _("the person said no to it."),
    "edit_against_rule": _("the person lacks the certificate, or is a minor far from home."),
    "edit_above_need": _("the commune needs nobody more in this post."),
}
# Why somebody may not hold a post.
RULES = {
    "said_no": _("They said no to it."),
    "placed_by_hand": _("They are placed elsewhere by hand."),
    "certificate_1": _("They hold no certificate for VNeID help."),
    "certificate_2": _("They hold no certificate for online services."),
    "certificate_3": _("They hold no certificate for the AI assistant."),
    "adults_only": _("Only adults pair with the police."),
    "no_road_or_position": _("Nobody from elsewhere can get there, or its position is unknown."),
    "minor_near_home": _("Minors serve within 5 km of home."),
    "too_far": _("It is farther than they offered to travel."),
    "not_willing_abroad": _("They did not offer to help another province."),
    "province_not_short": _("That province has enough people of its own."),
    "own_province_short": _("Their own province is short of people."),
    "no_such_post": _("The commune needs nobody in this post."),
}
STEPS = {
    "reading": _("Reading people and needs"),
    "provinces": _("Planning"),
    "people": _("Telling people off"),
}
MEASURES = {
    "matched_pct": _("Need met"),
    "posts_below_minimum": _("Posts below their minimum"),
    "priority_covered_pct": _("Need met in border, remote and island communes"),
    "worst_5_pct": _("Need met in the worst-covered twentieth"),
    "speakers_short": _("Speakers missing"),
    "leaders_short": _("Leaders missing"),
    "below_level": _("People below the level wanted in their post"),
    "moved": _("People who change commune"),
    "away_from_home": _("People serving outside their commune"),
    "km": _("Kilometres from home, all people"),
    "reserve": _("People in reserve"),
}
PERCENT = {"matched_pct", "priority_covered_pct", "worst_5_pct"}
FEWER_IS_BETTER = {
    "posts_below_minimum",
    "speakers_short",
    "leaders_short",
    "below_level",
    "moved",
    "away_from_home",
    "km",
}
