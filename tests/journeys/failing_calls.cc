// Preloaded into `amer serve` by journeys: system calls that fail when the test says so, through a
// file that both have mapped (faults.py). What is counted and failed is the centre's own: what it
// sends, and what it does with the files of its data folder.
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

// The order is faults.py's.
enum Kind : std::uint8_t { sip, media, database, recording, other, none };

// From the `from`-th call of a kind on, each `every`-th fails, `times` in all.
struct Plan {
    std::atomic<std::uint64_t> count, from, every, times, error, met;
};
using Plans = std::array<Plan, 5>;

template <typename Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

Plans* map_plans() {
    const char* const file = std::getenv("AMER_FAULTS");
    if (file == nullptr) return nullptr;
    static const auto real_open = next<int (*)(const char*, int, ...)>("open");
    const int descriptor = real_open(file, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return nullptr;
    void* const mapped =
        ::mmap(nullptr, sizeof(Plans), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    return mapped == MAP_FAILED ? nullptr : static_cast<Plans*>(mapped);
}

bool strikes(Kind kind) {
    static Plans* const plans = map_plans();
    if (plans == nullptr || kind == none) return false;
    Plan& plan = (*plans)[kind];
    const std::uint64_t number = ++plan.count;
    const std::uint64_t from = plan.from;
    if (from == 0 || number < from || (number - from) % plan.every != 0) return false;
    if (plan.met >= plan.times) return false;
    ++plan.met;
    errno = static_cast<int>(plan.error);
    return true;
}

Kind kind_of(const char* path) {
    static const char* const folder = std::getenv("AMER_FAULTS_FOLDER");
    if (folder == nullptr || std::strncmp(path, folder, std::strlen(folder)) != 0) return none;
    if (std::strstr(path, "/amer.db") != nullptr) return database;
    return std::strstr(path, "/recordings") != nullptr ? recording : other;
}

constexpr std::size_t kMostFiles = 65'536;
std::array<std::atomic<std::uint8_t>, kMostFiles> kinds_of_files;  // 0: none of ours, else kind + 1

Kind kind_of(int file) {
    if (file < 0 || static_cast<std::size_t>(file) >= kMostFiles) return none;
    const std::uint8_t kind = kinds_of_files[static_cast<std::size_t>(file)];
    return kind == 0 ? none : static_cast<Kind>(kind - 1);
}

void remember(int file, Kind kind) {
    if (file < 0 || static_cast<std::size_t>(file) >= kMostFiles) return;
    kinds_of_files[static_cast<std::size_t>(file)] =
        kind == none ? std::uint8_t{0} : static_cast<std::uint8_t>(kind + 1);
}

// Sound begins with the version of RTP in its two highest bits, SIP with a letter.
Kind kind_sent(const void* bytes, std::size_t length) {
    if (length == 0) return none;
    const auto first = *static_cast<const std::uint8_t*>(bytes);
    return (first & 0x80U) != 0 ? media : sip;
}

bool is_of_the_internet(const void* address) {
    if (address == nullptr) return false;
    const auto family = static_cast<const sockaddr*>(address)->sa_family;
    return family == AF_INET || family == AF_INET6;
}

Kind kind_sent(const msghdr& message) {
    if (!is_of_the_internet(message.msg_name) || message.msg_iovlen == 0) return none;
    return kind_sent(message.msg_iov[0].iov_base, message.msg_iov[0].iov_len);
}

int open_file(const char* name, const char* path, int flags, mode_t mode) {
    const Kind kind = kind_of(path);
    if (strikes(kind)) return -1;
    const int file = next<int (*)(const char*, int, ...)>(name)(path, flags, mode);
    remember(file, kind);
    return file;
}

mode_t mode_after(int flags, std::va_list arguments) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    std::va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_after(flags, arguments);
    va_end(arguments);
    return open_file("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    std::va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = mode_after(flags, arguments);
    va_end(arguments);
    return open_file("open64", path, flags, mode);
}

int close(int file) {
    static const auto real = next<int (*)(int)>("close");
    remember(file, none);
    return real(file);
}

ssize_t write(int file, const void* bytes, size_t length) {
    static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
    return strikes(kind_of(file)) ? -1 : real(file, bytes, length);
}

ssize_t pwrite(int file, const void* bytes, size_t length, off_t at) {
    static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    return strikes(kind_of(file)) ? -1 : real(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t length, off64_t at) {
    static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    return strikes(kind_of(file)) ? -1 : real(file, bytes, length, at);
}

int fsync(int file) {
    static const auto real = next<int (*)(int)>("fsync");
    return strikes(kind_of(file)) ? -1 : real(file);
}

int fdatasync(int file) {
    static const auto real = next<int (*)(int)>("fdatasync");
    return strikes(kind_of(file)) ? -1 : real(file);
}

int ftruncate(int file, off_t length) {
    static const auto real = next<int (*)(int, off_t)>("ftruncate");
    return strikes(kind_of(file)) ? -1 : real(file, length);
}

int ftruncate64(int file, off64_t length) {
    static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
    return strikes(kind_of(file)) ? -1 : real(file, length);
}

int rename(const char* from, const char* to) {
    static const auto real = next<int (*)(const char*, const char*)>("rename");
    return strikes(kind_of(to)) ? -1 : real(from, to);
}

int mkdir(const char* path, mode_t mode) {
    static const auto real = next<int (*)(const char*, mode_t)>("mkdir");
    return strikes(kind_of(path)) ? -1 : real(path, mode);
}

ssize_t sendto(int socket, const void* bytes, size_t length, int flags, const sockaddr* to,
               socklen_t size) {
    static const auto real =
        next<ssize_t (*)(int, const void*, size_t, int, const sockaddr*, socklen_t)>("sendto");
    if (is_of_the_internet(to) && strikes(kind_sent(bytes, length))) return -1;
    return real(socket, bytes, length, flags, to, size);
}

ssize_t sendmsg(int socket, const msghdr* message, int flags) {
    static const auto real = next<ssize_t (*)(int, const msghdr*, int)>("sendmsg");
    return strikes(kind_sent(*message)) ? -1 : real(socket, message, flags);
}

// A batch whose first datagram fails is a failed call, one that fails later is sent up to there.
int sendmmsg(int socket, mmsghdr* messages, unsigned count, int flags) {
    static const auto real = next<int (*)(int, mmsghdr*, unsigned, int)>("sendmmsg");
    for (unsigned index = 0; index < count; ++index) {
        if (!strikes(kind_sent(messages[index].msg_hdr))) continue;
        return index == 0 ? -1 : real(socket, messages, index, flags);
    }
    return real(socket, messages, count, flags);
}

}  // extern "C"
