#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/terms/terms.h"

namespace amer::queue {

// Why not the others (acd.md section 5, 6): the first rule that removes an agent, in this order.
inline constexpr const char* kUnregistered = "unregistered";  // not logged in
inline constexpr const char* kBusy = "busy";                  // reserved, ringing, talking, wrap-up
inline constexpr const char* kOnPhone = "on_phone";           // speaks with somebody else
inline constexpr const char* kNotReady = "not_ready";
inline constexpr const char* kLanguage = "language";
inline constexpr const char* kSkill = "skill";           // lacks what the present step needs
inline constexpr const char* kTier = "tier";             // the present step does not reach him
inline constexpr const char* kNotChosen = "not_chosen";  // the contact was held for another
inline constexpr const char* kRanked = "ranked_after";   // by tier or by the queue's strategy

// The agents whom one rule removed. `members` are their numbers among the queue's agents by id,
// from 1, in the configuration in force: "1-12 15". `names` instead in journals of version 1.
struct PassedOver {
    std::string rule;
    std::string members;
    std::vector<AgentId> names;

    AMER_FIELDS(PassedOver, rule, members, names)
};

// Gathers numbers in rising order into such a text.
class NumberRanges {
public:
    void add(std::uint32_t number);
    std::string text() const;
    bool is_empty() const { return ranges_.empty(); }

private:
    struct Range {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    std::vector<Range> ranges_;
};

// The numbers of such a text; what is no number ends it.
std::vector<std::uint32_t> numbers_in(const std::string& ranges);

}  // namespace amer::queue
