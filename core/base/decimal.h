#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace base {

/// An exact decimal number: mantissa / 10^scale. Money, prices and quantities; never a double. Up to 18 significant
/// digits, scale 0 to 15. The scale is kept as written (1.1500 prints as 1.1500); comparison is by value.
class Decimal {
public:
    static constexpr int MaxScale = 15;
    static constexpr int MaxDigits = 18;

    Decimal() = default;
    /// Precondition: 0 <= scale <= MaxScale.
    Decimal(std::int64_t mantissa, int scale);

    /// Reads a FIX float (FIX 4.4 vol. 1: optional '-', digits, optional '.' and digits; no exponent, no '+').
    [[nodiscard]] static Result<Decimal> parse(std::string_view text);

    [[nodiscard]] std::int64_t mantissa() const { return m_mantissa; }
    [[nodiscard]] int scale() const { return m_scale; }
    [[nodiscard]] std::string text() const;

    [[nodiscard]] bool isZero() const { return m_mantissa == 0; }
    [[nodiscard]] bool isPositive() const { return m_mantissa > 0; }
    [[nodiscard]] bool isNegative() const { return m_mantissa < 0; }
    [[nodiscard]] Decimal negated() const { return {-m_mantissa, m_scale}; }

    /// The same value with another scale; digits that do not fit are rounded half away from zero.
    [[nodiscard]] Result<Decimal> rescaled(int scale) const;

    /// Exact, or an error where the result needs more than MaxDigits.
    [[nodiscard]] static Result<Decimal> add(const Decimal& a, const Decimal& b);
    [[nodiscard]] static Result<Decimal> subtract(const Decimal& a, const Decimal& b);
    /// Rounded half away from zero to `scale` digits.
    [[nodiscard]] static Result<Decimal> multiply(const Decimal& a, const Decimal& b, int scale);

    /// Rounded half away from zero to `scale` digits. Errors: InvalidInput, also for division by zero.
    [[nodiscard]] static Result<Decimal> divide(const Decimal& a, const Decimal& b, int scale);

    /// By value: 1.50 == 1.5.
    friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }
    friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);

private:
    std::int64_t m_mantissa = 0;
    int m_scale = 0;
};

}
