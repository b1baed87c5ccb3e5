#pragma once

#include "core/terms/terms.h"

// Prompts that the rules choose themselves (domain.md section 7).
namespace amer::centre::wordings {

// Where wording, or being said at all, depends on the day.
inline const PromptId kHoliday{"CLS-HOL"};             // said on a holiday only
inline const PromptId kAfterTone{"CLS-MSG"};           // names the day of the call back
inline const PromptId kAfterToneToday{"CLS-TODAY"};    // in its place when that is today
inline const PromptId kAfterToneNoDate{"CLS-NODATE"};  // or when no day can be named
inline const PromptId kPlaceKept{"CB-OK"};             // {time} of his turn, today
inline const PromptId kPlaceKeptNoTime{"CB-TURN"};     // in its place when that is not known

// To one who waits.
inline const PromptId kAllBusy{"Q-BUSY"};
inline const PromptId kNobodyThere{"Q-NONE"};  // in its place when no agent is logged in
inline const PromptId kPosition{"Q-POS"};      // {n}
inline const PromptId kNext{"Q-NEXT"};         // in its place for the first
inline const PromptId kExpectedWait{"Q-EWT"};  // {minutes}
inline const PromptId kSoon{"Q-SOON"};         // in its place below one
inline const PromptId kClosesSoon{"Q-CLOSE"};  // {closing}: he may not be served before
inline const PromptId kHasClosed{"Q-CLOSED"};  // it has closed over him
inline const PromptId kKeepPlace{"Q-OFFER"};   // where a key keeps his place without waiting
inline const PromptId kAgentLost{"Q-LOST"};

// To the agent who is to call a citizen back.
inline const PromptId kTriedBefore{"CB-TRIED"};  // {n} times, in vain

// How a promise stands, {status} of a reference that is looked up.
inline const char* const kStatusOpen = "STA-OPEN";
inline const char* const kStatusKept = "STA-KEPT";
inline const char* const kStatusBroken = "STA-BROKEN";
inline const char* const kStatusWithdrawn = "STA-WITHDRAWN";

}  // namespace amer::centre::wordings
