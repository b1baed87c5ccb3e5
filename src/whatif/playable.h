#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "whatif/recorded_day.h"

namespace amer::whatif {

// Rules in which every recorded caller reaches his queue at the instant he reached it in life: the
// menus before it are replaced by one key for his language. Queues, agents and hours stay.
class Playable {
public:
    Playable(const centre::Configuration& rules, const std::vector<Arrival>& arrivals);

    const centre::Configuration& rules() const { return rules_; }
    // Nothing: the rules have no such queue.
    std::optional<PhoneNumber> number_for(const Arrival& arrival) const;
    static std::string key_of(Language language) {
        return language == Language::arabic ? "1" : "2";
    }
    // A reason for being not ready that these rules know.
    std::string pause() const;

private:
    // Queue, its further queues, priority, emergency.
    using Door = std::tuple<QueueId, std::vector<QueueId>, std::int32_t, bool>;

    static Door door_of(const Arrival& arrival) {
        return {arrival.queue, arrival.also, arrival.priority, arrival.is_emergency};
    }
    bool is_known(const QueueId& queue) const;
    void open_door(const Door& door);

    centre::Configuration rules_;
    std::map<Door, PhoneNumber> doors_;
};

}  // namespace amer::whatif
