#include "core/siem/entry.h"

namespace siem {

namespace {

void shorten(std::string& value, std::size_t most)
{
    if (value.size() <= most)
        return;
    std::size_t size = most;
    const auto isContinuation = [&](std::size_t at) { return (static_cast<unsigned char>(value[at]) & 0xc0U) == 0x80; };
    for (int steps = 0; steps < 3 && size > 0 && isContinuation(size); ++steps)
        --size;
    value.resize(size);
    value += "...";
}

}

std::string_view nameOf(Format format)
{
    switch (format) {
    case Format::Structured:
        return "structured";
    case Format::Ocsf:
        return "ocsf";
    case Format::Cef:
        return "cef";
    }
    return {};
}

std::optional<Entry> entryOf(const audit::StoredRecord& stored)
{
    auto read = audit::parseRecord(stored.text);
    const auto hash = audit::hashOf(stored.hash);
    if (!read || read->number != stored.number || !hash)
        return std::nullopt;
    return Entry{*std::move(read), *hash};
}

Entry shortened(const Entry& entry, std::size_t most)
{
    Entry made = entry;
    audit::AuditRecord& record = made.numbered.record;
    shorten(record.user, most);
    shorten(record.session, most);
    shorten(record.reference, most);
    for (auto& [field, value] : record.fields)
        shorten(value, most);
    return made;
}

}
