#include "app/cli/terminal.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <unistd.h>

namespace {

using base::Errc;

/// What readPin() makes of these bytes on a pipe, and what it leaves there.
class PinPipe : public testing::Test {
protected:
    base::Result<base::SecretBytes> pinFrom(const std::string& bytes)
    {
        EXPECT_EQ(::pipe(m_ends.data()), 0);
        EXPECT_EQ(::write(m_ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        ::close(m_ends[1]);
        return cli::readPin(m_ends[0]);
    }
    std::string rest()
    {
        std::string left(100, '\0');
        left.resize(static_cast<std::size_t>(std::max<ssize_t>(0, ::read(m_ends[0], left.data(), left.size()))));
        return left;
    }
    ~PinPipe() override { ::close(m_ends[0]); }

    std::array<int, 2> m_ends{-1, -1};
};

TEST_F(PinPipe, ThePinEndsAtTheLineEndAndNoMoreIsTaken)
{
    const auto pin = pinFrom("123456\nnext");
    ASSERT_TRUE(pin);
    EXPECT_EQ(pin->reveal(), "123456");
    EXPECT_EQ(rest(), "next");
}

TEST_F(PinPipe, ThePinMayEndWithTheInput)
{
    const auto pin = pinFrom("123456");
    ASSERT_TRUE(pin);
    EXPECT_EQ(pin->reveal(), "123456");
}

TEST_F(PinPipe, NoPinIsACancellation)
{
    EXPECT_EQ(pinFrom("").error().code, Errc::Cancelled);
}

TEST_F(PinPipe, ATooLongPinIsRefusedWhole)
{
    EXPECT_EQ(pinFrom(std::string(base::SecretBytes::Capacity + 1, '1') + "\n").error().code, Errc::InvalidInput);
}

TEST(Pin, ADescriptorThatIsNotOpenIsAnError)
{
    EXPECT_EQ(cli::readPin(-1).error().code, Errc::Io);
}

}
