#pragma once

#include "auth/card_watch.h"
#include "auth/pcsc.h"
#include "auth/piv_card.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace auth {

/// A card in a PC/SC reader, and what it told of itself.
struct SeatedCard {
    std::string reader;
    std::optional<PivFacts> piv; ///< absent: not a PIV card, or another program is using it
};

/// Is that what a PKCS#11 module calls its slot in that reader? CK_SLOT_INFO has room for 64 characters.
[[nodiscard]] bool isSlotOf(const std::string& reader, const std::string& slotDescription);

/// PC/SC as the token thread uses it: it looks for the card behind a PKCS#11 slot, and has a watcher tell when the card
/// goes. Token thread only, but for the listener.
class CardAccess {
public:
    CardAccess(PcscFactory pcsc, CardWatch::Listener listener);

    /// The card in the reader that a PKCS#11 slot says it is, in CK_SLOT_INFO's 64 characters. Absent: no PC/SC reader.
    /// Errors: KeyNotFound where two readers have names that begin alike, TokenFailure where PC/SC does not answer.
    [[nodiscard]] base::Result<std::optional<SeatedCard>> find(const std::string& slotDescription) const;
    /// The cards in all readers but that one; one whose owner is signed in must not be spoken to.
    [[nodiscard]] std::vector<SeatedCard> seated(const std::string& exceptReader) const;
    /// The readers whose cards another program holds for itself (SCARD_SHARE_EXCLUSIVE): nobody else can talk to them.
    [[nodiscard]] std::vector<std::string> heldByOthers() const;
    /// Why PC/SC does not even tell its readers: it is not running, or this user may not use it. Absent: it does.
    [[nodiscard]] std::optional<base::Error> trouble() const;
    /// The one PIV card that is plugged in. Errors: TokenAbsent, TokenFailure, KeyNotFound where there are several.
    [[nodiscard]] base::Result<SeatedCard> onlyPivCard() const;
    [[nodiscard]] base::Result<std::unique_ptr<CardChannel>> connect(const std::string& reader) const;

    /// From now on the listener hears of every card.
    void watchAll();
    /// As watchAll(), for that card. Errors: TokenAbsent: the watcher sees no card there.
    [[nodiscard]] base::Result<CardStay> watch(const std::string& reader);
    [[nodiscard]] bool isIn(CardStay stay) const { return m_watch && m_watch->isIn(stay); }
    /// Ends the watch.
    void close() { m_watch.reset(); }

    /// Has a card or a reader come or gone since this was asked last? True the first time.
    [[nodiscard]] bool haveChanged();

private:
    /// Errors: TokenFailure.
    [[nodiscard]] base::Result<std::vector<std::string>> readers() const;
    [[nodiscard]] std::vector<std::string> readersIfAny() const;
    /// Of all readers as they are now.
    [[nodiscard]] std::vector<ReaderState> states() const;

    const PcscFactory m_factory;
    const CardWatch::Listener m_listener;
    const std::unique_ptr<Pcsc> m_pcsc;
    std::optional<std::vector<std::pair<std::string, std::uint32_t>>>
        m_known; ///< readers and their states, counters too
    std::unique_ptr<CardWatch> m_watch; ///< made when cards are first to be watched
};

}
