#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

// What snapshots and archive segments ask of the disk. Errors name the file and the system's
// reason.
namespace amer::store {

// Into a new file that only its owner may read. Not yet on the disk: sync_file.
Result<void> write_file(const std::filesystem::path& file, const std::string& text);
Result<std::string> read_file(const std::filesystem::path& file);
// Returns when the disk has it.
Result<void> sync_file(const std::filesystem::path& file);
Result<void> sync_folder(const std::filesystem::path& folder);
Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to);
// For its owner only; nothing when it is there.
Result<void> make_folder(const std::filesystem::path& folder);

}  // namespace amer::store
