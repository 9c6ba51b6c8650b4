#pragma once

#include "core/fix/wire_message.h"
#include "core/rfq/values.h"

#include <optional>
#include <string>
#include <string_view>

namespace fix {

/// Typed fields of one received message, for the codecs. The first field that is missing or malformed is remembered
/// and named in error(); reading goes on, so that a decoder reads all it needs and asks once at the end. A field
/// without a value counts as absent.
class FieldReader {
public:
    /// `message` must outlive the reader.
    explicit FieldReader(const WireMessage& message)
        : m_message(message)
    {
    }

    [[nodiscard]] std::optional<std::string_view> find(int tag) const;
    /// Empty where the field is absent.
    [[nodiscard]] std::string text(int tag) const;
    [[nodiscard]] std::string required(int tag);
    /// Zero where the field is absent.
    [[nodiscard]] char code(int tag);

    [[nodiscard]] std::optional<rfq::Price> price(int tag);
    /// Not negative.
    [[nodiscard]] std::optional<rfq::Decimal> quantity(int tag);
    [[nodiscard]] std::optional<rfq::Date> date(int tag);
    [[nodiscard]] std::optional<rfq::UtcTime> time(int tag);

    void fail(int tag, const std::string& why);
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }

private:
    const WireMessage& m_message;
    std::optional<base::Error> m_error;
};

}
