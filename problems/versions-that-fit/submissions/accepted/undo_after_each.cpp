#include <bits/stdc++.h>
using namespace std;

class Chooser {
    const vector<vector<string>>& versions;
    set<pair<string, string>> clashing;

    bool fits(const string& version) const {
        return none_of(chosen.begin(), chosen.end(), [&](const string& other) {
            return clashing.contains({version, other}) || clashing.contains({other, version});
        });
    }

public:
    vector<string> chosen;

    Chooser(const vector<vector<string>>& versions, const vector<vector<string>>& clashes) : versions(versions) {
        for (const auto& pair : clashes) {
            clashing.emplace(pair[0], pair[1]);
        }
    }

    bool complete() {
        if (chosen.size() == versions.size()) {
            return true;
        }
        for (const string& version : versions[chosen.size()]) {
            if (fits(version)) {
                chosen.push_back(version);
                if (complete()) {
                    return true;
                }
                chosen.pop_back();
            }
        }
        return false;
    }
};

optional<vector<string>> choose(const vector<vector<string>>& versions, const vector<vector<string>>& clashes) {
    Chooser chooser(versions, clashes);
    return chooser.complete() ? optional(chooser.chosen) : nullopt;
}
