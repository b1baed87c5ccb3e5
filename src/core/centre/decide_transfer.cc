#include "core/centre/rules.h"

// A contact that is being talked on goes to another queue.
namespace amer::centre {

namespace {

using contact::Contact;

std::string when_it_opens(const World& world, const QueueId& queue, Instant now) {
    const calendar::Calendar& calendar = world.calendar_of(queue);
    const std::string which = calendar::is_open(world.calendar(), now)
                                  ? fmt::format("the office of '{}'", queue.value)
                                  : "the centre";
    const std::optional<Window> opening = calendar::next_opening(calendar, now);
    if (!opening) return which + " is closed, and no opening is known";
    const calendar::LocalTime local = calendar::local_time(calendar, opening->from);
    return fmt::format("{} is closed; it opens on {} at {:02}:{:02}", which,
                       calendar::text_of(local.day), local.minute / 60, local.minute % 60);
}

// Nobody is sent where nobody will come for him (acd.md 6.4, 26).
std::optional<Rejection> unless_it_is_served(Deciding& deciding, const Contact& contact,
                                             const QueueId& queue) {
    const World& world = deciding.world();
    const Queue* row = world.queue_row(queue);
    if (row == nullptr) return not_now(fmt::format("there is no queue '{}'", queue.value));
    if (!deciding.is_open(queue)) return not_now(when_it_opens(world, queue, deciding.now()));
    if (world.tally({queue, contact.language}).logged_in == 0) {
        return not_now("nobody is logged in who serves it in the caller's language");
    }
    const bool is_full = row->most_waiting > 0 &&
                         world.waiting_in(queue) >= static_cast<std::size_t>(row->most_waiting);
    if (is_full) return not_now("no more callers may wait in it");
    return std::nullopt;
}

}  // namespace

// His place counts from when he first came; the agent's wrap-up from now (acd.md 6.4, 11 and 17).
std::optional<Rejection> decide_transfer(Deciding& deciding, const TransferContact& command) {
    const Contact* found = deciding.world().find(command.contact);
    if (auto rejection = unless_talked_on(found)) return rejection;
    const Contact contact = *found;
    if (contact.is_callback) return not_now("a call back is handed over to a colleague only");
    if (auto rejection = unless_it_is_served(deciding, contact, command.queue)) return rejection;
    go_on_recording(deciding, contact.id, ResumeReason::next_agent);
    part_from_all(deciding, contact.id, PartyEnd::dismissed);
    deciding.add(ContactTransferred{contact.id, contact.agent, QueueId{command.queue}, command.by});
    join_queue(deciding, contact.id, command.queue, contact.priority, contact.is_emergency);
    start_wrap_up(deciding, contact.agent, contact.id);
    return std::nullopt;
}

}  // namespace amer::centre
