#pragma once

#include "core/fix/dialect.h"
#include "core/fix/fix_time.h"
#include "core/fix/wire_message.h"
#include "core/rfq/values.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fix::maker {

/// A message under construction, for values that may be absent: a field without value is not written.
class Writer {
public:
    explicit Writer(std::string_view type) { m_message.type = type; }

    Writer& put(int tag, const std::string& text)
    {
        if (!text.empty())
            m_message.add(tag, text);
        return *this;
    }
    Writer& put(int tag, const std::optional<rfq::Price>& price) { return price ? put(tag, price->text) : *this; }
    Writer& put(int tag, const std::optional<rfq::Decimal>& value) { return value ? put(tag, value->text()) : *this; }
    Writer& put(int tag, const std::optional<rfq::Date>& date) { return date ? put(tag, formatDate(*date)) : *this; }
    Writer& put(int tag, const std::optional<rfq::UtcTime>& time)
    {
        return time ? put(tag, formatUtcTimestamp(*time)) : *this;
    }
    Writer& put(int tag, const std::optional<rfq::Side>& side) { return side ? put(tag, sideText(*side)) : *this; }
    Writer& put(int tag, const char* text) { return put(tag, std::string(text)); }
    Writer& put(int tag, char code) { return code != 0 ? put(tag, std::string(1, code)) : *this; }
    Writer& dealer(const rfq::DealerId& dealer)
    {
        if (!dealer.empty())
            addDealers(m_message, {dealer});
        return *this;
    }

    [[nodiscard]] WireMessage done() { return std::move(m_message); }

private:
    WireMessage m_message;
};

}
