#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "main/cli/run.h"

// For tests of this room: the program's command line with what it prints kept.
namespace amer::cli {

struct Ended {
    int code = 0;
    std::string out;
};

inline Ended run_kept(const std::vector<std::string>& words) {
    std::fflush(stdout);
    std::FILE* const kept = std::tmpfile();
    REQUIRE(kept != nullptr);
    const int terminal = ::dup(STDOUT_FILENO);
    ::dup2(::fileno(kept), STDOUT_FILENO);
    std::vector<const char*> arguments{"amer"};
    for (const std::string& word : words) arguments.push_back(word.c_str());
    Ended ended;
    ended.code = run(static_cast<int>(arguments.size()), arguments.data());
    std::fflush(stdout);
    ::dup2(terminal, STDOUT_FILENO);
    ::close(terminal);
    std::rewind(kept);
    for (int byte = std::fgetc(kept); byte != EOF; byte = std::fgetc(kept)) {
        ended.out += static_cast<char>(byte);
    }
    std::fclose(kept);
    return ended;
}

}  // namespace amer::cli
