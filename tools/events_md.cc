// Prints docs/api/events.md: events_md > docs/api/events.md
#include <cstdio>

#include "store/journal/events_document.h"

int main() {
    const std::string document = amer::store::events_document();
    return std::fwrite(document.data(), 1, document.size(), stdout) == document.size() ? 0 : 1;
}
