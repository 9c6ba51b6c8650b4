#include "tests/support/virtual_fido/window/key_window.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QLocalServer>
#include <QtTest/QtTest>

namespace {

constexpr int Patience = 20'000; // milliseconds

/// Whoever plays the keys: answers each request, and keeps what was asked but the endless looking.
class Keys final : public QObject {
public:
    explicit Keys(const QString& path)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            connect(m_socket, &QLocalSocket::readyRead, this, [this] { answer(); });
        });
        QVERIFY(m_server.listen(path));
    }

    void close() { m_socket->disconnectFromServer(); }

    bool plugged = true;
    bool waiting = false;
    QStringList asked;

private:
    void answer()
    {
        while (m_socket->canReadLine()) {
            const QJsonObject request = QJsonDocument::fromJson(m_socket->readLine()).object();
            const QString what = request.value(QStringLiteral("do")).toString();
            if (what != QStringLiteral("status"))
                asked.append(what + QLatin1Char(' ') + request.value(QStringLiteral("mode")).toString());
            const QJsonObject answer{{QStringLiteral("ok"), true},
                {QStringLiteral("path"), plugged ? QJsonValue(QStringLiteral("/dev/hidraw0")) : QJsonValue()},
                {QStringLiteral("waiting"), waiting}};
            m_socket->write(QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n');
        }
    }

    QLocalServer m_server;
    QLocalSocket* m_socket = nullptr;
};

QAbstractButton* button(const QWidget& window, const QString& text)
{
    for (auto* candidate : window.findChildren<QAbstractButton*>())
        if (candidate->text() == text || candidate->accessibleName() == text)
            return candidate;
    return nullptr;
}

QString words(const QWidget& window)
{
    return window.findChild<QLabel*>()->text();
}

}

class VirtualKeyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_place = std::make_unique<QTemporaryDir>();
        const QString path = m_place->filePath(QStringLiteral("control"));
        m_keys = std::make_unique<Keys>(path);
        m_window = std::make_unique<virtual_key::KeyWindow>(path);
        static_cast<QWidget&>(*m_window).show();
        QTRY_VERIFY_WITH_TIMEOUT(words(*m_window).startsWith(QStringLiteral("Plugged in")), Patience);
    }
    void cleanup()
    {
        m_window.reset();
        m_keys.reset();
    }

    void touchesWithAClickOnTheDisc()
    {
        m_keys->waiting = true;
        QTRY_VERIFY_WITH_TIMEOUT(words(*m_window).startsWith(QStringLiteral("The key blinks")), Patience);
        auto* disc = button(*m_window, QStringLiteral("Touch the key"));
        QTest::mouseClick(disc, Qt::LeftButton, Qt::NoModifier, {4, 4});
        QTest::mouseClick(disc, Qt::LeftButton, Qt::NoModifier, disc->rect().center() + QPoint(18, 0));
        QTRY_COMPARE_WITH_TIMEOUT(m_keys->asked, QStringList{QStringLiteral("touch press")}, Patience);
    }

    void refusesOnlyWhatIsAsked()
    {
        auto* refuse = button(*m_window, QStringLiteral("&Refuse"));
        QVERIFY(!refuse->isEnabled());
        m_keys->waiting = true;
        QTRY_VERIFY_WITH_TIMEOUT(refuse->isEnabled(), Patience);
        QTest::mouseClick(refuse, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_keys->asked, QStringList{QStringLiteral("touch deny")}, Patience);
    }

    void pullsItOutAndPlugsItIn()
    {
        QTest::mouseClick(button(*m_window, QStringLiteral("&Unplug")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_keys->asked, QStringList{QStringLiteral("unplug ")}, Patience);
        m_keys->plugged = false;
        QTRY_COMPARE_WITH_TIMEOUT(words(*m_window), QStringLiteral("Not plugged in."), Patience);
        QTest::mouseClick(button(*m_window, QStringLiteral("&Plug in")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_keys->asked.last(), QStringLiteral("plug "), Patience);
    }

    void endsWithTheKeys()
    {
        virtual_key::Control control(m_place->filePath(QStringLiteral("nobody")));
        QSignalSpy lost(&control, &virtual_key::Control::lost);
        QVERIFY(lost.count() > 0 || lost.wait(Patience));
    }

private:
    std::unique_ptr<QTemporaryDir> m_place;
    std::unique_ptr<Keys> m_keys;
    std::unique_ptr<virtual_key::KeyWindow> m_window;
};

QTEST_MAIN(VirtualKeyTest)
#include "virtual_key_test.moc"
