from functools import cache


def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)

    @cache
    def from_step(first):
        """The least for the steps from first on, None if it is impossible."""
        costs = []
        lost = 0
        for i in range(first, n):
            lost += step_s[i]
            if lost > max_lost_s:
                return min(costs, default=None)
            rest = from_step(i + 1)
            if rest is not None:
                costs.append(save_s[i] + rest)
        return 0

    return from_step(0)
