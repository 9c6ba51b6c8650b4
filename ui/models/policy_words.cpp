#include "ui/models/policy_words.h"

#include "ui/models/format.h"
#include "ui/models/rfq_view.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <vector>

namespace ui {
using namespace Qt::StringLiterals;

namespace {

/// Names, reasons and sentences. None that is short has a place for a value: half of what an officer wrote would be
/// translated.
constexpr const char* Known[] = {
    // clang-format off
    QT_TRANSLATE_NOOP("ui::PolicyWords", "user"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "authentication"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "device"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "network"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "country"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "standard user"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "privileged user"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "password only"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "MFA, software token"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "MFA, hardware token"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "managed, compliant"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "unmanaged"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "known corporate network"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "unknown / dynamic IP"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "expected country"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "anomalous country"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Access is allowed."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Access is denied: the score is %1, denied from %2. Reference %3."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "A touch on your security key is needed: %1."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "A touch on your security key is needed, and cannot be asked for: %1."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "The touch did not come in time: prices may be looked at, nothing can be dealt until it comes."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Your access is restricted for a while: nothing can be asked for or dealt, and no touch changes it. Reference %1."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Access has ended. Reference %1."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "The touch did not come in time."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "The desk did not state its context in time."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Too many answers were wrong. Reference %1."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "State your context first."),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "the access score is %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you come from another address than the last time"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you were last verified too long ago"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "the security key that you used was revoked"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you asked for it: session"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you asked for it: ticket"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you asked for it: acceptance"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you asked for it: settings"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "you asked for it: enrolment"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "an enrolled key has approved it"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "as registered"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "the address of the connection"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "certificate registered with its key in hardware"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "certificate registered with its key in hardware, and nothing attests it"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "certificate with its key in software"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "certificate of a managed workstation"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "certificate of a workstation that is not managed"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "its TPM proves that it is as registered"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "the desk says so about itself"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "reported only, not proven: %1"),
    // clang-format on
};

/// Lines of what is approved (core/stepup). A longer one comes before one that begins like it.
constexpr const char* Lines[] = {
    // clang-format off
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Sign in at %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "User: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Arm a ticket: %1, settlement %2"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Buy up to %1 at %2 or lower"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Sell up to %1 at %2 or higher"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Buys and sells count together"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Dealers: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Account: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "From %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "To %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Acceptances: at most %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Buy %1 at %2"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Sell %1 at %2"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "%1, settlement %2"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Dealer: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Quote: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Valid until %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Change settings"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Enrol the new security key: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Rename the security key: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "New name: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Remove the security key for good: %1"),
    QT_TRANSLATE_NOOP("ui::PolicyWords", "Key id: %1"),
    // clang-format on
};

struct Pattern {
    const char* source;
    QRegularExpression expression; ///< its values, as they stand there
};

template <std::size_t Size>
std::vector<Pattern> patternsOf(const char* const (&sources)[Size])
{
    static const QRegularExpression valueMark(u"%\\d"_s);
    std::vector<Pattern> made;
    for (const char* source : sources) {
        const auto words = QString::fromUtf8(source);
        if (!words.contains(u'%'))
            continue;
        // The parts between the values are taken literally.
        QString expression;
        qsizetype from = 0;
        for (auto found = valueMark.globalMatch(words); found.hasNext();) {
            const auto one = found.next();
            expression += QRegularExpression::escape(words.mid(from, one.capturedStart() - from)) + u"(.+)"_s;
            from = one.capturedEnd();
        }
        expression += QRegularExpression::escape(words.mid(from));
        made.push_back({source, QRegularExpression(QRegularExpression::anchoredPattern(expression))});
    }
    return made;
}

QString translated(const char* source)
{
    return QCoreApplication::translate("ui::PolicyWords", source);
}

/// The values take the places of %1, %2, … at once: one that holds a % itself is not looked at again.
QString filled(const QString& words, const QStringList& values)
{
    QString text;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const int number = words[at] == u'%' && at + 1 < words.size() ? words[at + 1].digitValue() : -1;
        if (number < 1 || number > values.size()) {
            text += words[at];
            continue;
        }
        text += values[number - 1];
        ++at;
    }
    return text;
}

/// Absent where nothing of that kind is known.
template <std::size_t Size>
std::optional<QString> exactly(const char* const (&sources)[Size], const std::string& english)
{
    for (const char* one : sources)
        if (english == one)
            return translated(one);
    return std::nullopt;
}

}

QString policyWords(const std::string& english)
{
    static const std::vector<Pattern> sentences = patternsOf(Known);
    if (const auto known = exactly(Known, english))
        return *known;
    const auto words = text(english);
    for (const auto& sentence : sentences)
        if (const auto match = sentence.expression.match(words); match.hasMatch()) {
            auto values = match.capturedTexts().mid(1);
            for (auto& value : values)
                value = policyWords(value.toStdString()); // why a touch is needed
            return filled(translated(sentence.source), values);
        }
    return words;
}

QString approvalLine(const std::string& english)
{
    static const std::vector<Pattern> lines = patternsOf(Lines);
    if (const auto known = exactly(Lines, english))
        return *known;
    const auto words = text(english);
    for (const auto& line : lines)
        if (const auto match = line.expression.match(words); match.hasMatch())
            return filled(translated(line.source), match.capturedTexts().mid(1));
    return words;
}

QString approvalLine(const std::string& english, const rfq::DeskSettings& settings)
{
    constexpr std::string_view before[] = {"Dealers: ", "Dealer: "};
    const auto* found = std::ranges::find_if(before, [&](auto one) { return english.starts_with(one); });
    if (found == std::end(before))
        return approvalLine(english);
    QStringList named;
    for (const auto& id : text(english.substr(found->size())).split(u", "_s)) {
        const auto* dealer = findDealer(settings, rfq::DealerId(id.toStdString()));
        named << (dealer && !dealer->name.empty() ? u"%1 (%2)"_s.arg(text(dealer->name), id) : id);
    }
    return approvalLine(std::string(*found) + named.join(u", "_s).toStdString());
}

}
