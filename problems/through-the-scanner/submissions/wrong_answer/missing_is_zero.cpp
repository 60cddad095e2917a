// mistake: [] puts a 0 into a map for whatever is missing, so a scanner that the file cannot reach seems to be 0 hops away.
// fails: no links
#include <bits/stdc++.h>
using namespace std;

map<string, int> hopsFrom(string start, map<string, vector<string>>& graph) {
    map<string, int> hops = {{start, 0}};
    queue<string> waiting;
    waiting.push(start);
    while (!waiting.empty()) {
        string here = waiting.front();
        waiting.pop();
        for (auto& next : graph[here]) {
            if (!hops.count(next)) {
                hops[next] = hops[here] + 1;
                waiting.push(next);
            }
        }
    }
    return hops;
}

optional<long long> fewestHops(vector<vector<string>>& links, vector<string>& scanners, string start, string target) {
    map<string, vector<string>> forth, back;
    for (auto& link : links) {
        forth[link[0]].push_back(link[1]);
        back[link[1]].push_back(link[0]);
    }
    auto to = hopsFrom(start, forth), onward = hopsFrom(target, back);
    int best = INT_MAX;
    for (auto& scanner : scanners) {
        best = min(best, to[scanner] + onward[scanner]);
    }
    if (best == INT_MAX) {
        return nullopt;
    }
    return best;
}
