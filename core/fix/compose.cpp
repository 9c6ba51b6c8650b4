#include "core/fix/compose.h"

#include "core/fix/fix_time.h"
#include "core/fix/tags.h"

#include <array>
#include <cstdio>

namespace fix {

namespace {

void add(std::string& fields, int tag, std::string_view value)
{
    fields += std::to_string(tag);
    fields += '=';
    fields += value;
    fields += Soh;
}

std::string beginningOf(std::string_view type, std::uint64_t seqNum, const Route& route)
{
    std::string fields;
    add(fields, tag::MsgType, type);
    add(fields, tag::MsgSeqNum, std::to_string(seqNum));
    add(fields, tag::SenderCompId, route.senderCompId);
    add(fields, tag::TargetCompId, route.targetCompId);
    return fields;
}

}

std::string framedMessage(std::string_view fields)
{
    std::string message = "8=FIX.4.4\x01"
                          "9="
        + std::to_string(fields.size()) + Soh;
    message += fields;
    unsigned sum = 0;
    for (const char c : message)
        sum += static_cast<unsigned char>(c);
    std::array<char, 16> trailer{};
    std::snprintf(trailer.data(), trailer.size(), "10=%03u\x01", sum % 256);
    return message + trailer.data();
}

std::string logoutMessage(const Route& route, std::uint64_t seqNum, std::string_view text, base::UtcTime now)
{
    std::string fields = beginningOf("5", seqNum, route);
    add(fields, tag::SendingTime, formatUtcTimestamp(now));
    add(fields, tag::Text, text);
    return framedMessage(fields);
}

std::string gapFillMessage(const Route& route, std::uint64_t first, std::uint64_t last, base::UtcTime now)
{
    const std::string time = formatUtcTimestamp(now);
    std::string fields = beginningOf("4", first, route);
    add(fields, tag::PossDupFlag, "Y");
    add(fields, tag::SendingTime, time);
    add(fields, tag::OrigSendingTime, time);
    add(fields, tag::GapFillFlag, "Y");
    add(fields, tag::NewSeqNo, std::to_string(last + 1));
    return framedMessage(fields);
}

std::string assembled(const RawMessage& message)
{
    std::string fields;
    for (const auto& [tag, value] : message.header) {
        if (tag != tag::BeginString && tag != tag::BodyLength)
            add(fields, tag, value);
    }
    for (const auto& [tag, value] : message.body.fields)
        add(fields, tag, value);
    return framedMessage(fields);
}

std::string possDupMessage(const RawMessage& sent, base::UtcTime now)
{
    std::string fields;
    for (const auto& [tag, value] : sent.header) {
        switch (tag) {
        case tag::BeginString:
        case tag::BodyLength:
        case tag::PossDupFlag:
        case tag::OrigSendingTime:
            break;
        case tag::SendingTime:
            add(fields, tag::PossDupFlag, "Y");
            add(fields, tag::SendingTime, formatUtcTimestamp(now));
            add(fields, tag::OrigSendingTime, value);
            break;
        default:
            add(fields, tag, value);
        }
    }
    for (const auto& [tag, value] : sent.body.fields)
        add(fields, tag, value);
    return framedMessage(fields);
}

}
