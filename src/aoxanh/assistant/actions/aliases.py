"""Citizens' words for a procedure: proposed by people or from questions, confirmed or declined by those who answer for a place."""

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.assistant.actions.told import fit, take_turns
from aoxanh.assistant.errors import AliasDecided, AliasKnown, UnfitAlias
from aoxanh.assistant.models import AliasProposal
from aoxanh.assistant.retrieval.words import words
from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.procedures import queries as procedures

LONGEST = 80
FEWEST_WORDS, MOST_WORDS = 2, 12


@transaction.atomic
def propose_alias(*, text: str, code: str, place: Place, by: Actor, from_questions: int = 0) -> AliasProposal:
    """Propose what citizens call a procedure, for the searches of a province or the nation.

    `place` may be a commune: its province then decides. Raises UnfitAlias, AliasKnown, UnknownProcedure or PersonalData.
    """
    require(by, Permission.ALIAS_PROPOSE, place)
    home = place.parent if place.level == Place.Level.COMMUNE and place.parent is not None else place
    fit_text = fit(text, "text")
    found = words(fit_text)
    if not FEWEST_WORDS <= len(found) <= MOST_WORDS or len(fit_text) > LONGEST:
        raise UnfitAlias(field="text", reason=_("they are too few or too many"))
    fold = " ".join(found)
    card = procedures.card_on(code, province=home if home.level == Place.Level.PROVINCE else None).card
    if fold in {" ".join(words(known)) for known in (card.name.vi, *card.aliases)}:
        raise AliasKnown(field="text", state=_("they stand on its card"))
    take_turns(f"alias {code}")
    there = AliasProposal.objects.filter(procedure=code, fold=fold, place__in=[home.code, "VN"]).first()
    if there is not None:
        raise AliasKnown(field="text", state=there.get_state_display())
    proposal = AliasProposal.objects.create(
        place=home, procedure_id=code, text=fit_text, fold=fold, from_questions=from_questions
    )
    _record(proposal, by, action="assistant.alias.proposed")
    return proposal


@transaction.atomic
def decide_alias(
    *, proposal: AliasProposal, confirmed: bool, by: Actor, nationwide: bool = False
) -> AliasProposal:
    """Confirm words, which every search of the place then knows, or decline them; the centre may confirm for the nation.

    What was declined may still be confirmed. Raises AliasDecided when somebody was faster, or AliasKnown when the nation has them.
    """
    take_turns(f"alias {proposal.procedure_id}")
    proposal = _locked(proposal)
    nation = places.nation()
    require(by, Permission.ANSWER_APPROVE, nation if nationwide else proposal.place)
    if proposal.state == AliasProposal.State.CONFIRMED or not (confirmed or proposal.is_open):
        raise AliasDecided
    if confirmed and nationwide and proposal.place_id != nation.code:
        same = AliasProposal.objects.filter(procedure=proposal.procedure_id, fold=proposal.fold, place="VN")
        if same.exists():
            raise AliasKnown(field="text", state=_("confirmed for the whole country"))
        proposal.place = nation
    proposal.state = AliasProposal.State.CONFIRMED if confirmed else AliasProposal.State.DECLINED
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["place", "state", "decided_at"])
    if confirmed:
        _record(proposal, by, action="assistant.alias.confirmed")
    else:
        _record(proposal, by, action="assistant.alias.declined")
    return proposal


@transaction.atomic
def withdraw_alias(*, proposal: AliasProposal, by: Actor) -> AliasProposal:
    """Take confirmed words out of every search again. Raises AliasDecided when they are not confirmed."""
    proposal = _locked(proposal)
    require(by, Permission.ANSWER_APPROVE, proposal.place)
    if proposal.state != AliasProposal.State.CONFIRMED:
        raise AliasDecided
    proposal.state = AliasProposal.State.DECLINED
    proposal.decided_at = clock.now()
    proposal.save(update_fields=["state", "decided_at"])
    _record(proposal, by, action="assistant.alias.withdrawn")
    return proposal


def _locked(proposal: AliasProposal) -> AliasProposal:
    rows = AliasProposal.objects.select_for_update(of=("self",)).select_related("place")
    return rows.get(id=proposal.id)


def _record(proposal: AliasProposal, by: Actor, *, action: str) -> None:
    audit.record(
        chain=proposal.place_id,
        actor=str(by),
        action=action,
        subject=f"procedure:{proposal.procedure_id}",
        details={"alias": str(proposal.id)},
    )
