"""Rows of the oversight room, by noun."""

from aoxanh.oversight.models.difficulty import (
    Difficulty,
)
from aoxanh.oversight.models.evaluation import (
    Appeal,
    Evaluation,
    EvaluationCycle,
    FileReview,
)
from aoxanh.oversight.models.feedback import (
    Feedback,
)
from aoxanh.oversight.models.flags import (
    Flag,
)
from aoxanh.oversight.models.province_day import (
    ProvinceDay,
)
from aoxanh.oversight.models.push import (
    PushSubscription,
)
from aoxanh.oversight.models.report import (
    Report,
)
from aoxanh.oversight.models.supervision import (
    SupervisionTask,
    Visit,
)
from aoxanh.oversight.models.targets import (
    Target,
)
from aoxanh.oversight.models.totals import (
    OfficialTotal,
)
from aoxanh.oversight.models.watching import (
    AlertRule,
    SavedView,
)

__all__ = [
    "AlertRule",
    "Appeal",
    "Difficulty",
    "Evaluation",
    "EvaluationCycle",
    "Feedback",
    "FileReview",
    "Flag",
    "OfficialTotal",
    "ProvinceDay",
    "PushSubscription",
    "Report",
    "SavedView",
    "SupervisionTask",
    "Target",
    "Visit",
]
