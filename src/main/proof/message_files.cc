#include <system_error>

#include "main/proof/proof.h"
#include "media/record/wav_file.h"
#include "telephony/recording_shelf.h"

namespace amer::proof {

namespace fs = std::filesystem;
using measure::FileState;

FileState file_state(const fs::path& data, RecordingId recording, const std::string& sha256) {
    const fs::path file = telephony::RecordingShelf{data / "recordings"}.file_of(recording);
    std::error_code unknown;
    if (!fs::exists(file, unknown)) return unknown ? FileState::unreadable : FileState::missing;
    if (sha256.empty()) return FileState::no_digest;
    const auto digest = media::sha256_of_file(file);
    if (!digest) return FileState::unreadable;
    return *digest == sha256 ? FileState::right : FileState::altered;
}

void look_at_files(measure::PromiseProof& proof, const fs::path& data) {
    for (std::vector<measure::ProvedPromise>* list : {&proof.promises, &proof.others}) {
        for (measure::ProvedPromise& promise : *list) {
            for (measure::ProvedMessage& message : promise.messages) {
                message.file = file_state(data, message.recording, message.sha256);
            }
        }
    }
}

}  // namespace amer::proof
