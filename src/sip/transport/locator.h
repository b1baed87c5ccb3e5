#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sip/surroundings.h"
#include "sip/transport/resolver.h"

namespace amer::sip {

bool is_literal_address(std::string_view host);

// Finds the way to a URI (RFC 3263 without NAPTR and SRV): a literal host at once, a name through
// the Resolver. Names are remembered for a minute.
class Locator {
public:
    using Use = std::function<void(std::optional<Flow>)>;

    Locator(Surroundings& surroundings, Resolver* resolver);

    // `near` is a way that is known to work: its socket, transport or connection is used again
    // where the URI allows.
    void locate(const Uri& hop, const Flow* near, Use use);
    void on_alarm(const Alarm& alarm);  // AlarmKind::lookup_over

private:
    struct Lookup {
        std::string host;
        std::vector<std::function<void(const std::string& address)>> waiting;
        TimerId over;
    };
    struct Known {
        std::string address;
        MonotonicInstant until;
    };

    void look_up(const std::string& host, std::function<void(const std::string&)> use);
    void settle(std::uint64_t lookup, const std::vector<std::string>& addresses);

    Surroundings& around_;
    Resolver* resolver_;
    std::unordered_map<std::string, Known> known_;
    std::unordered_map<std::uint64_t, Lookup> lookups_;
    std::unordered_map<std::string, std::uint64_t> lookup_of_;
    std::uint64_t last_lookup_ = 0;
    std::shared_ptr<Locator*> alive_;  // a late answer must not reach a locator that is gone
};

}  // namespace amer::sip
