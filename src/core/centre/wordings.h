#pragma once

#include "core/terms/terms.h"

// Prompts whose wording or whose being said depends on the day (domain.md section 7).
namespace amer::centre::wordings {

inline const PromptId kHoliday{"CLS-HOL"};             // said on a holiday only
inline const PromptId kAfterTone{"CLS-MSG"};           // names the day of the call back
inline const PromptId kAfterToneToday{"CLS-TODAY"};    // in its place when that is today
inline const PromptId kAfterToneNoDate{"CLS-NODATE"};  // or when no day can be named

// How a promise stands, {status} of a reference that is looked up.
inline const char* const kStatusOpen = "STA-OPEN";
inline const char* const kStatusKept = "STA-KEPT";
inline const char* const kStatusBroken = "STA-BROKEN";
inline const char* const kStatusWithdrawn = "STA-WITHDRAWN";

}  // namespace amer::centre::wordings
