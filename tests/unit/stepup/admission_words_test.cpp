#include "core/stepup/admission_words.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;

namespace {

TEST(AdmissionWords, TellAReferenceAndAWaitWhereThatIsAll)
{
    EXPECT_EQ(stepup::admissionRefusal("7K2M-Q4TZ", std::nullopt), "Access refused. Reference 7K2M-Q4TZ.");
    EXPECT_EQ(stepup::admissionRefusal("7K2M-Q4TZ", 30s), "Access refused: wait 30 s. Reference 7K2M-Q4TZ.");
}

TEST(AdmissionWords, AreFoundInWhatWasSaid)
{
    using Refusal = stepup::AdmissionRefusal;
    EXPECT_EQ(stepup::admissionRefusalIn(stepup::admissionRefusal("7K2M-Q4TZ", std::nullopt)),
        (Refusal{"7K2M-Q4TZ", std::nullopt}));
    EXPECT_EQ(stepup::admissionRefusalIn(stepup::admissionRefusal("A-1", 900s)), (Refusal{"A-1", 900s}));
    EXPECT_EQ(
        stepup::admissionRefusalIn("the counterparty refused our Logon, \"Access refused: wait 1 s. Reference A-1.\""),
        (Refusal{"A-1", 1s}));
    EXPECT_EQ(stepup::admissionRefusalIn(stepup::admissionRefusal("A-1", 3'600s)), (Refusal{"A-1", 3'600s}));
}

TEST(AdmissionWords, AWaitThatNobodyWouldTellIsNone)
{
    for (const char* wait : {"", ": wait", ": wait s", ": wait 0 s", ": wait -5 s", ": wait 3601 s", ": wait +5 s",
             ": wait 99999999999999999999 s", ": wait 5 min", ": wait 5 s or more", " wait 5 s"}) {
        const auto refusal = stepup::admissionRefusalIn(std::string("Access refused") + wait + ". Reference A-1.");
        ASSERT_TRUE(refusal) << wait;
        EXPECT_EQ(refusal->reference, "A-1") << wait;
        EXPECT_FALSE(refusal->wait) << wait;
    }
}

TEST(AdmissionWords, WhateverElseWasSaidIsNoRefusal)
{
    for (const char* words : {"", "Access refused", "Access refused: wait 5 s.", "wait 5 s. Reference A-1.",
             "refused. Reference A-1.", "access refused. Reference A-1."})
        EXPECT_FALSE(stepup::admissionRefusalIn(words)) << words;
}

}
