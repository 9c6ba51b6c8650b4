#include "ui/models/events_model.h"

#include "ui/models/error_text.h"
#include "ui/models/format.h"
#include "ui/models/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Events)
};

QString explanation(const rfq::Notice& notice)
{
    return notice.error ? QString(noticeText(notice.code) + u' ' + errorText(notice.error->code).whole())
                        : noticeText(notice.code);
}

/// The untranslated evidence.
QString evidence(const rfq::Notice& notice)
{
    return text(!notice.raw.empty() || !notice.error ? notice.raw : notice.error->detail);
}

std::vector<EventsModel::Column> columns()
{
    return {
        {Words::tr("Time UTC"), [](const rfq::Notice& notice) { return timeText(notice.time); },
            [](const rfq::Notice& notice) {
                return QVariant(static_cast<qlonglong>(notice.time.time_since_epoch().count()));
            }},
        {Words::tr("Level"), [](const rfq::Notice& notice) { return severityText(notice.severity); },
            [](const rfq::Notice& notice) { return QVariant(static_cast<int>(notice.severity)); }},
        {Words::tr("About"), [](const rfq::Notice& notice) { return subjectText(notice); }},
        {Words::tr("What happened"), [](const rfq::Notice& notice) { return explanation(notice); }},
        {Words::tr("Raw text"), [](const rfq::Notice& notice) { return evidence(notice); }},
    };
}

}

EventsModel::EventsModel(QObject* parent)
    : RowsModel(columns(), parent)
{
}

void EventsModel::add(const std::vector<rfq::Notice>& notices)
{
    const auto skipped = static_cast<std::ptrdiff_t>(notices.size() > Capacity ? notices.size() - Capacity : 0);
    std::vector<rfq::Notice> fresh(notices.rbegin(), notices.rend() - skipped);
    prepend(std::move(fresh));
    dropBottom(Capacity);
}

QVariant EventsModel::rowData(const rfq::Notice& notice, int role) const
{
    switch (role) {
    case IdRole:
        return text(notice.rfq.text());
    case SeverityRole:
        return static_cast<int>(notice.severity);
    case Qt::ToolTipRole:
        return QString(explanation(notice) + u'\n' + evidence(notice));
    default:
        return {};
    }
}

QString subjectText(const rfq::Notice& notice)
{
    QStringList parts;
    if (!notice.session.empty())
        parts << text(notice.session.text());
    if (!notice.dealer.empty())
        parts << text(notice.dealer.text());
    if (!notice.rfq.empty())
        parts << text(notice.rfq.text());
    if (!notice.clOrdId.empty())
        parts << Words::tr("order %1").arg(text(notice.clOrdId.text()));
    return parts.join(u" · ");
}

}
