std::vector<std::string> f(int n) {
    std::vector<std::string> found;
    std::string line;
    std::ifstream devices("/proc/net/dev"), routes("/proc/net/route");
    for (int number = 0; std::getline(devices, line); number++) {
        if (number > 1) found.push_back(line.substr(line.find_first_not_of(' '), line.find(':') - line.find_first_not_of(' ')));
    }
    for (std::getline(routes, line); std::getline(routes, line);) found.push_back(line);
    return found;
}
