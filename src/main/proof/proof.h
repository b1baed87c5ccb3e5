#pragma once

#include <filesystem>
#include <string>

#include "core/calendar/calendar.h"
#include "main/why/words.h"
#include "measure/promise_proof.h"

namespace amer::proof {

why::Words words_of(Language language);

// Is the sound of this recording, in this data folder, the one of this digest?
measure::FileState file_state(const std::filesystem::path& data, RecordingId recording,
                              const std::string& sha256);
// Looks at the file of every message of the proof.
void look_at_files(measure::PromiseProof& proof, const std::filesystem::path& data);

// Lines for a terminal or a printer.
std::string as_text(const measure::PromiseProof& proof, const calendar::Calendar& calendar,
                    const why::Words& words);

}  // namespace amer::proof
