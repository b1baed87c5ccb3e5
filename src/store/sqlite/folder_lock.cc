#include "store/sqlite/folder_lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace amer::store {

namespace {

std::string holder_of(int descriptor) {
    std::array<char, 24> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size() - 1, 0);
    const std::string holder{text.data(), static_cast<std::size_t>(length > 0 ? length : 0)};
    return holder.empty() ? "another process" : "process " + holder.substr(0, holder.find('\n'));
}

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "amer.lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return failure("cannot open " + file.string() + ": " + std::strerror(errno));
    }
    FolderLock lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return failure("the data folder " + folder.string() + " is in use by " +
                       holder_of(descriptor));
    }
    const std::string mine = std::to_string(::getpid()) + "\n";
    // Only for the message above: a lock without a name is still a lock.
    if (::ftruncate(descriptor, 0) == 0) {
        static_cast<void>(::pwrite(descriptor, mine.data(), mine.size(), 0) == 0);
    }
    return lock;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

}  // namespace amer::store
