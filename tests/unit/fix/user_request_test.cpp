#include "core/fix/tags.h"
#include "core/fix/user_request.h"
#include "tests/unit/fix/codec_fixtures.h"

#include <gtest/gtest.h>

using namespace fix;
using fix::test::with;
using fix::test::without;

namespace {

UserRequest request()
{
    return {.id = "D-7", .type = UserRequestType::LogOn, .username = "alice", .payload = "AAECAw"};
}

void expectRefused(const WireMessage& message, const char* field)
{
    const auto read = decodeUserRequest(message);
    ASSERT_FALSE(read) << readable(message);
    EXPECT_EQ(read.error().code, base::Errc::InvalidInput);
    EXPECT_NE(read.error().detail.find(field), std::string::npos) << read.error().detail;
}

TEST(UserRequest, isWrittenInTheOrderOfTheSpecification)
{
    EXPECT_EQ(wireText(encode(request())),
        "35=BE\x01"
        "923=D-7\x01"
        "924=1\x01"
        "553=alice\x01"
        "95=6\x01"
        "96=AAECAw\x01");
}

TEST(UserRequest, isReadAsItWasWritten)
{
    for (const auto type : {UserRequestType::LogOn, UserRequestType::LogOff, UserRequestType::Status}) {
        UserRequest sent = request();
        sent.type = type;
        const auto read = decodeUserRequest(encode(sent));
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, sent);
    }
}

TEST(UserRequest, needsNoPayload)
{
    UserRequest sent = request();
    sent.payload.clear();
    EXPECT_FALSE(encode(sent).find(tag::RawDataLength));
    const auto read = decodeUserRequest(encode(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, sent);
}

TEST(UserRequest, namesTheFieldThatIsMissing)
{
    expectRefused(without(encode(request()), tag::UserRequestId), "923");
    expectRefused(without(encode(request()), tag::UserRequestType), "924");
    expectRefused(without(encode(request()), tag::Username), "553");
    expectRefused(without(encode(request()), tag::RawDataLength), "95");
    expectRefused(without(encode(request()), tag::RawData), "95");
}

TEST(UserRequest, takesNoTypeOfAnotherDialect)
{
    for (const char* type : {"3", "0", "01", "x"})
        expectRefused(with(encode(request()), tag::UserRequestType, type), "924");
}

TEST(UserRequest, takesNoLengthThatIsNotThatOfTheData)
{
    for (const char* length : {"5", "7", "06", "-6"})
        expectRefused(with(encode(request()), tag::RawDataLength, length), "95");
}

TEST(UserResponse, isReadAsItWasWritten)
{
    for (const auto status :
        {UserStatus::Allowed, UserStatus::StepUpNeeded, UserStatus::NotRecognised, UserStatus::Refused}) {
        const UserResponse sent{
            .id = "PEP-1", .username = "alice", .status = status, .text = "Touch your key.", .payload = "AAEC"};
        const auto read = decodeUserResponse(encode(sent));
        ASSERT_TRUE(read) << read.error().detail;
        EXPECT_EQ(*read, sent);
    }
}

TEST(UserResponse, takesNoStatusOfAnotherDialect)
{
    const UserResponse sent{
        .id = "PEP-1", .username = "alice", .status = UserStatus::Allowed, .text = "", .payload = ""};
    for (const char* status : {"4", "5", "7", ""})
        EXPECT_FALSE(decodeUserResponse(with(encode(sent), tag::UserStatus, status)));
}

TEST(UserRequest, isNotReadableInALog)
{
    WireMessage order;
    order.type = "D";
    order.add(tag::StepUpGrant, "Y291bnRlcnNpZ24");
    EXPECT_EQ(readable(order), "35=D|20096=***");
    EXPECT_EQ(readable(encode(request())), "35=BE|923=D-7|924=1|553=alice|95=6|96=***");
}

}
