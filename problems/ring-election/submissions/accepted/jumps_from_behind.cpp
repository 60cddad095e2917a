#include <bits/stdc++.h>
using namespace std;

vector<long long> hops(const vector<long long>& priorities) {
    const long long n = priorities.size();
    vector<long long> answer(n);
    vector<long long> dropping; // places in the doubled ring that may drop a message, the nearest one last
    for (long long i = 2 * n - 1; i >= 0; i--) {
        long long priority = priorities[i % n];
        while (!dropping.empty() && priorities[dropping.back() % n] < priority) {
            dropping.pop_back();
        }
        if (i < n && priority > 0) {
            answer[i] = dropping.back() - i;
        }
        dropping.push_back(i);
    }
    return answer;
}
