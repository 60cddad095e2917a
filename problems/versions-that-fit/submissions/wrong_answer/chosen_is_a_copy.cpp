// mistake: Each call gets a copy of what is chosen, so the complete choice is lost with the call that found it.
// fails: one package
#include <bits/stdc++.h>
using namespace std;

set<pair<string, string>> clashing;

bool complete(const vector<vector<string>>& versions, vector<string> chosen) {
    if (chosen.size() == versions.size()) {
        return true;
    }
    for (auto& version : versions[chosen.size()]) {
        bool fits = true;
        for (auto& other : chosen) {
            fits = fits && !clashing.count({version, other});
        }
        if (fits) {
            chosen.push_back(version);
            if (complete(versions, chosen)) {
                return true;
            }
            chosen.pop_back();
        }
    }
    return false;
}

optional<vector<string>> choose(vector<vector<string>>& versions, vector<vector<string>>& clashes) {
    for (auto& pair : clashes) {
        clashing.insert({pair[0], pair[1]});
        clashing.insert({pair[1], pair[0]});
    }
    vector<string> chosen;
    if (!complete(versions, chosen)) {
        return nullopt;
    }
    return chosen;
}
