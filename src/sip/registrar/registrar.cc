#include "sip/registrar/registrar.h"

#include <charconv>

namespace amer::sip {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr seconds kUsualLifetime{3600};

// Delta-seconds as far as they can be read; garbage counts as the usual time (RFC 3261 20.19).
Duration seconds_in(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) return seconds{0xffff'ffffU};
    if (error != std::errc{} || end != text.data() + text.size()) return kUsualLifetime;
    return seconds{value};
}

}  // namespace

Message Registrar::register_contacts(const Message& request, const Flow& flow,
                                     const std::string& user_name, std::string_view to_tag) {
    if (!request.to.uri.is_sip()) return make_response(request, 400, to_tag);
    if (request.to.uri.user != user_name) return make_response(request, 403, to_tag);
    const Wish wish = read_wish(request);
    if (wish.status == 423) {
        Message refusal = make_response(request, 423, to_tag);
        const auto least = duration_cast<seconds>(around_.options.registration_min);
        refusal.add_header("Min-Expires", std::to_string(least.count()));
        return refusal;
    }
    if (wish.status != 200) return make_response(request, wish.status, to_tag);

    User& user = user_named(user_name);
    std::vector<Change> changes = wish.changes;
    if (request.contact_is_star) {
        for (const Entry& entry : user.entries) changes.push_back({entry.binding.contact, {}});
    }
    if (!is_in_order(user, Wish{200, changes}, request)) {
        settle(user);
        return make_response(request, 500, to_tag, "CSeq out of order");
    }
    for (const Change& change : changes) apply(user, change, request, flow);
    Message response = make_response(request, 200, to_tag);
    list_contacts(user, response);
    settle(user);
    return response;
}

// RFC 3261 section 10.3, steps 6 and 7, without looking at what is stored.
Registrar::Wish Registrar::read_wish(const Message& request) const {
    const auto header = request.header("Expires");
    if (request.contact_is_star) {
        const bool is_removal =
            request.contacts.empty() && header && seconds_in(*header) == Duration{};
        return {is_removal ? 200 : 400, {}};
    }
    if (request.contacts.size() > kMostBindings) return {403, {}};
    Wish wish;
    for (const NameAddress& contact : request.contacts) {
        if (!contact.uri.is_sip()) return {400, {}};
        const auto own = contact.parameters.find("expires");
        Duration lifetime = kUsualLifetime;
        if (own) {
            lifetime = seconds_in(*own);
        } else if (header) {
            lifetime = seconds_in(*header);
        }
        if (lifetime > Duration{} && lifetime < around_.options.registration_min) return {423, {}};
        lifetime = std::min(lifetime, around_.options.registration_max);
        wish.changes.push_back({contact.uri, lifetime});
    }
    return wish;
}

// An older REGISTER that arrives late must not undo a newer one of the same phone.
bool Registrar::is_in_order(const User& user, const Wish& wish, const Message& request) {
    for (const Change& change : wish.changes) {
        const Entry* entry = find(user, change.contact);
        if (entry != nullptr && entry->call_id == request.call_id && request.cseq <= entry->cseq) {
            return false;
        }
    }
    return true;
}

const Registrar::Entry* Registrar::find(const User& user, const Uri& contact) {
    for (const Entry& entry : user.entries) {
        if (is_equivalent(entry.binding.contact, contact)) return &entry;
    }
    return nullptr;
}

Flow Registrar::way_to(const Uri& contact, const Flow& flow) {
    if (flow.transport != Transport::udp || contact.host != flow.remote.address) return flow;
    Flow way = flow;
    way.remote.port = contact.port != 0 ? contact.port : kDefaultPort;
    return way;
}

