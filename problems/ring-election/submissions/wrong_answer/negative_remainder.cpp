// mistake: The remainder of a negative number is negative. For a message that is dropped behind the end, n has to be added first.
// fails: falling priorities
#include <bits/stdc++.h>
using namespace std;

vector<long long> hops(vector<long long>& priorities) {
    long long n = priorities.size();
    vector<long long> answer(n);
    stack<long long> senders;
    for (long long i = 0; i < 2 * n; i++) {
        long long node = i % n;
        while (!senders.empty() && priorities[senders.top()] <= priorities[node]) {
            long long sender = senders.top();
            senders.pop();
            answer[sender] = node == sender ? n : (node - sender) % n;
        }
        if (i < n && priorities[node] > 0) {
            senders.push(node);
        }
    }
    return answer;
}
