#include "store/files/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace amer::store {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> system_failure(const char* what, const fs::path& file) {
    return failure(fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(errno)));
}

// Closes without hiding why the call before it failed.
void close_quietly(int descriptor) {
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
}

Result<void> sync(const fs::path& file, int flags) {
    const int descriptor = ::open(file.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return system_failure("open", file);
    const int result = ::fsync(descriptor);
    close_quietly(descriptor);
    if (result != 0) return system_failure("sync", file);
    return {};
}

}  // namespace

Result<void> write_file(const fs::path& file, const std::string& text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_failure("open", file);
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t count = ::write(descriptor, text.data() + written, text.size() - written);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) break;
        written += static_cast<std::size_t>(count);
    }
    close_quietly(descriptor);
    if (written != text.size()) return system_failure("write", file);
    return {};
}

Result<std::string> read_file(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return system_failure("open", file);
    std::error_code unknown;
    const auto size = fs::file_size(file, unknown);
    std::string text(unknown ? 0 : size, '\0');
    std::size_t length = 0;
    ssize_t count = 1;
    while (count > 0 && length < text.size()) {
        count = ::read(descriptor, text.data() + length, text.size() - length);
        if (count < 0 && errno == EINTR)
            count = 1;
        else if (count > 0)
            length += static_cast<std::size_t>(count);
    }
    close_quietly(descriptor);
    if (count < 0) return system_failure("read", file);
    text.resize(length);
    return text;
}

Result<void> sync_file(const fs::path& file) { return sync(file, O_RDONLY); }
Result<void> sync_folder(const fs::path& folder) { return sync(folder, O_RDONLY | O_DIRECTORY); }

Result<void> rename_file(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) return system_failure("rename", from);
    return {};
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code problem;
    if (fs::create_directories(folder, problem)) {
        fs::permissions(folder, fs::perms::owner_all, problem);
    }
    if (problem) return failure("cannot make " + folder.string() + ": " + problem.message());
    return {};
}

}  // namespace amer::store
