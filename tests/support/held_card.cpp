#include "tests/support/held_card.h"

#include <gtest/gtest.h>

#include <winscard.h>

namespace support {

struct HeldCard::Handles {
    SCARDCONTEXT context = 0;
    SCARDHANDLE card = 0;
};

HeldCard::HeldCard(const std::string& reader)
    : m_handles(std::make_unique<Handles>())
{
    DWORD protocol = 0;
    EXPECT_EQ(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &m_handles->context), LONG{SCARD_S_SUCCESS});
    EXPECT_EQ(SCardConnect(m_handles->context, reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                  SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &m_handles->card, &protocol),
        LONG{SCARD_S_SUCCESS});
}

HeldCard::~HeldCard()
{
    SCardDisconnect(m_handles->card, SCARD_LEAVE_CARD);
    SCardReleaseContext(m_handles->context);
}

}
