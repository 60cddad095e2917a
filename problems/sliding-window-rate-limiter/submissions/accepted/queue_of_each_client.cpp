#include <bits/stdc++.h>
using namespace std;

vector<bool> allowed(vector<long long>& seconds, vector<string>& clients, long long limit, long long windowS) {
    unordered_map<string, deque<long long>> passed;
    vector<bool> answers;
    for (size_t i = 0; i < seconds.size(); i++) {
        auto& times = passed[clients[i]];
        while (!times.empty() && times.front() + windowS <= seconds[i]) {
            times.pop_front();
        }
        answers.push_back(ssize(times) < limit);
        if (answers.back()) {
            times.push_back(seconds[i]);
        }
    }
    return answers;
}
