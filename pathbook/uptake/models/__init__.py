"""One file a noun; import them from here."""

from pathbook.uptake.models.acknowledgement import Acknowledgement, AskedToRead
from pathbook.uptake.models.check import CheckAnswer, TutorCheck
from pathbook.uptake.models.goal_on_board import GoalOnBoard

__all__ = ["Acknowledgement", "AskedToRead", "CheckAnswer", "GoalOnBoard", "TutorCheck"]
