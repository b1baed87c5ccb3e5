#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sip/surroundings.h"

namespace amer::sip {

// Where each user can be reached (RFC 3261 section 10.3), in memory, with an end.
class Registrar {
public:
    static constexpr std::size_t kMostBindings = 5;  // of one user; the next end makes room

    explicit Registrar(Surroundings& surroundings, Listener& listener)
        : around_{surroundings}, listener_{listener} {}

    // A REGISTER of an authenticated user: the response to send; `to_tag` goes into it. Tells
    // nothing yet: announce() does, after the response is out.
    Message register_contacts(const Message& request, const Flow& flow, const std::string& user,
                              std::string_view to_tag);
    void announce(const std::string& user);

    std::vector<Binding> bindings_of(std::string_view user) const;
    bool has_binding_from(std::string_view user, const Flow& flow) const;
    bool uses(const Flow& stream) const;
    // A connection is gone, and with it the only way to those who registered over it (RFC 5626).
    void on_flow_closed(const Flow& flow);
    void on_alarm(const Alarm& alarm);  // AlarmKind::binding_over
    std::size_t size() const { return count_; }

private:
    struct Entry {
        Binding binding;
        std::string call_id;
        std::uint32_t cseq = 0;
    };
    struct User {
        std::uint64_t number = 0;
        std::string name;
        std::vector<Entry> entries;
        TimerId over;
        bool is_announced = false;
    };
    struct Change {
        Uri contact;
        Duration lifetime{};  // zero: remove
    };
    struct Wish {
        int status = 200;
        std::vector<Change> changes;
    };

    Wish read_wish(const Message& request) const;
    static Flow way_to(const Uri& contact, const Flow& flow);
    static bool is_in_order(const User& user, const Wish& wish, const Message& request);
    static const Entry* find(const User& user, const Uri& contact);
    void apply(User& user, const Change& change, const Message& request, const Flow& flow);
    void list_contacts(const User& user, Message& response) const;
    User& user_named(const std::string& name);
    void settle(User& user);

    Surroundings& around_;
    Listener& listener_;
    std::unordered_map<std::string, User> users_;
    std::unordered_map<std::uint64_t, std::string> names_;
    std::uint64_t last_number_ = 0;
    std::size_t count_ = 0;
};

}  // namespace amer::sip
