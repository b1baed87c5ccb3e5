#pragma once

#include <cstdint>
#include <string>

#include "core/terms/terms.h"

namespace amer::telephony {

// What an agent may say of himself by dialling.
enum class DeskAct : std::uint8_t { ready, not_ready, wrapped_up, log_out };

struct DeskCode {
    std::string dialled;  // "*11"
    DeskAct act = DeskAct::ready;
    std::string reason;  // of not_ready
    PromptId says;       // to him, when it is done
};

}  // namespace amer::telephony
