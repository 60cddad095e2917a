#include <bits/stdc++.h>
using namespace std;

string lower(string_view text) {
    string found(text);
    for (char& sign : found) {
        sign = tolower((unsigned char)sign);
    }
    return found;
}

string masked(const string& url, vector<string>& names) {
    unordered_set<string> secret;
    for (const string& name : names) {
        secret.insert(lower(name));
    }
    size_t mark = url.find('?');
    if (mark == string::npos) {
        return url;
    }
    string shown = url.substr(0, mark + 1);
    for (size_t begin = mark + 1; begin <= url.size();) {
        size_t end = min(url.find('&', begin), url.size());
        string_view part = string_view(url).substr(begin, end - begin);
        size_t equals = part.find('=');
        if (equals != string::npos && secret.contains(lower(part.substr(0, equals)))) {
            shown.append(part.substr(0, equals + 1)).append("***");
        } else {
            shown.append(part);
        }
        if (end < url.size()) {
            shown += '&';
        }
        begin = end + 1;
    }
    return shown;
}
