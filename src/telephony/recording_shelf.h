#pragma once

#include <filesystem>

#include "base/result.h"
#include "core/terms/terms.h"

namespace amer::telephony {

// Where recordings lie: a file is found by its number alone, so that a recording begun before a
// crash is found again after it. A thousand files a folder.
class RecordingShelf {
public:
    explicit RecordingShelf(std::filesystem::path root) : root_{std::move(root)} {}

    std::filesystem::path file_of(RecordingId recording) const;
    // The same, with its folder made.
    Result<std::filesystem::path> place_for(RecordingId recording) const;

private:
    std::filesystem::path root_;
};

}  // namespace amer::telephony
