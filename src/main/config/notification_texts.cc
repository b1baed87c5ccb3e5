#include "main/config/notification_texts.h"

#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "main/config/toml_value.h"
#include "main/notifications/texts.h"
#include "main/why/words.h"

namespace amer::config {
namespace {

namespace fs = std::filesystem;

constexpr std::pair<Language, const char*> kFiles[] = {
    {Language::arabic, "notifications.ar.toml"}, {Language::english, "notifications.en.toml"}};

// Puts the texts of a table in the place of those that are there already.
void replace_texts(const TomlValue& table, const std::string& prefix, outbox::Texts& texts,
                   Findings& findings) {
    for (const TomlMember& member : table.members) {
        const std::string key = prefix + member.key;
        if (member.value.kind == TomlValue::Kind::table) {
            replace_texts(member.value, key + ".", texts, findings);
            continue;
        }
        const auto known = texts.find(key);
        if (known == texts.end()) {
            std::vector<std::string> keys;
            for (const auto& [one, text] : texts) keys.push_back(one);
            const std::string meant = nearest(key, keys);
            findings.add(member.place,
                         fmt::format("'{}' is not a text we write{}", key,
                                     meant.empty() ? "" : ": did you mean '" + meant + "'?"));
        } else if (member.value.kind != TomlValue::Kind::text || member.value.text.empty()) {
            findings.add(member.value.place, fmt::format("'{}' is {}: expected a text that is not "
                                                         "empty",
                                                         key, member.value.described()));
        } else {
            known->second = member.value.text;
        }
    }
}

}  // namespace

std::map<Language, outbox::Texts> delivered_notification_texts() {
    std::map<Language, outbox::Texts> texts;
    texts[Language::arabic] = why::Words::from(Language::arabic, notifications::kArabic).all();
    texts[Language::english] = why::Words::from(Language::english, notifications::kEnglish).all();
    return texts;
}

bool is_notification_texts(const std::string& file_name) {
    return file_name == kFiles[0].second || file_name == kFiles[1].second;
}

std::optional<outbox::Wording> read_notification_texts(const fs::path& folder,
                                                       const centre::Configuration& centre,
                                                       Findings& findings) {
    const centre::NotificationPlan& plan = centre.notifications;
    bool is_asked_for = !plan.by_text.empty() || !plan.by_mail.empty();
    std::map<Language, outbox::Texts> texts = delivered_notification_texts();
    for (const auto& [language, name] : kFiles) {
        const fs::path file = folder / name;
        std::error_code failed;
        if (!fs::exists(file, failed)) continue;
        is_asked_for = true;
        std::ifstream stream{file, std::ios::binary};
        const std::string text{std::istreambuf_iterator<char>{stream}, {}};
        const auto value = parse_toml(text, file.string());
        if (!value) {
            findings.add(value.error().place, value.error().text);
            continue;
        }
        replace_texts(*value, "", texts[language], findings);
    }
    auto wording = outbox::Wording::make(texts, centre.ministry);
    if (wording) return std::move(*wording);
    if (!is_asked_for) return std::nullopt;
    for (std::string& what : wording.error()) {
        findings.add({(folder / "notifications.*.toml").string(), 0, 0}, std::move(what));
    }
    return std::nullopt;
}

}  // namespace amer::config
