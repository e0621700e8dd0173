"""HiGHS, asked so that the same sum gives the same answer: one thread, one seed, stopped by its gap before its time."""

import highspy
import numpy as np
from highspy._core import _Highs

from pathbook.allocation.solver import Solved, Sum


def solve(asked: Sum, seconds: float, gap: float, whole: bool) -> Solved:
    """What it found of a sum that is not empty."""
    highs = _Highs()  # its dressed-up subclass prints a banner before it can be asked not to
    options: dict[str, bool | int | float | str] = {
        "output_flag": False, "threads": 1, "parallel": "off", "random_seed": 0, "time_limit": max(seconds, 0.1),
        "mip_rel_gap": gap,
    }  # fmt: skip
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_lp(asked, whole))
    highs.run()
    return _read(highs, whole)


def _lp(asked: Sum, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(asked.worth), len(asked.low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = np.array(asked.worth), np.zeros(len(asked.worth)), np.array(asked.most)
    lp.row_lower_, lp.row_upper_ = np.array(asked.low, dtype=np.float64), np.array(asked.high, dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(asked.start, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(asked.index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(asked.part, dtype=np.float64)
    if whole:
        kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
        lp.integrality_ = [kinds[one] for one in asked.whole]
    return lp


def _read(highs: _Highs, whole: bool) -> Solved:
    info = highs.getInfo()
    done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    feasible = info.primal_solution_status == 2  # the solver's number for a solution inside every row
    values = tuple(highs.getSolution().col_value) if feasible else ()
    bound = info.mip_dual_bound if whole else info.objective_function_value if done else float("inf")
    return Solved(values, info.objective_function_value if feasible else float("-inf"), bound, done)
