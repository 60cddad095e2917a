# mistake: Each message is followed from node to node, one by one or round by round: O(n²).
# fails: 200,000 falling priorities
def hops(priorities):
    n = len(priorities)
    answer = [0] * n
    on_their_way = [i for i in range(n) if priorities[i]]
    made = 0
    while on_their_way:
        made += 1
        left = []
        for sender in on_their_way:
            if priorities[(sender + made) % n] >= priorities[sender]:
                answer[sender] = made
            else:
                left.append(sender)
        on_their_way = left
    return answer
