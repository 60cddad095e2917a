#include <bits/stdc++.h>
using namespace std;

using Graph = unordered_map<string, vector<string>>;

unordered_map<string, long long> hopsFrom(const string& start, const Graph& graph) {
    unordered_map<string, long long> hops{{start, 0}};
    queue<string> waiting({start});
    for (; !waiting.empty(); waiting.pop()) {
        auto found = graph.find(waiting.front());
        if (found == graph.end()) {
            continue;
        }
        for (const string& next : found->second) {
            if (hops.try_emplace(next, hops[waiting.front()] + 1).second) {
                waiting.push(next);
            }
        }
    }
    return hops;
}

optional<long long> fewestHops(vector<vector<string>>& links, vector<string>& scanners, string start, string target) {
    Graph forth, back;
    for (const auto& link : links) {
        forth[link[0]].push_back(link[1]);
        back[link[1]].push_back(link[0]);
    }
    auto to = hopsFrom(start, forth), onward = hopsFrom(target, back);
    optional<long long> best;
    for (const string& scanner : scanners) {
        if (to.contains(scanner) && onward.contains(scanner)) {
            long long hops = to[scanner] + onward[scanner];
            best = best ? min(*best, hops) : hops;
        }
    }
    return best;
}
