#pragma once

#include <filesystem>

#include "base/result.h"

namespace amer::store {

// Held as long as this object lives: no second process opens the same data folder. The kernel
// lets go of it when the process dies, however it dies.
class FolderLock {
public:
    static Result<FolderLock> take(const std::filesystem::path& folder);

    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;

private:
    explicit FolderLock(int descriptor) : descriptor_{descriptor} {}

    int descriptor_;
};

}  // namespace amer::store
