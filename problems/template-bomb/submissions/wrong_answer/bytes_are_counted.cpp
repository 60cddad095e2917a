// mistake: size() counts the bytes of a text. A letter with an accent has more than one, and is one character.
// fails: accents and an umlaut
#include <bits/stdc++.h>
using namespace std;

unordered_map<string, long long> sizes;
unordered_set<string> beingExpanded;

bool expand(map<string, vector<string>>& templates, const string& name, long long limit) {
    if (sizes.count(name)) {
        return true;
    }
    if (!beingExpanded.insert(name).second) {
        return false;
    }
    long long total = 0;
    for (const string& part : templates[name]) {
        if (!part.empty() && part[0] == '@') {
            if (!expand(templates, part.substr(1), limit)) {
                return false;
            }
            total += sizes[part.substr(1)];
        } else {
            total += part.size();
        }
        if (total > limit) {
            return false;
        }
    }
    sizes[name] = total;
    return true;
}

optional<long long> expandedSize(map<string, vector<string>>& templates, string start, long long limit) {
    if (!expand(templates, start, limit)) {
        return nullopt;
    }
    return sizes[start];
}
