def f(n):
    answer = [n]
    answer.append(answer)
    return answer
