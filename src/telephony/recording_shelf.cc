#include "telephony/recording_shelf.h"

#include <system_error>

#include <fmt/format.h>

namespace amer::telephony {

constexpr std::uint64_t kFilesPerFolder = 1'000;

std::filesystem::path RecordingShelf::file_of(RecordingId recording) const {
    return root_ / fmt::format("{:06}", recording.value / kFilesPerFolder) /
           fmt::format("{:09}.wav", recording.value);
}

Result<std::filesystem::path> RecordingShelf::place_for(RecordingId recording) const {
    const std::filesystem::path file = file_of(recording);
    std::error_code trouble;
    std::filesystem::create_directories(file.parent_path(), trouble);
    if (trouble) {
        return failure(fmt::format("cannot make the folder {}: {}", file.parent_path().string(),
                                   trouble.message()));
    }
    return file;
}

}  // namespace amer::telephony
