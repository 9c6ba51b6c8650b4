#include "ui/models/key_problem_words.h"

#include "ui/models/format.h"

#include <QCoreApplication>

namespace ui {

namespace {

/// What security keys come to, as whoever works with them says it (auth/fido); a test holds the two together.
constexpr const char* Sentences[] = {
    QT_TRANSLATE_NOOP("ui::KeyProblem", "No security key is there."),
    QT_TRANSLATE_NOOP("ui::KeyProblem",
        "Plug your security key in. If it is plugged in, this user may not open it: see docs/security-keys.md."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key was removed."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Plug it in again and start over."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This security key is not one of those enrolled for this."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Use the key that you enrolled, or enrol this one first."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This security key is enrolled already."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Use another key as your second one."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This security key has no PIN yet."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Set a PIN on it, then try again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key wants its PIN."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Give the PIN of this key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "That is not the PIN of this security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Try again with care: after eight wrong tries the key must be reset."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "One PIN try is left on this security key. Nothing was tried."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "If you are not certain of the PIN, stop and ask IT. A wrong one blocks the key for good."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "Three wrong PINs in a row: the security key takes none until it is plugged in again."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "Take the key out, plug it in again, and be certain of the PIN before you go on."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key's PIN is blocked: all tries are used up."),
    QT_TRANSLATE_NOOP("ui::KeyProblem",
        "Use your second key and tell IT. This key must be reset, which erases it, and enrolled again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key does not take that as a PIN."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "Choose 4 to 63 characters; the key may ask for more, and may refuse simple ones."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This security key has a PIN already."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Change it with the old PIN instead."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "It was called off."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Start again when you are ready."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key was not touched in time."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Start again and touch the key when it blinks."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "It was refused at the security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "If that was not you, tell IT."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key has ended what was begun. Nothing was approved."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Start over and give the PIN again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key did not recognise the finger."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Start over: use a finger that you have taught the key, or its PIN."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key takes no fingerprint any more until its PIN was given."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Start over and give the key's PIN; then it takes fingerprints again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "What the security key keeps is damaged."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Another program is using the security key."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "Finish or close what asks for the key elsewhere (a browser, for instance), then try again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This user may not open the security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Install the udev rules for security keys: see docs/security-keys.md."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "This security key cannot do what is needed."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Use a FIDO2 key with PIN and credProtect; IT has the list of models."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "There is no room left on the security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Remove what is not needed, or use another key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key answered without having verified who you are."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Do not use this key any more and give it to IT."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "The security key answered something that cannot be understood, or not at all."),
    QT_TRANSLATE_NOOP(
        "ui::KeyProblem", "Take the key out, plug it in again and try once more; if it stays so, use your second key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "What was asked of the security key makes no sense."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Correct the request."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The counterparty cannot be asked: the session is not open."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Sign in, wait until the session is connected, then try again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The counterparty does not enrol the security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Its own words are in the details: tell them to its IT."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "No key that is enrolled has approved the new one."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Have one of your enrolled keys at hand and start again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Another security key is being enrolled at this moment."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Finish or cancel that first."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The counterparty does not say which security keys you have there."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Its own words are in the details; its IT can tell you."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The counterparty does not change the security key."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "No security key of yours has approved it: nothing was changed."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Have one of your other enrolled keys at hand and start again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "It is your only security key there that counts: it stays."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Enrol another one first. Where this one is lost, tell the counterparty's IT."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Another change of your security keys is under way."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "The security key wants another PIN before it does anything."),
    QT_TRANSLATE_NOOP("ui::KeyProblem",
        "Change its PIN (countersign-cli key change-pin, or the tool of the key's maker), then try again."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Something went wrong in this program."),
    QT_TRANSLATE_NOOP("ui::KeyProblem", "Try again, and report it."),
};

}

bool isKeyProblemSentence(const std::string& sentence)
{
    for (const char* known : Sentences) {
        if (sentence == known)
            return true;
    }
    return false;
}

QString keyProblemSentence(const std::string& sentence)
{
    return isKeyProblemSentence(sentence) ? QCoreApplication::translate("ui::KeyProblem", sentence.c_str())
                                          : text(sentence);
}

}
