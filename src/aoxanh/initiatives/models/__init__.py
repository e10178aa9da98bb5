"""Initiative, Proposal, Decision, Material, Adoption, FidelityCheck, Effect, CopyEffect, PhraseCard, ClassMeeting, OutreachRun, JointDuty, WavePlan and Offer."""

from aoxanh.initiatives.models.adoptions import Adoption, Effect, FidelityCheck
from aoxanh.initiatives.models.copies import CopyEffect
from aoxanh.initiatives.models.initiatives import Decision, Initiative, Proposal
from aoxanh.initiatives.models.materials import Material
from aoxanh.initiatives.models.tools import ClassMeeting, JointDuty, OutreachRun, PhraseCard
from aoxanh.initiatives.models.waves import Offer, WavePlan

__all__ = [
    "Adoption",
    "ClassMeeting",
    "CopyEffect",
    "Decision",
    "Effect",
    "FidelityCheck",
    "Initiative",
    "JointDuty",
    "Material",
    "Offer",
    "OutreachRun",
    "PhraseCard",
    "Proposal",
    "WavePlan",
]
