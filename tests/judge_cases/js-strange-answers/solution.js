function f(n) {
  const answer = [];
  answer.push(answer);
  return answer;
}
