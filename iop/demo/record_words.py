"""Sentences of the demo's check-ins and notes. Nobody said any of them."""

SETBACKS = (
    "",
    "",
    "Argument at home on the weekend.",
    "Slept four hours, the neighbors were loud.",
    "Drove past the old place twice.",
    "Missed my bus and skipped the meeting.",
    "A bill I had forgotten about.",
    "Felt alone on Sunday afternoon.",
    "Snapped at a colleague.",
)
WENT_WELL = (
    "",
    "Called somebody before it got bigger.",
    "Cooked twice this week.",
    "Walked to the lake and back.",
    "Said no, and it was fine.",
    "Went to bed before eleven.",
    "My daughter laughed at my joke.",
    "Did the worksheet without being asked.",
)
SKILLS = (
    "",
    "Urge surfing",
    "Paced breathing",
    "Checking the facts",
    "Opposite action",
    "Cold water",
    "Thought record",
    "Phone list",
    "One thing at a time",
)
INTERVENTIONS = (
    "Short opening exercise, teaching with an example on the board, practice in pairs, closing"
    " round.",
    "Review of homework, role play in threes, feedback, each chose one situation for the week.",
    "Psychoeducation with questions, written exercise, sharing by choice, plan for the weekend.",
    "Process group: each brought one topic, group feedback, link to this week's skill.",
)
RESPONSES = (
    "Spoke early in the round and stayed with the topic.",
    "Needed a prompt at first, then described a situation of this week in detail.",
    "Named two early signs and where in the body they show.",
    "Practised the exercise with a partner and reported less tension afterwards.",
    "Questioned the idea, then found an example that fits.",
    "Was tired, and said so; took part in the written exercise.",
    "Gave a kind and precise piece of feedback.",
    "Tearful for a moment, settled with support.",
    "Connected the lesson with a conflict at work.",
    "Wrote down one sentence to keep in the wallet.",
    "Laughed about an old excuse and rewrote it.",
    "Set a limit in the role play, with a calm voice.",
)
PLANS = (
    "Practise the wave exercise once a day.",
    "Bring the thought record on the next day.",
    "Call the sponsor before the weekend.",
    "Try the breathing exercise before the hard conversation.",
    "Write down three high-risk hours of the week.",
    "Go to one meeting with a friend.",
    "Put the phone away after ten in the evening.",
    "Ask for a shift that ends before the group begins.",
)
