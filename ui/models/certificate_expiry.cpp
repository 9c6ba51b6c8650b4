#include "ui/models/certificate_expiry.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace ui {
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::CertificateExpiry)
};

constexpr std::chrono::days Month{30};
constexpr std::chrono::days Week{7};
constexpr std::chrono::days Day{1};
constexpr std::chrono::days InDays{2}; ///< below, hours say more than days

std::optional<rfq::NoticeCode> codeOf(ExpiryStage stage)
{
    switch (stage) {
    case ExpiryStage::Far:
        return std::nullopt;
    case ExpiryStage::Month:
        return rfq::NoticeCode::CertificateMonth;
    case ExpiryStage::Week:
        return rfq::NoticeCode::CertificateWeek;
    case ExpiryStage::Day:
        return rfq::NoticeCode::CertificateDay;
    case ExpiryStage::Ended:
        return rfq::NoticeCode::CertificateEnded;
    }
    return std::nullopt;
}

rfq::Severity severityOf(ExpiryStage stage)
{
    return stage == ExpiryStage::Day || stage == ExpiryStage::Ended ? rfq::Severity::Alarm : rfq::Severity::Warning;
}

}

ExpiryStage expiryStage(base::UtcTime notAfter, base::UtcTime now)
{
    const auto left = notAfter - now;
    if (left <= 0us)
        return ExpiryStage::Ended;
    if (left <= Day)
        return ExpiryStage::Day;
    if (left <= Week)
        return ExpiryStage::Week;
    return left <= Month ? ExpiryStage::Month : ExpiryStage::Far;
}

QString expiryText(base::UtcTime notAfter, base::UtcTime now)
{
    const auto left = notAfter - now;
    if (left <= 0us)
        return Words::tr("has ended");
    if (left >= InDays)
        return Words::tr("ends in %1 days").arg(std::chrono::floor<std::chrono::days>(left).count());
    if (left >= 2h)
        return Words::tr("ends in %1 hours").arg(std::chrono::floor<std::chrono::hours>(left).count());
    return Words::tr("ends in less than 2 hours");
}

QString expiryWarning(base::UtcTime notAfter, base::UtcTime now)
{
    const auto left = Words::tr("Your certificate %1.").arg(expiryText(notAfter, now));
    switch (expiryStage(notAfter, now)) {
    case ExpiryStage::Far:
        return {};
    case ExpiryStage::Month:
        return left + u' ' + Words::tr("Ask IT to renew it.");
    case ExpiryStage::Week:
        return left + u' ' + Words::tr("Then you cannot sign in. Ask IT to renew it now.");
    case ExpiryStage::Day:
        return left + u' ' + Words::tr("Then you cannot sign in. Call IT now.");
    case ExpiryStage::Ended:
        return left + u' ' + Words::tr("A session that breaks off does not come back. Call IT now.");
    }
    return {};
}

QString expiryTone(ExpiryStage stage)
{
    switch (stage) {
    case ExpiryStage::Far:
        return {};
    case ExpiryStage::Month:
    case ExpiryStage::Week:
        return u"warning"_s;
    case ExpiryStage::Day:
    case ExpiryStage::Ended:
        return u"alarm"_s;
    }
    return {};
}

void ExpiryNotices::signedIn(const rfq::TokenIdentity& identity)
{
    m_identity = identity;
    m_told = ExpiryStage::Far;
}

std::optional<rfq::Notice> ExpiryNotices::due(base::UtcTime now)
{
    if (!m_identity)
        return std::nullopt;
    const auto stage = expiryStage(m_identity->notAfter, now);
    const auto code = codeOf(stage);
    // A clock that was set back takes no warning back, and a step is not told twice.
    if (!code || stage <= m_told)
        return std::nullopt;
    m_told = stage;
    rfq::Notice notice;
    notice.code = *code;
    notice.severity = severityOf(stage);
    notice.raw = m_identity->subject + ": certificate valid until "
        + stampText(m_identity->notAfter).left(16).toStdString() + " UTC, token " + m_identity->tokenSerial;
    return notice;
}

}