void Registrar::apply(User& user, const Change& change, const Message& request, const Flow& flow) {
    const auto is_it = [&](const Entry& entry) {
        return is_equivalent(entry.binding.contact, change.contact);
    };
    count_ -= std::erase_if(user.entries, is_it);
    if (change.lifetime == Duration{}) return;
    if (user.entries.size() >= kMostBindings) {
        const auto ends_sooner = [](const Entry& left, const Entry& right) {
            return left.binding.expires_at < right.binding.expires_at;
        };
        user.entries.erase(std::min_element(user.entries.begin(), user.entries.end(), ends_sooner));
        --count_;
    }
    const Binding binding{user.name, change.contact, way_to(change.contact, flow),
                          around_.now + change.lifetime};
    user.entries.push_back({binding, request.call_id, request.cseq});
    ++count_;
}

void Registrar::list_contacts(const User& user, Message& response) const {
    for (const Entry& entry : user.entries) {
        NameAddress contact;
        contact.uri = entry.binding.contact;
        const auto left = duration_cast<seconds>(entry.binding.expires_at - around_.now);
        contact.parameters.set("expires", std::to_string(left.count()));
        response.contacts.push_back(std::move(contact));
    }
}

Registrar::User& Registrar::user_named(const std::string& name) {
    User& user = users_[name];
    if (user.number == 0) {
        user.number = ++last_number_;
        user.name = name;
        names_.emplace(user.number, name);
    }
    return user;
}

// Sets the alarm for the binding that ends first.
void Registrar::settle(User& user) {
    around_.timers.cancel(user.over);
    if (user.entries.empty()) return;
    MonotonicInstant first = user.entries.front().binding.expires_at;
    for (const Entry& entry : user.entries) first = std::min(first, entry.binding.expires_at);
    user.over = around_.timers.set(around_.now, first, Alarm{AlarmKind::binding_over, user.number});
}

void Registrar::announce(const std::string& name) {
    const auto found = users_.find(name);
    if (found == users_.end()) return;
    User& user = found->second;
    const std::string who = user.name;
    const bool has_bindings = !user.entries.empty();
    const bool was_announced = std::exchange(user.is_announced, has_bindings);
    if (!has_bindings) {
        names_.erase(user.number);
        users_.erase(found);
    }
    if (has_bindings && !was_announced) listener_.on_registered(who);
    if (!has_bindings && was_announced) listener_.on_unregistered(who);
}

std::vector<Binding> Registrar::bindings_of(std::string_view name) const {
    std::vector<Binding> bindings;
    const auto found = users_.find(std::string{name});
    if (found == users_.end()) return bindings;
    for (const Entry& entry : found->second.entries) {
        if (entry.binding.expires_at > around_.now) bindings.push_back(entry.binding);
    }
    return bindings;
}

bool Registrar::has_binding_from(std::string_view name, const Flow& flow) const {
    const auto found = users_.find(std::string{name});
    if (found == users_.end()) return false;
    for (const Entry& entry : found->second.entries) {
        if (entry.binding.flow.remote.address == flow.remote.address) return true;
    }
    return false;
}

bool Registrar::uses(const Flow& stream) const {
    for (const auto& [name, user] : users_) {
        for (const Entry& entry : user.entries) {
            const Flow& flow = entry.binding.flow;
            if (flow.transport == stream.transport && flow.connection == stream.connection) {
                return true;
            }
        }
    }
    return false;
}

void Registrar::on_flow_closed(const Flow& flow) {
    if (flow.connection == 0) return;
    std::vector<std::string> touched;
    for (auto& [name, user] : users_) {
        const auto is_on_it = [&](const Entry& entry) {
            return entry.binding.flow.transport == flow.transport &&
                   entry.binding.flow.connection == flow.connection;
        };
        const std::size_t gone = std::erase_if(user.entries, is_on_it);
        if (gone == 0) continue;
        count_ -= gone;
        settle(user);
        touched.push_back(name);
    }
    std::sort(touched.begin(), touched.end());
    for (const std::string& name : touched) announce(name);
}

void Registrar::on_alarm(const Alarm& alarm) {
    const auto found = names_.find(alarm.subject);
    if (found == names_.end()) return;
    const std::string name = found->second;
    User& user = users_.at(name);
    count_ -= std::erase_if(user.entries, [this](const Entry& entry) {
        return entry.binding.expires_at <= around_.now;
    });
    settle(user);
    announce(name);
}

}  // namespace amer::sip
