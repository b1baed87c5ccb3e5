#pragma once

#include <array>

#include "core/terms/terms.h"

// What an agent hears of his code besides the words that the code's own row names.
namespace amer::telephony::wordings {

inline const PromptId kDeskLater{"DESK-LATER"};          // when the call he is in is over
inline const PromptId kDeskNoWrapUp{"DESK-NO-WRAP-UP"};  // there was none to end
inline const PromptId kDeskNotNow{"DESK-NOT-NOW"};       // the core: not_allowed_now
inline const PromptId kDeskNoReason{"DESK-NO-REASON"};   // the core: unknown_reason
inline const PromptId kDeskFailed{"DESK-FAILED"};        // the core: anything else

inline std::array<PromptId, 5> all_of_desk() {
    return {kDeskLater, kDeskNoWrapUp, kDeskNotNow, kDeskNoReason, kDeskFailed};
}

}  // namespace amer::telephony::wordings
