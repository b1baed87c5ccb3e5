#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <sqlite3.h>

// For this room's tests: a disk under SQLite that fails at the n-th operation of a kind, and that
// knows what a power cut would leave. While it lives every database of this process is on it.
namespace amer::store {

enum class DiskWork : std::uint8_t { open, read, write, truncate, sync, lock, map, map_lock };

struct DiskFault {
    DiskWork work = DiskWork::write;
    int code = SQLITE_IOERR_WRITE;
    bool is_torn = false;     // a write that fails has written its first half
    std::uint64_t times = 1;  // how many operations of the kind fail, one after another
};

class FaultyDisk {
public:
    FaultyDisk() : real_{sqlite3_vfs_find(nullptr)}, vfs_{*real_} {
        vfs_.zName = "faulty";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.pAppData = this;
        vfs_.pNext = nullptr;
        vfs_.xOpen = open;
        // A busy handler waits by the number of its sleeps, so nobody need sleep here.
        vfs_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
        REQUIRE(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
    }
    ~FaultyDisk() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    // The n-th operation of the fault's kind from now (1: the next) fails.
    void plan(const DiskFault& fault, std::uint64_t nth) {
        fault_ = fault;
        fails_from_ = count(fault.work) + nth;
        met_ = 0;
    }
    void repair() { fails_from_ = kNever; }
    std::uint64_t faults_met() const { return met_; }
    std::uint64_t count(DiskWork work) const { return counts_[static_cast<std::size_t>(work)]; }

    // Called before each operation that changes a file.
    std::function<void()> before_change;

    // The folder as it is now, for a process that comes after this one was killed.
    static void copy_as_it_is(const std::filesystem::path& from, const std::filesystem::path& to) {
        std::filesystem::remove_all(to);
        std::filesystem::copy(from, to);
    }
    // The folder as a power cut leaves it, at its worst: nothing that was not synced.
    void copy_as_synced(const std::filesystem::path& from, const std::filesystem::path& to) const {
        copy_as_it_is(from, to);
        std::filesystem::remove(to / "amer.db-shm");
        for (const auto& [path, changes] : unsynced_) {
            if (std::filesystem::exists(to / path.filename())) undo(changes, to / path.filename());
        }
    }

private:
    // What a range of a file was before it was overwritten, and how long the file was.
    struct Change {
        sqlite3_int64 at = 0;
        std::string before;
        sqlite3_int64 size = 0;
    };
    struct File {
        sqlite3_file base;
        FaultyDisk* disk;
        const char* name;  // SQLite keeps it while the file is open; null: a temporary file
    };

    static constexpr std::uint64_t kNever = UINT64_MAX / 2;

    static File& mine(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    static sqlite3_file* below(sqlite3_file* file) {
        return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
    }

    bool strikes(DiskWork work) {
        const std::uint64_t number = ++counts_[static_cast<std::size_t>(work)];
        const bool is_hit =
            work == fault_.work && number >= fails_from_ && number < fails_from_ + fault_.times;
        if (is_hit) ++met_;
        return is_hit;
    }
    void about_to_change(sqlite3_file* file, sqlite3_int64 at, sqlite3_int64 length) {
        if (before_change) before_change();
        if (mine(file).name == nullptr) return;
        Change change;
        below(file)->pMethods->xFileSize(below(file), &change.size);
        change.at = at;
        if (at < change.size) {
            change.before.resize(static_cast<std::size_t>(std::min(length, change.size - at)));
            below(file)->pMethods->xRead(below(file), change.before.data(),
                                         static_cast<int>(change.before.size()), at);
        }
        unsynced_[mine(file).name].push_back(std::move(change));
    }
    static void undo(const std::vector<Change>& changes, const std::filesystem::path& file) {
        std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
        for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
            bytes.seekp(change->at);
            bytes.write(change->before.data(), static_cast<std::streamsize>(change->before.size()));
        }
        bytes.close();
        if (!changes.empty()) {
            std::filesystem::resize_file(file, static_cast<std::uintmax_t>(changes.front().size));
        }
    }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out);
    static int write(sqlite3_file* file, const void* bytes, int length, sqlite3_int64 at);
    static int truncate(sqlite3_file* file, sqlite3_int64 size);
    static int sync(sqlite3_file* file, int flags);
    static int lock_map(sqlite3_file* file, int first, int count, int flags);
    static const sqlite3_io_methods* methods();

