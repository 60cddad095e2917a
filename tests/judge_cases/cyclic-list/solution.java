import java.util.*;

class Solution {
    List<Object> f(long n) {
        List<Object> answer = new ArrayList<>();
        answer.add(answer);
        return answer;
    }
}
