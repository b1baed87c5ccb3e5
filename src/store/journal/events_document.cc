#include "store/journal/events_document.h"

#include <map>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/canonical_json.h"
#include "core/centre/command.h"
#include "core/centre/event.h"

namespace amer::store {

namespace {

// "AgentTag" -> "agent", "CentreRecordingTag" -> "recording".
std::string thing_named_by(std::string_view tag) {
    if (tag.substr(0, 6) == "Centre") tag.remove_prefix(6);
    if (tag.size() > 3 && tag.substr(tag.size() - 3) == "Tag") tag.remove_suffix(3);
    std::string thing;
    for (const char character : tag) {
        const bool is_upper = character >= 'A' && character <= 'Z';
        if (is_upper && !thing.empty()) thing += ' ';
        thing += is_upper ? static_cast<char>(character - 'A' + 'a') : character;
    }
    return thing;
}

template <typename Tag>
std::string thing_of(const Id<Tag>*) {
    return thing_named_by(type_name<Tag>());
}
template <typename Tag>
std::string thing_of(const Name<Tag>*) {
    return thing_named_by(type_name<Tag>());
}

// Writes each type once: the first mention of a struct queues its own section.
class Document {
public:
    template <typename Variant>
    void add_alternatives() {
        add_each<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>{});
    }
    void heading(const std::string& text) { out_ += text; }
    void add_parts() {
        for (const auto& [name, section] : parts_) out_ += section;
    }
    std::string take() { return std::move(out_); }

private:
    template <typename Variant, std::size_t... Indices>
    void add_each(std::index_sequence<Indices...>) {
        ((out_ += section<std::variant_alternative_t<Indices, Variant>>()), ...);
    }

    template <typename T>
    std::string section() {
        std::string text = "\n### " + std::string{T::kTypeName} + "\n";
        if constexpr (std::tuple_size_v<decltype(T::fields())> == 0) {
            return text + "\nNo fields.\n";
        } else {
            text += "\n| field | holds |\n|---|---|\n";
            const auto row = [&](const auto& field) {
                using Member = std::remove_reference_t<decltype(std::declval<T&>().*field.member)>;
                text += "| `" + std::string{field.name} + "` | " + describe<Member>() + " |\n";
            };
            std::apply([&](const auto&... field) { (row(field), ...); }, T::fields());
            return text;
        }
    }

    template <typename T>
    std::string part() {
        const std::string name{T::kTypeName};
        if (!parts_.contains(name)) {
            parts_[name];  // reserves the name: a type may contain itself
            parts_[name] = section<T>();
        }
        std::string anchor;
        for (const char character : name) {
            const bool is_upper = character >= 'A' && character <= 'Z';
            anchor += is_upper ? static_cast<char>(character - 'A' + 'a') : character;
        }
        return "[" + name + "](#" + anchor + ")";
    }

    template <typename Variant, std::size_t... Indices>
    std::string choice(std::index_sequence<Indices...>) {
        std::string text = "one of, by `type`: ";
        ((text +=
          (Indices == 0 ? "" : ", ") + part<std::variant_alternative_t<Indices, Variant>>()),
         ...);
        return text;
    }

    template <typename T>
    std::string describe();

    std::string out_;
    std::map<std::string, std::string> parts_;
};

template <typename T>
std::string Document::describe() {
    using namespace canonical;
    if constexpr (std::is_same_v<T, bool>) {
        return "true or false";
    } else if constexpr (std::is_enum_v<T>) {
        std::string text = "one of";
        for (const auto name : kEnumNames<T>) text += " `" + std::string{name} + "`";
        return text;
    } else if constexpr (std::integral<T>) {
        return "number";
    } else if constexpr (kIsId<T>) {
        return "number of the " + thing_of(static_cast<const T*>(nullptr)) + ", 0: none";
    } else if constexpr (kIsName<T>) {
        return "name of the " + thing_of(static_cast<const T*>(nullptr)) + ", empty: none";
    } else if constexpr (std::is_same_v<T, PhoneNumber>) {
        return "telephone number, E.164 with `+`";
    } else if constexpr (kIsText<T>) {
        return "text";
    } else if constexpr (std::is_same_v<T, Instant>) {
        return "instant, microseconds since 1970 UTC";
    } else if constexpr (std::is_same_v<T, std::chrono::year_month_day>) {
        return "local day, `2026-11-20`";
    } else if constexpr (kIsOptional<T>) {
        return describe<typename T::value_type>() + "; or null";
    } else if constexpr (kIsVariant<T>) {
        return choice<T>(std::make_index_sequence<std::variant_size_v<T>>{});
    } else if constexpr (HasFields<T>) {
        return part<T>();
    } else if constexpr (IsMap<T>) {
        return "object: " + describe<typename T::key_type>() + " → " +
               describe<typename T::mapped_type>();
    } else {
        return "list of: " + describe<typename T::value_type>();
    }
}

}  // namespace

std::string events_document() {
    Document document;
    document.heading(
        "# Events and commands\n"
        "\n"
        "Made by `events_md` from the field lists in `src/core`; do not edit. A journal entry has "
        "a\n"
        "`sequence` (from 1, no gaps), the `decision` it belongs to (the sequence of that "
        "decision's\n"
        "first event), an instant `at`, and one event as JSON text: "
        "`{\"type\":\"OfferRang\",\"offer\":7}`.\n"
        "Readers pass over fields they do not know; a field that is missing has its default. An "
        "event\n"
        "that was released is never edited.\n"
        "\n"
        "## Events: what happened\n");
    document.add_alternatives<centre::Event>();
    document.heading("\n## Commands: what is asked of the centre\n");
    document.add_alternatives<centre::Command>();
    document.heading("\n## What they are made of\n");
    document.add_parts();
    return document.take();
}

}  // namespace amer::store
