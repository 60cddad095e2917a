# mistake: A slot that an earlier window covers is not counted again. The windows are alternatives.
# fails: a day of one slot
def missed(profile, windows):
    n = len(profile)
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)

    def upto(slot):
        return slot // n * before[n] + before[slot % n]

    answers = []
    covered = 0
    for first, slots in windows:
        begin = max(first, covered)
        end = max(first + slots, covered)
        answers.append(upto(end) - upto(begin))
        covered = end
    return answers
