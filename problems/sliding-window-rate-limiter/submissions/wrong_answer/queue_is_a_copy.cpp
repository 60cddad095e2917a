// mistake: The client's queue that is changed is a copy. What is added to it is lost, so every request passes.
// fails: a request exactly on the window's edge
#include <bits/stdc++.h>
using namespace std;

vector<bool> allowed(vector<long long>& seconds, vector<string>& clients, long long limit, long long windowS) {
    map<string, queue<long long>> passed;
    vector<bool> answers(seconds.size());
    for (size_t i = 0; i < seconds.size(); i++) {
        auto times = passed[clients[i]];
        while (!times.empty() && times.front() + windowS <= seconds[i]) {
            times.pop();
        }
        if ((long long)times.size() < limit) {
            times.push(seconds[i]);
            answers[i] = true;
        }
    }
    return answers;
}
