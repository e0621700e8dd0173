"""One file a noun; import them from here."""

from pathbook.uptake.models.acknowledgement import Acknowledgement, AskedToRead
from pathbook.uptake.models.check import CheckAnswer, TutorCheck
from pathbook.uptake.models.goal_on_board import GoalOnBoard
from pathbook.uptake.models.observation import FollowUp, MonitoringRound, Observation, ObservationPhoto
from pathbook.uptake.models.survey import Survey
from pathbook.uptake.models.survey_answers import SurveyCode, SurveyComment, SurveyMark, SurveyResponse, SurveyTally
from pathbook.uptake.models.training import TourPutAway, TrainingAttendance, TrainingSession

__all__ = [
    "Acknowledgement",
    "AskedToRead",
    "CheckAnswer",
    "FollowUp",
    "GoalOnBoard",
    "MonitoringRound",
    "Observation",
    "ObservationPhoto",
    "Survey",
    "SurveyCode",
    "SurveyComment",
    "SurveyMark",
    "SurveyResponse",
    "SurveyTally",
    "TourPutAway",
    "TrainingAttendance",
    "TrainingSession",
    "TutorCheck",
]
