#include "main/flow_drawing/graphviz.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

namespace amer::flow_drawing {
namespace {

const char* const kMissing =
    "the program 'dot' draws the SVG and is not installed: install the Debian package graphviz";
constexpr int kNoSuchProgram = 127;

// Files without a name, so that neither side waits for the other to read.
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
File scratch_file() { return File{std::tmpfile(), &std::fclose}; }

Result<int> run_dot(std::FILE* input, std::FILE* output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, fileno(output), STDOUT_FILENO);
    std::string program = "dot";
    std::string format = "-Tsvg";
    const std::array<char*, 3> arguments = {program.data(), format.data(), nullptr};
    pid_t child = 0;
    const int failed =
        posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed == ENOENT) return failure(kMissing);
    if (failed != 0) return failure(fmt::format("dot cannot be run: {}", std::strerror(failed)));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Result<std::string> svg_of(const std::string& dot) {
    const File input = scratch_file();
    const File output = scratch_file();
    if (!input || !output) return failure("no room for the drawing in the folder for such files");
    std::fwrite(dot.data(), 1, dot.size(), input.get());
    std::fflush(input.get());
    std::rewind(input.get());
    const Result<int> ended = run_dot(input.get(), output.get());
    if (!ended) return tl::unexpected(ended.error());
    if (*ended == kNoSuchProgram) return failure(kMissing);
    if (*ended != 0) return failure(fmt::format("dot ended with {}", *ended));
    std::string svg;
    std::rewind(output.get());
    std::array<char, 4096> chunk{};
    for (std::size_t got = 1; got > 0;) {
        got = std::fread(chunk.data(), 1, chunk.size(), output.get());
        svg.append(chunk.data(), got);
    }
    return svg;
}

}  // namespace amer::flow_drawing
