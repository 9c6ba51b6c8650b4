#include "core/stepup/ed25519_point.h"

#include "core/stepup/openssl_handles.h"

#include <algorithm>

namespace stepup {

namespace {

/// Arithmetic modulo p = 2^255 - 19. A failed allocation makes everything after it fail.
class Field {
public:
    Field()
        : m_scratch(BN_CTX_new())
        , m_p(BN_new())
    {
        m_good = m_scratch && m_p && BN_set_bit(m_p.get(), 255) == 1 && BN_sub_word(m_p.get(), 19) == 1;
    }

    using Number = Handle<BIGNUM>;

    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool isBelowP(const Number& a) const { return BN_cmp(a.get(), m_p.get()) < 0; }

    Number word(unsigned long value)
    {
        return made([&](BIGNUM* r) { return BN_set_word(r, value); });
    }
    Number add(const Number& a, const Number& b)
    {
        return made([&](BIGNUM* r) { return BN_mod_add(r, a.get(), b.get(), m_p.get(), m_scratch.get()); });
    }
    Number subtract(const Number& a, const Number& b)
    {
        return made([&](BIGNUM* r) { return BN_mod_sub(r, a.get(), b.get(), m_p.get(), m_scratch.get()); });
    }
    Number multiply(const Number& a, const Number& b)
    {
        return made([&](BIGNUM* r) { return BN_mod_mul(r, a.get(), b.get(), m_p.get(), m_scratch.get()); });
    }
    Number divide(const Number& a, const Number& b)
    {
        const Number inverse =
            made([&](BIGNUM* r) { return BN_mod_inverse(r, b.get(), m_p.get(), m_scratch.get()) ? 1 : 0; });
        return multiply(a, inverse);
    }
    bool isSquare(const Number& a) { return m_good && BN_kronecker(a.get(), m_p.get(), m_scratch.get()) == 1; }

private:
    template <typename Operation>
    Number made(Operation operation)
    {
        Number result(BN_new());
        m_good = m_good && result && operation(result.get()) == 1;
        return result;
    }

    Handle<BN_CTX> m_scratch;
    Handle<BIGNUM> m_p;
    bool m_good = false;
};

}

bool isSoundEd25519Point(ByteView encoded)
{
    const ErrorQueueGuard errors;
    if (encoded.size() != 32)
        return false;
    Bytes coordinate(encoded.begin(), encoded.end());
    coordinate.back() &= 0x7fU; // the top bit is the sign of x, and every x but 0 has both
    const Field::Number y(BN_lebin2bn(coordinate.data(), static_cast<int>(coordinate.size()), nullptr));
    Field field;
    if (!y || !field.good() || !field.isBelowP(y))
        return false;
    // -x^2 + y^2 = 1 + d x^2 y^2 with d = -121665/121666, hence x^2 = (y^2 - 1) / (d y^2 + 1).
    const auto zero = field.word(0);
    const auto one = field.word(1);
    const auto d = field.divide(field.subtract(zero, field.word(121'665)), field.word(121'666));
    const auto y2 = field.multiply(y, y);
    const auto x2 = field.divide(field.subtract(y2, one), field.add(field.multiply(d, y2), one));
    if (!field.good() || BN_is_zero(y.get()) == 1 || !field.isSquare(x2)) // 0 is no square here: orders 1 and 2
        return false;
    // Doubling a point of order 8 gives one with y = 0, and y(2P) is a multiple of x^2 + y^2.
    const auto sum = field.add(x2, y2);
    return field.good() && BN_is_zero(sum.get()) == 0;
}

}
