#include "outbox/transfer.h"

#include <algorithm>

#include <curl/curl.h>

#include "base/check.h"
#include "base/utf8.h"
#include "outbox/request_template.h"

namespace amer::outbox {
namespace {

constexpr std::size_t kKept = 2'048;            // bytes of an answer
constexpr std::size_t kMostAnswered = 1 << 20;  // a server that says more is cut off
constexpr std::size_t kLongestLine = 200;

// libcurl wants to be woken once, before the first thread uses it.
void wake_library() {
    static const CURLcode woken = curl_global_init(CURL_GLOBAL_DEFAULT);
    AMER_CHECK(woken == CURLE_OK);
}

void replace_all(std::string& text, const std::string& what) {
    if (what.empty()) return;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
        text.replace(at, what.size(), "***");
        at += 3;
    }
}

}  // namespace

Transfer::Transfer(const Options& options, const std::atomic<bool>& stopping)
    : stopping_{&stopping} {
    wake_library();
    handle_ = curl_easy_init();
    AMER_CHECK(handle_ != nullptr);
    trouble_.resize(CURL_ERROR_SIZE);
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, trouble_.data());
    curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, options.protocols.c_str());
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle_, CURLOPT_PROXY, "");  // the way is the one that was configured
    curl_easy_setopt(handle_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle_, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle_, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!options.ca_file.empty()) {
        curl_easy_setopt(handle_, CURLOPT_CAINFO, options.ca_file.c_str());
    }
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(options.connect_timeout.count()));
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Transfer::take);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, &Transfer::look);
    curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, this);
}

Transfer::~Transfer() {
    curl_easy_cleanup(handle_);
    for (curl_slist* list : lists_) curl_slist_free_all(list);
}

curl_slist* Transfer::list_of(const std::vector<std::string>& lines) {
    curl_slist* list = nullptr;
    for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
    lists_.push_back(list);
    return list;
}

std::size_t Transfer::take(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t length = size * count;
    transfer.answered_ += length;
    if (transfer.answered_ > kMostAnswered) return 0;
    std::string& kept = transfer.answer_.body;
    kept.append(bytes, std::min(length, kKept - kept.size()));
    return length;
}

int Transfer::look(void* self, long long, long long, long long, long long) {
    return static_cast<Transfer*>(self)->stopping_->load() ? 1 : 0;
}

Transfer::Answer Transfer::run(const std::string& url) {
    curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
    const CURLcode how = curl_easy_perform(handle_);
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &answer_.code);
    answer_.has_come = how == CURLE_OK;
    answer_.is_login_refused = how == CURLE_LOGIN_DENIED;
    if (how == CURLE_OK) return answer_;
    const std::string said{trouble_.c_str()};
    answer_.trouble = said.empty() ? curl_easy_strerror(how) : said;
    return answer_;
}

std::string one_line(const std::string& text, const std::string& secret) {
    std::string line = valid_utf8(text);
    replace_all(line, secret);
    replace_all(line, escaped(secret, Escape::form));
    replace_all(line, escaped(secret, Escape::json));
    for (char& letter : line) {
        const auto code = static_cast<unsigned char>(letter);
        if (code < 0x20 || code == 0x7f) letter = ' ';
    }
    line.resize(line.find_last_not_of(' ') + 1);
    std::size_t end = std::min(line.size(), kLongestLine);
    // Never in the middle of a letter.
    while (end > 0 && end < line.size() &&
           (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    line.resize(end);
    return line;
}

}  // namespace amer::outbox
