"""What some of the demo's lessons say: short, invented, and enough to lead them by."""

from __future__ import annotations

from curriculum.library.words import LessonWords

MINUTES = 50
WORDS: dict[str, LessonWords] = {
    "The first ten minutes": LessonWords(
        minutes=MINUTES,
        objectives="Know what to do in the first ten minutes of a crisis, before thinking works"
        " again.\nLeave with one way that each person has tried in the room.",
        guide="Draw a wave on the board: a crisis rises, peaks and falls. Ask where on it people"
        " usually act.\n\nPractice three ways in the room: cold water on the face, paced"
        " breathing, naming five things one sees. Each person picks one and says when they would"
        " use it.",
        skills=("Cold water", "Paced breathing", "Five things I see"),
        homework="Use your way once when you are upset a little, not a lot. Note how high the wave"
        " was before and after.",
        checklist=(
            "Drew the wave",
            "Practiced at least two ways",
            "Each person named one way and one moment",
        ),
    ),
    "Checking the facts": LessonWords(
        minutes=MINUTES,
        objectives="Tell apart what happened and what one made of it.\nCheck whether a feeling"
        " fits the facts, in size and in kind.",
        guide="Read out a short scene twice: once as a camera would see it, once as a worried"
        " person tells it. Let the group find the difference.\n\nThen in pairs: an own scene of"
        " the week, told as the camera saw it.",
        skills=("Checking the facts",),
        homework="Once this week, write down a scene as a camera would have seen it.",
        checklist=("Told the scene twice", "Everybody worked on a scene of their own"),
    ),
    "Asking plainly": LessonWords(
        minutes=MINUTES,
        objectives="Ask for one thing in two sentences.\nHear a no without giving up the person.",
        guide="Collect the ways we ask without asking: sighing, hinting, testing. Practice the"
        " plain way in threes; the third listens for hints.",
        skills=("Asking plainly", "Hearing a no"),
        homework="Ask one person for one small thing, plainly.",
        checklist=("Collected the hints", "Each person asked once aloud"),
    ),
    "Catching the thought": LessonWords(
        minutes=MINUTES,
        objectives="Notice the sentence that runs just before a mood changes.",
        guide="Stop at a moment of the morning and ask: what went through your mind, word for word?"
        " Write sentences on the board, not topics.",
        skills=("Catching the thought",),
        homework="Catch three sentences this week. Write them down as they came.",
        checklist=("Wrote down sentences word for word",),
    ),
    "My warning signs": LessonWords(
        minutes=MINUTES,
        objectives="Know one's own early signs in body, mood, thoughts and doings.\nName one person"
        " who would see them first.",
        guide="Ask about the week before the last lapse, day by day. Early signs are small: skipped"
        " meals, unanswered calls, a route past the old corner.",
        skills=("Knowing my signs", "Telling somebody"),
        homework="Show your list to one person who knows you. Ask what they would add.",
        checklist=("Went through a week day by day", "Each person wrote three signs"),
    ),
    "Urge surfing": LessonWords(
        minutes=MINUTES,
        objectives="Know that an urge rises, peaks and passes.\nStay with one without feeding or"
        " fighting it.",
        guide="Lead one urge through the body for five minutes: where is it, what shape, does it"
        " move? Speak slowly and leave pauses.",
        skills=("Urge surfing",),
        homework="Ride out one urge with a timer. Note how long it took to pass.",
        checklist=("Led the exercise in full", "Asked each person what they noticed"),
    ),
    "Refusing in one sentence": LessonWords(
        minutes=MINUTES,
        objectives="Have one sentence ready that says no and ends the talk.",
        guide="Practice standing up. The other insists twice. Keep to the same sentence.",
        skills=("Refusing",),
        homework="Say your sentence aloud once a day, in front of a mirror.",
        checklist=("Practiced standing up", "Everybody has a sentence"),
    ),
}
# A page to take home, and a draft that waits for somebody.
PAGE = (
    "My warning signs",
    "My warning signs",
    "# My warning signs\n\nSmall things count. Write what you would see a week before.\n\n"
    "- In my body\n___\n- In my mood\n___\n- In my thoughts\n___\n- In what I do\n___\n\n"
    "Who would see it first, and what may they say to me?\n___\n",
)
DRAFT = ("Urge surfing", "Lead one urge through the body for eight minutes, with longer pauses.")
# Lesson, and the one that comes before it.
NEEDS = (
    ("What is the evidence?", "Catching the thought"),
    ("A fairer sentence", "What is the evidence?"),
    ("Solvable or not?", "Worry time"),
    ("A lapse is information", "My warning signs"),
)
