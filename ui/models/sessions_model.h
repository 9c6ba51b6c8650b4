#pragma once

#include "core/rfq/rfq_service.h"
#include "ui/models/rows_model.h"

namespace ui {

struct SessionRow {
    rfq::SessionChanged session;
    std::optional<std::chrono::microseconds> clockOffset; ///< how far their clock is ahead of ours, once measured
};

/// The FIX sessions, in the order of their names.
class SessionsModel final : public RowsModel<SessionRow> {
    Q_OBJECT

public:
    explicit SessionsModel(QObject* parent = nullptr);
    void refresh(const rfq::RfqService& service, const std::set<rfq::SessionId>& changed);
    [[nodiscard]] bool isAnyWaiting() const;

protected:
    [[nodiscard]] QVariant rowData(const SessionRow& row, int role) const override;
};

/// "TLSv1.3 · TLS_AES_256_GCM_SHA384", peer, fingerprint and expiry, one fact per line; why it is down where it is; how
/// far the clocks are apart.
[[nodiscard]] QString connectionText(
    const rfq::SessionChanged& session, const std::optional<std::chrono::microseconds>& clockOffset);
/// Clocks so far apart that times no longer prove anything: more than a second.
[[nodiscard]] bool isClockOff(const std::optional<std::chrono::microseconds>& offset);
/// "+240 ms", "−2.4 s": their clock against this workstation's.
[[nodiscard]] QString clockText(std::chrono::microseconds offset);

}
