#include "store/check/sealed_days.h"

#include <utility>

#include <fmt/format.h>

#include "base/utc_text.h"
#include "core/centre/ledger_line.h"

namespace amer::store {

namespace {

constexpr std::size_t kPromisesNamed = 20;

std::string promises_text(const std::set<PromiseId>& promises) {
    std::string text;
    std::size_t named = 0;
    for (const PromiseId promise : promises) {
        if (++named > kPromisesNamed) return text + fmt::format(" and {} more", promises.size());
        text += fmt::format("{}{}", text.empty() ? "" : ", ", promise.value);
    }
    return text.empty() ? "none" : text;
}

}  // namespace

std::string fault_of(const CheckedSeal& seal) {
    const std::string when =
        seal.from && seal.until
            ? fmt::format(", of {} to {}", utc_text(*seal.from), utc_text(*seal.until))
            : "";
    return fmt::format(
        "the promise ledger of {} does not agree with its seal (journal entry {}): sealed were {} "
        "lines with the head {}, the journal comes to {} lines with the head {}. It covers the {} "
        "lines since the seal before it{}; promises: {}",
        seal.day, seal.entry, seal.lines, seal.head, seal.lines_found, seal.head_found,
        seal.covered, when, promises_text(seal.promises));
}

std::optional<std::string> SealedDays::take(const engine::Entry& entry) {
    auto line = chain_.take(entry.event, entry.at);
    if (line) {
        since_last_seal_.take(entry.event, entry.at);
        next_.covered += 1;
        if (!next_.from) next_.from = entry.at;
        next_.until = entry.at;
        next_.promises.insert(centre::promise_of_line(entry.event));
        return line;
    }
    const auto* seal = std::get_if<centre::LedgerSealed>(&entry.event);
    if (seal == nullptr) return std::nullopt;
    CheckedSeal checked = std::exchange(next_, CheckedSeal{});
    checked.day = seal->day;
    checked.entry = entry.sequence;
    checked.at = entry.at;
    checked.lines = seal->lines;
    checked.head = seal->head;
    checked.lines_found = since_last_seal_.lines();
    checked.head_found = since_last_seal_.head();
    checked.is_good = since_last_seal_.agrees(*seal);
    since_last_seal_.go_on_from(*seal);
    seals_.push_back(std::move(checked));
    return std::nullopt;
}

}  // namespace amer::store