    template <DiskWork kWork, auto kMember, typename... Arguments>
    static int pass(sqlite3_file* file, Arguments... arguments) {
        FaultyDisk& disk = *mine(file).disk;
        if (disk.strikes(kWork)) return disk.fault_.code;
        return (below(file)->pMethods->*kMember)(below(file), arguments...);
    }
    template <auto kMember, typename... Arguments>
    static auto forward(sqlite3_file* file, Arguments... arguments) {
        return (below(file)->pMethods->*kMember)(below(file), arguments...);
    }

    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
    DiskFault fault_;
    std::uint64_t fails_from_ = kNever;
    std::uint64_t met_ = 0;
    std::array<std::uint64_t, 8> counts_{};
    std::map<std::filesystem::path, std::vector<Change>> unsynced_;
};

inline int FaultyDisk::open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
                            int* out) {
    auto& disk = *static_cast<FaultyDisk*>(vfs->pAppData);
    file->pMethods = nullptr;
    if (disk.strikes(DiskWork::open)) return disk.fault_.code;
    if (name != nullptr && !std::filesystem::exists(name)) disk.unsynced_.erase(name);
    const int opened = disk.real_->xOpen(disk.real_, name, below(file), flags, out);
    if (opened != SQLITE_OK) return opened;
    mine(file).disk = &disk;
    mine(file).name = name;
    file->pMethods = methods();
    return SQLITE_OK;
}

inline int FaultyDisk::write(sqlite3_file* file, const void* bytes, int length, sqlite3_int64 at) {
    FaultyDisk& disk = *mine(file).disk;
    disk.about_to_change(file, at, length);
    const auto* real = below(file)->pMethods;
    if (!disk.strikes(DiskWork::write)) return real->xWrite(below(file), bytes, length, at);
    if (disk.fault_.is_torn) real->xWrite(below(file), bytes, length / 2, at);
    return disk.fault_.code;
}

inline int FaultyDisk::truncate(sqlite3_file* file, sqlite3_int64 size) {
    FaultyDisk& disk = *mine(file).disk;
    disk.about_to_change(file, size, INT32_MAX);
    if (disk.strikes(DiskWork::truncate)) return disk.fault_.code;
    return below(file)->pMethods->xTruncate(below(file), size);
}

// Nothing is really synced: only this disk's memory of it counts.
inline int FaultyDisk::sync(sqlite3_file* file, int /*flags*/) {
    FaultyDisk& disk = *mine(file).disk;
    if (disk.before_change) disk.before_change();
    if (disk.strikes(DiskWork::sync)) return disk.fault_.code;
    if (mine(file).name != nullptr) disk.unsynced_[mine(file).name].clear();
    return SQLITE_OK;
}

// To let go always works.
inline int FaultyDisk::lock_map(sqlite3_file* file, int first, int count, int flags) {
    FaultyDisk& disk = *mine(file).disk;
    if ((flags & SQLITE_SHM_LOCK) != 0 && disk.strikes(DiskWork::map_lock)) {
        return disk.fault_.code;
    }
    return below(file)->pMethods->xShmLock(below(file), first, count, flags);
}

inline const sqlite3_io_methods* FaultyDisk::methods() {
    using Methods = sqlite3_io_methods;
    static const Methods all{
        .iVersion = 2,  // without memory maps of the database itself: every read passes here
        .xClose = forward<&Methods::xClose>,
        .xRead = pass<DiskWork::read, &Methods::xRead, void*, int, sqlite3_int64>,
        .xWrite = write,
        .xTruncate = truncate,
        .xSync = sync,
        .xFileSize = forward<&Methods::xFileSize, sqlite3_int64*>,
        .xLock = pass<DiskWork::lock, &Methods::xLock, int>,
        .xUnlock = forward<&Methods::xUnlock, int>,
        .xCheckReservedLock = forward<&Methods::xCheckReservedLock, int*>,
        .xFileControl = forward<&Methods::xFileControl, int, void*>,
        .xSectorSize = forward<&Methods::xSectorSize>,
        .xDeviceCharacteristics = forward<&Methods::xDeviceCharacteristics>,
        .xShmMap = pass<DiskWork::map, &Methods::xShmMap, int, int, int, void volatile**>,
        .xShmLock = lock_map,
        .xShmBarrier = forward<&Methods::xShmBarrier>,
        .xShmUnmap = forward<&Methods::xShmUnmap, int>,
        .xFetch = nullptr,
        .xUnfetch = nullptr,
    };
    return &all;
}

}  // namespace amer::store
