# mistake: Only the next candidate is compared. If it is weaker, the message is thought to go all the way round.
# fails: falling priorities
def hops(priorities):
    n = len(priorities)
    answer = [0] * n
    following = 0
    for i in range(2 * n - 1, -1, -1):
        if priorities[i % n] == 0:
            continue
        if i < n:
            answer[i] = following - i if priorities[following % n] >= priorities[i] else n
        following = i
    return answer
