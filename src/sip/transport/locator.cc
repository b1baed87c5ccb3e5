#include "sip/transport/locator.h"

#include <arpa/inet.h>

namespace amer::sip {
namespace {

constexpr std::size_t kMostKnownNames = 1000;
constexpr Duration kNameLifetime = std::chrono::minutes{1};
constexpr Duration kLookupPatience = std::chrono::seconds{10};

Transport transport_to(const Uri& hop, const Flow* near) {
    const auto wish = hop.parameters.find("transport");
    if (wish == "tcp") return hop.scheme == "sips" ? Transport::tls : Transport::tcp;
    if (wish == "tls" || hop.scheme == "sips") return Transport::tls;
    if (wish == "ws") return Transport::ws;
    if (wish == "wss") return Transport::wss;
    if (wish == "udp" || near == nullptr) return Transport::udp;
    return near->transport;
}

Flow flow_to(const Uri& hop, const std::string& address, const Flow* near) {
    Flow flow;
    flow.transport = transport_to(hop, near);
    const bool is_secure = flow.transport == Transport::tls || flow.transport == Transport::wss;
    const std::uint16_t usual_port = is_secure ? 5061 : kDefaultPort;
    flow.remote = {address, hop.port != 0 ? hop.port : usual_port};
    if (near == nullptr || near->transport != flow.transport) return flow;
    flow.local = near->local;
    const bool has_connection = near->connection != 0 && near->remote.address == address;
    return has_connection ? *near : flow;
}

}  // namespace

bool is_literal_address(std::string_view host) {
    std::array<unsigned char, sizeof(in6_addr)> octets{};
    const std::string text{host};
    return inet_pton(AF_INET, text.c_str(), octets.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), octets.data()) == 1;
}

Locator::Locator(Surroundings& surroundings, Resolver* resolver)
    : around_{surroundings}, resolver_{resolver}, alive_{std::make_shared<Locator*>(this)} {}

void Locator::locate(const Uri& hop, const Flow* near, Use use) {
    if (!hop.is_sip() || hop.host.empty()) return use(std::nullopt);
    if (is_literal_address(hop.host)) return use(flow_to(hop, hop.host, near));
    std::optional<Flow> kept;
    if (near != nullptr) kept = *near;
    look_up(hop.host, [hop, kept, use = std::move(use)](const std::string& address) {
        if (address.empty()) return use(std::nullopt);
        use(flow_to(hop, address, kept ? &*kept : nullptr));
    });
}

void Locator::look_up(const std::string& host, std::function<void(const std::string&)> use) {
    const auto known = known_.find(host);
    if (known != known_.end() && known->second.until > around_.now) {
        const std::string address = known->second.address;
        return use(address);
    }
    if (resolver_ == nullptr) return use({});
    if (const auto running = lookup_of_.find(host); running != lookup_of_.end()) {
        lookups_.at(running->second).waiting.push_back(std::move(use));
        return;
    }
    const std::uint64_t lookup = ++last_lookup_;
    Lookup& started = lookups_[lookup];
    started.host = host;
    started.waiting.push_back(std::move(use));
    started.over = around_.after(kLookupPatience, AlarmKind::lookup_over, lookup);
    lookup_of_.emplace(host, lookup);
    const std::weak_ptr<Locator*> self = alive_;
    resolver_->resolve(host, [self, lookup](const std::vector<std::string>& addresses) {
        if (const auto locator = self.lock()) (*locator)->settle(lookup, addresses);
    });
}

void Locator::settle(std::uint64_t lookup, const std::vector<std::string>& addresses) {
    const auto found = lookups_.find(lookup);
    if (found == lookups_.end()) return;
    Lookup settled = std::move(found->second);
    around_.timers.cancel(settled.over);
    lookups_.erase(found);
    lookup_of_.erase(settled.host);
    const std::string address = addresses.empty() ? "" : addresses.front();
    if (!address.empty()) {
        if (known_.size() >= kMostKnownNames) known_.clear();
        known_.insert_or_assign(settled.host, Known{address, around_.now + kNameLifetime});
    }
    for (const auto& use : settled.waiting) use(address);
}

void Locator::on_alarm(const Alarm& alarm) { settle(alarm.subject, {}); }

}  // namespace amer::sip
