"""What people in a thread say that is not about the picture: greetings, plans, questions to each other.

Nothing of it asks for a change, though it may speak of mornings, rain or dogs. Made up from templates; the
lines of `words/chatter_held_out.txt` were written by hand and are measured, never trained on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from model.tiny import instructions as say
from training.tiny.vocabulary import listed, made_up

if TYPE_CHECKING:
    import random

_FILLERS: dict[str, tuple[str, ...]] = {
    "hello": (
        "hi", "hey", "hello", "heya", "yo", "hiya", "sup", "good morning", "good evening", "good night",
        "good afternoon", "gn", "gm", "morning", "evening", "bye", "goodbye", "cya", "see ya", "welcome back",
        "welcome", "greetings",
    ),
    "all": (
        "everyone", "everybody", "all", "guys", "folks", "people", "chat", "friends", "y'all", "there",
        "my friends", "team",
    ),
    "when": (
        "today", "tonight", "tomorrow", "this evening", "this morning", "this weekend", "on monday",
        "on friday", "on saturday", "next week", "later", "soon", "in an hour", "in ten minutes", "at noon",
        "at midnight", "at 8", "after work", "after school", "after lunch", "in the summer", "in winter",
        "at christmas", "right now", "in a bit", "before sunset", "all day", "all night",
    ),
    "before": (
        "yesterday", "last night", "last week", "this morning", "last summer", "two days ago", "last winter",
        "on sunday", "earlier", "a while ago", "last year", "back then",
    ),
    "event": (
        "the game", "the match", "the stream", "the meeting", "the raid", "the party", "the movie",
        "the concert", "the new episode", "the eclipse", "the fireworks", "the news", "the trailer",
        "that film about robots", "the boat race", "the cup final", "the snow", "the sunset", "the storm",
        "the moon",
    ),
    "do": (
        "go to work", "go to bed", "sleep", "eat something", "walk the dog", "feed my cat", "do my homework",
        "catch a train", "pick up the kids", "cook dinner", "clean the house", "water the flowers",
        "wash the car", "go for a run", "study for an exam", "call my mum", "buy milk", "fix my car",
        "leave", "run", "go",
    ),
    "play": (
        "play minecraft", "play chess", "watch a film", "join the voice chat", "join a call", "play a round",
        "go hiking", "get pizza", "order food", "meet up", "hang out", "play some rocket league", "do a raid",
        "read together", "talk",
    ),
    "pet": (
        "my cat", "my dog", "our cat", "my neighbour's dog", "my brother", "my sister", "my mum", "my boss",
        "my roommate", "my little robot", "the delivery guy", "my wife", "my husband", "my kid", "grandma",
    ),
    "does": (
        "is sleeping on my keyboard", "just knocked over my coffee", "is calling me", "wants food again",
        "is so loud", "won't stop barking", "ate my lunch", "is at the door", "says hi", "loves this server",
        "needs me", "is on the roof", "broke the red car", "got a balloon", "is in the garden",
        "hates the rain", "is home", "has a birthday",
    ),
    "weather": (
        "so hot", "freezing", "cold", "raining", "snowing", "foggy", "sunny", "stormy", "dark already",
        "getting late", "way too early", "midnight",
    ),
    "mine": ("here", "over here", "where I live", "at my place", "in my town", "outside my window"),
    "adjective": (
        "funny", "hilarious", "cool", "crazy", "wild", "sick", "nice", "sweet", "impressive", "weird", "cute",
        "insane", "neat", "great", "awesome", "adorable", "clever", "lovely", "true", "fair",
    ),
    "this": ("this", "that", "it", "the bot", "this picture", "that one", "this thing", "this server"),
    "laugh": (
        "lol", "lmao", "haha", "hahaha", "xd", "rofl", "hehe", "😂", "🤣", "😆", "🔥", "💯", "😍", "👏",
        "omg", "wow", "whoa", "damn", "yay", "hmm", "oh", "ah",
    ),
    "say": (
        "yes", "no", "ok", "okay", "sure", "maybe", "yep", "nope", "same", "agreed", "right", "exactly",
        "true", "fine", "np", "no problem", "you're welcome", "my bad", "sorry", "idk", "I guess",
        "I think so", "of course", "never mind", "got it", "I see", "makes sense", "fair enough",
        "good point",
    ),
    "colour": ("red", "blue", "green", "yellow", "white", "black", "pink", "brown", "orange", "purple"),
    "number": ("two", "three", "four", "five", "ten", "2", "3", "4", "5", "12", "20", "a hundred"),
    "where": (
        "at the beach", "in the mountains", "in the city", "by the sea", "in a forest", "on a farm",
        "in the desert", "near a lake", "in a village", "on a boat", "in the snow", "in a castle",
    ),
    "clock": (
        "dawn", "noon", "midnight", "sunrise", "6 am", "four", "half past ten", "yesterday", "sunset", "noon",
    ),
    "sky": (
        "rain", "snow", "fog", "a storm", "thunder", "sunshine", "wind", "mist", "hail", "sun", "snowfall",
    ),
    "noun": (
        "limit", "channel", "price", "free trial", "website", "help page", "role", "password", "queue",
        "rule", "premium plan", "paid version", "command", "tutorial", "schedule", "prize", "mod", "link",
    ),
    "away": ("brb", "afk", "bbl", "gtg", "I'm back", "I'm off", "I have to go", "one sec", "wait"),
}  # fmt: skip

_TEMPLATES = (
    "{hello}", "{hello} {all}", "{hello} {all}!", "{hello} {name}", "{hello} {all}, how are you {when}?",
    "{laugh}", "{laugh} {laugh}", "{laugh} {this} is {adjective}", "{say}", "{say}, {say}", "{laugh}, {say}",
    "{say} {name}", "{this} is so {adjective}", "{this} is {adjective} {laugh}", "{this} looks {adjective}",
    "{this} is {adjective}!", "that's {adjective}", "how {adjective} is {this}?", "so {adjective} {laugh}",
    "{away}", "{away}, {do}", "{away} {when}", "{away}, need to {do}", "I have to {do} now",
    "I need to {do} {when}", "I still have to {do}", "got to {do} {when}", "I'll {do} {when}",
    "can't, I have to {do}", "let me {do} first", "I forgot to {do}", "time to {do}",
    "who wants to {play}?", "who wants to {play} {when}", "anyone up for it {when}?",
    "does anyone want to {play}?", "do you want to {play} {when}?", "shall we {play} {when}?",
    "let's {play} {when}", "are we going to {play} {when}?", "when do we {play}?", "can you {play} {when}?",
    "did you see {event}?", "did you see {event} {before}?", "did anyone watch {event}?",
    "have you seen {event}", "I missed {event} {before}", "{event} was {adjective} {before}",
    "what time is {event}?", "what time is {event} {when}?", "when is {event}?", "are you watching {event}?",
    "I can't wait for {event}", "who is going to {event} {when}?", "{event} starts {when}",
    "is {event} over?", "is {event} {when}?", "I saw {event} {before}, {adjective}",
    "{pet} {does}", "{pet} {does} {laugh}", "sorry, {pet} {does}", "my phone died", "{away}, {pet} {does}",
    "I showed it to {pet}", "{pet} would like {this}", "tell {pet} I said hi", "how is {pet}?",
    "it's {weather} {mine}", "it is {weather} {mine} {when}", "is it {weather} {mine} too?",
    "why is it so {weather}?", "I hate that it's {weather} {mine}", "it was {weather} {mine} {before}",
    "who made {this}?", "who did {this}?", "how does {this} work?", "is {this} free?",
    "where is {this} from?",
    "can anyone see {this}?", "can you see {this}?", "did you make {this}?", "what is {this}?",
    "is {this} broken?", "why is {this} so slow?", "how long does {this} take?", "does {this} cost anything?",
    "which one do you like?", "which one do you like best?", "which one is your favourite, {name}?",
    "what do you think, {name}?", "what do you think?", "what do you all think of {this}?", "thoughts?",
    "do you like {this}?", "do you like it {all}?", "I think {this} is {adjective}", "I love {this}",
    "I like the first one", "I like the second one best", "the last one was my favourite",
    "the first one was {adjective}", "the one {before} was {adjective}", "my favourite so far",
    "not sure about {this}", "I don't know about {this}", "I don't get {this}",
    "where are you?", "where is everyone?", "where are you from, {name}?", "is {name} here?",
    "where's {name}?",
    "how are you?", "how are you {when}?", "how was your day?", "how was school {before}?", "what's up {all}",
    "what are you doing {when}?", "what did you do {before}?", "are you there?", "you there {name}?",
    "happy birthday {name}!", "happy birthday", "happy new year {all}", "merry christmas {all}!",
    "congrats {name}!", "congratulations!", "good luck {when}", "good luck {name}", "get well soon {name}",
    "have fun {when}", "have a good one", "have a nice day {all}", "sleep well {name}", "enjoy {event}",
    "see you {when}", "see you {when} {name}", "talk to you {when}", "I'll be back {when}", "back {when}",
    "I'm so tired {when}", "I'm hungry", "I'm bored", "I'm at work {when}", "I'm busy {when}", "I am here",
    "I was asleep {before}", "I worked {all_day}", "I slept {all_day}", "I'm on the bus", "on my way",
    "I just got home", "just woke up", "I had a dream about {thing} {before}",
    "I saw a {thing} {before}", "I bought a {thing} {before}", "my {thing} broke {before}",
    "do you have a {thing}?", "has anyone got a {thing}?", "we had a {thing} like that {before}",
    "that reminds me of my {thing}", "I never had a {thing}", "who needs a {thing} anyway",
    "what is a {thing}?",
    "a {thing} would cost me a fortune {laugh}", "I'm selling my old {thing}",
    "there's a {thing} on my desk", "there are two {thing}s at my school",
    "there was a {thing} on the road {before}",
    "we saw {number} {thing}s {before}", "{pet} bought {number} {thing}s {before}",
    "my {colour} {thing} got stolen",
    "{pet} has a {colour} {thing}", "{pet} has a {thing} just like it", "I used to have a {colour} {thing}",
    "my old {thing} was {colour}", "the {thing}s {mine} are so {adjective}", "our {thing} is {colour} too",
    "I used to live {where}", "my parents live {where}", "we went to {where} {before}",
    "greetings from {where}",
    "I took a photo {where} {before}", "I work {where}", "looks like {where} {laugh}",
    "I miss living {where}",
    "I've been awake since {clock}", "I slept until {clock}", "I got up at {clock}", "it's {clock} {mine}",
    "we had {sky} {mine} {before}", "the {sky} {mine} is crazy", "the {sky} woke me up {before}",
    "there'll be {sky} {when}", "so much {sky} {when}", "I love {sky}",
    "the bus stopped because of the {sky}",
    "is there a {noun} for {this}?", "is there any {noun}?", "where is the {noun}?", "what's the {noun}?",
    "do we have a {noun}?", "please use the other {noun}", "please mind the {noun}", "I don't have a {noun}",
    "how many {noun}s do I get?", "how many can I make?", "how many left?", "are there more {noun}s?",
    "we won {number} to {number}", "I have {number} left", "give me {number} minutes",
    "{number} people online",
    "only {number} seconds, {adjective}", "I'm {number} years old", "mine took {number} tries",
    "can I show {this} to {pet}?", "can I post {this} elsewhere?", "may I keep {this}?", "I'll save {this}",
    "I'd hang {this} on my wall", "this would be a {adjective} poster", "I want {this} on a shirt",
    "I want to learn how to draw", "I can't draw at all", "I never understood painting", "art is hard",
    "was on a call", "was in the shower", "I was in the kitchen", "I'm in the car", "I'm in bed already",
    "one minute", "two minutes please", "wait a second", "just a moment", "almost there", "done!",
    "who won?", "who is next?", "whose turn is it?", "my turn", "your turn {name}", "after you {name}",
    "most {adjective} server ever", "worst day ever", "best day of my life", "this hurts {laugh}",
    "too {adjective} for words", "my {thing}s died {before}", "nearly missed the train {before}",
    "the {thing} show is at 9", "don't forget {event} {when}", "have you been {where}?",
    "have you ever seen a {thing}?", "have you ever been to {event}?", "buenos dias", "ciao ragazzi",
    "salut!",
    "{name} told me about {this}", "{name} said it's {weather}", "ask {name}", "{name} knows",
    "{name} {does}",
    "thanks {name}", "thank you {all}", "thanks for {this}", "you are {adjective}", "you're so {adjective}",
    "good job {name}", "well done {all}", "nice work", "what a {adjective} idea", "good idea {name}",
    "can a mod help me?", "is there a rule against {this}?", "wrong channel, sorry", "check your dms",
    "I sent you a message", "read the rules", "who is the admin?", "how do I join?", "link?", "source?",
    "what time is it?", "what day is it {when}?", "what's for dinner?", "pizza {when}?", "coffee?",
)  # fmt: skip

_WHOLE = ("?", "??", "!", "...", "…", "👍", "💯", "🔥🔥🔥", "😂😂", "this ^", "f", "gg", "w", "k")


def chatter(rng: random.Random) -> str:
    """One line of talk, as somebody types it."""
    if rng.random() < 0.04:
        return rng.choice(_WHOLE)
    if rng.random() < 0.12:
        return say.typed(rng.choice(say.NOTHING), rng)
    text = _filled(rng.choice(_TEMPLATES), rng)
    if rng.random() < 0.12:
        text = f"{text} {_filled(rng.choice(_TEMPLATES), rng)}"
    elif rng.random() < 0.1:
        text = f"{text} {rng.choice(_FILLERS['laugh'])}"
    if rng.random() < 0.06:
        text = say.misspelt(text, rng)
    case = rng.random()
    if case < 0.45:
        return text[0].upper() + text[1:]
    return text.lower() if case < 0.9 else text


def _filled(template: str, rng: random.Random) -> str:
    def word(match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "name":
            return rng.choice((made_up(rng).title(), made_up(rng), rng.choice(_NAMES)))
        if slot == "thing":
            return rng.choice(listed("nouns") if rng.random() < 0.5 else _OURS)
        if slot == "all_day":
            return rng.choice(("all day", "all night", "until noon", "the whole morning", "in the evening"))
        return rng.choice(_FILLERS[slot])

    return re.sub(r"\{(\w+)\}", word, template)


_OURS = (
    "house", "tree", "flower", "mushroom", "cat", "fox", "boat", "car", "balloon", "lantern", "rocket",
    "robot", "lamp", "kitten", "dog", "bike",
)  # fmt: skip
"""Things that many pictures show, and people have at home."""

_NAMES = (
    "Anna", "Ben", "Chris", "Dana", "Eli", "Fatima", "George", "Hana", "Ivan", "Julia", "Kim", "Leo", "Maria",
    "Nils", "Olga", "Pedro", "Quinn", "Rosa", "Sam", "Tom", "Uma", "Vera", "Will", "Yuki", "Zoe", "bro",
    "dude",
)  # fmt: skip
