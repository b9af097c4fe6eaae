//! What English-speaking customers ask for.

use tandem_core::touchpoints::Channel::{Chat, Email, InPerson, Phone};

use super::Thread;
use crate::tickets::{Kind, Priority};

pub(super) const THREADS: &[Thread] = &[
    (
        "Exports stop at 10,000 rows",
        Kind::Problem,
        Priority::High,
        Email,
        &[
            "Hello,\n\nsince Monday every export ends after 10,000 rows. Our month-end needs all 23,000. Is this a new limit?\n\nThanks",
            "Thank you for telling us. It is not meant to be: a limit for previews was applied to exports too. We are testing the mend now and I will write again this afternoon.",
            "Good to know. We can wait until tomorrow morning, not longer.",
            "It is live. I ran your last export again: 23,114 rows. Sorry for the trouble.",
        ],
    ),
    (
        "How do I add a second workspace?",
        Kind::Question,
        Priority::Normal,
        Chat,
        &[
            "Hi! We bought a company in Austria and would like to keep their data apart. Do we need a second contract?",
            "Hi! No, a workspace is enough, and your plan includes three. Settings, Workspace, \"Add another\" at the bottom. You need to be an admin for it.",
        ],
    ),
    (
        "Invoice shows the old address",
        Kind::Billing,
        Priority::Normal,
        Email,
        &[
            "Our invoice of this month still carries the address we left in March. Could you send a corrected one?",
            "Of course. The corrected invoice is on its way to your billing contact, and the new address is kept for the next ones.",
        ],
    ),
    (
        "Webhook signature does not match",
        Kind::Technical,
        Priority::Normal,
        Email,
        &[
            "We verify signatures as in your docs but about one in fifty fails. Body and headers of a failing one are below. We use the raw body.",
            "Thanks for the raw body, that helps. The failing ones were sent in the minute after you rotated the secret: until the old one expires, there are two signatures in the header, separated by a space. Any of them may match.",
            "That was it. We compared the whole header with one signature.",
        ],
    ),
    (
        "Wants to see the roadmap",
        Kind::Product,
        Priority::Low,
        Phone,
        &[
            "Called and asked whether offline mode is planned for this year; it decides whether the field team joins.",
            "Offline mode is planned for the autumn. I have put you on the list of those who try it first.",
        ],
    ),
    (
        "Card reader at the counter is offline",
        Kind::Problem,
        Priority::Urgent,
        InPerson,
        &[
            "Came by the counter: the reader in their shop shows \"offline\" since this morning and there is a queue.",
            "The reader had lost its certificate after the update of last night. It is issued anew; please switch it off and on once.",
        ],
    ),
    (
        "Import of contacts mixes up first and last names",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "The import put last names first for about half of our contacts. Is there a way to turn them around without doing it by hand?",
            "There is: undo the import on its page, map the two columns the other way, and run it again. Nothing is doubled. Shall I do it with you on a call?",
            "That worked, no call needed. Thanks!",
        ],
    ),
    (
        "Please delete our test data",
        Kind::Account,
        Priority::Low,
        Email,
        &[
            "We have finished testing. Please delete everything in the workspace \"Sandbox\" and confirm in writing.",
            "Everything in \"Sandbox\" is deleted, the backups follow within 30 days. Please take this message as the confirmation.",
        ],
    ),
    (
        "Order {n}: wrong quantity on the delivery note",
        Kind::Problem,
        Priority::Normal,
        Email,
        &[
            "Good morning,\n\nthe delivery note of order {n} says 12 filter sets, in the box are 10. Which of the two do we pay?",
            "Good morning, thank you for counting. You pay ten: the note was printed before the order was changed. A corrected note is attached to the order now.",
        ],
    ),
    (
        "Report {n} takes minutes to open",
        Kind::Technical,
        Priority::High,
        Email,
        &[
            "Since last week our sales report (number {n}) takes two to three minutes to open. Others are fine. Has something changed?",
            "I can see it here too: it asks for five years without a filter on the site. Could you try it with the last twelve months? Meanwhile we look at what makes the long one slow.",
            "With twelve months it opens at once, but we need all five at the end of the quarter.",
            "Understood. An index was missing for exactly this question; it is there since noon. Your five years open in four seconds now.",
            "Confirmed. Great, thank you!",
        ],
    ),
    (
        "New colleague cannot see our projects",
        Kind::Account,
        Priority::Normal,
        Chat,
        &[
            "Hi, I invited a colleague this morning and she sees an empty list. What have I forgotten?",
            "Hi! She is a member of the workspace but of no team yet. Open Settings, Teams, add her to yours, and the list fills within a minute.",
        ],
    ),
    (
        "Question about the price of {k} more seats",
        Kind::Billing,
        Priority::Normal,
        Email,
        &[
            "We would like to add {k} seats in the middle of the term. Do we pay the whole year for them?",
            "No, only for the months that are left: the amount is shown before you confirm. From the renewal on they count as all others.",
            "Perfect, we will do that next week.",
        ],
    ),
    (
        "Password reset mail does not arrive",
        Kind::Account,
        Priority::High,
        Phone,
        &[
            "Called: three people in accounting ask for a new password and no mail comes. Spam folders are empty.",
            "Your mail server refuses us since Friday with \"policy rejection\". I have sent the log lines to your administrator; until that is solved I can set the passwords with you on the phone.",
        ],
    ),
    (
        "Could the dashboard show weeks instead of months?",
        Kind::Product,
        Priority::Low,
        Email,
        &[
            "Our planning works in calendar weeks. Is there a switch that we did not find?",
            "There is no switch yet, and you are the eleventh who asks. I have added your vote and will write when it is there.",
        ],
    ),
];
