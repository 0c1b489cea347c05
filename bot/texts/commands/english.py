"""Commands, greetings and thanks in English."""

from bot.texts.commands.words import CommandWords

ENGLISH = CommandWords(
    undo=(
        "undo", "undo that", "undo this", "undo it", "undo the last change", "undo last change",
        "undo the last step", "take that back", "take it back", "go back", "one step back",
        "go back one step", "step back", "back one", "revert", "revert that", "ctrl z", "ctrl+z",
    ),
    undo_more=(
        "{n} steps back", "go {n} steps back", "go back {n} steps", "go back {n}", "go {n} back", "{n} back",
        "back {n}", "back by {n}", "undo {n}", "undo {n} times", "undo x{n}", "undo {n}x", "undo {n} steps",
        "undo {n} changes", "undo the last {n}", "undo last {n}", "undo the last {n} changes",
        "undo the last {n} steps", "undo the last {n} edits", "revert the last {n} changes",
        "take the last {n} changes back", "take back the last {n} changes", "the picture {n} steps ago",
    ),
    undo_twice=("undo twice", "undo both", "undo both changes", "back twice", "go back twice", "twice back"),
    before=(
        "back to before {x}", "back before {x}", "return to before {x}", "one before {x}",
        "picture before {x}", "pic before {x}", "image before {x}", "version before {x}",
        "state before {x}", "better before {x}", "nicer before {x}", "prettier before {x}",
        "cooler before {x}", "more before {x}", "liked it before {x}", "preferred it before {x}",
        "it was before {x}", "it looked before {x}", "like before {x}", "like it was before {x}",
        "how it was before {x}", "before {x}", "undo everything since {x}",
    ),
    showing=(
        "the one with {x}", "that one with {x}", "the one from before with {x}",
        "that one from before with {x}", "the picture with {x}", "the pic with {x}", "the image with {x}",
        "the version with {x}", "that picture with {x}", "the one in {x}", "the one at {x}",
        "the one on {x}", "the picture in {x}", "the picture at {x}", "the picture on {x}",
        "the one where {x}", "the picture where {x}", "back to the {x}", "back to that {x}",
        "back to when {x}", "return to the {x}", "rewind to the {x}",
    ),
    around_earlier=(
        "go", "back", "to", "the", "that", "one", "picture", "pic", "image", "version", "state", "point",
        "last", "it", "as", "was", "looked", "better", "nicer", "prettier", "cooler", "best", "i", "we",
        "you", "me", "liked", "loved", "prefer", "preferred", "can", "could", "had",
        "want", "take", "use", "show", "jump", "rewind", "return", "let's", "again", "so", "hm", "hmm",
        "mh", "ugh", "ah", "oh", "no", "nah", "actually", "honestly", "sorry",
    ),
    undo_step=(
        "undo {x}", "undo only {x}", "undo just {x}", "undo the change with {x}", "undo the thing with {x}",
        "take back {x}", "revert {x}", "never mind {x}", "nevermind {x}",
    ),
    articles=("the", "a", "an", "that", "this", "those", "these"),
    happened=(
        "you", "i", "we", "it", "they", "there", "was", "were", "had", "came", "come", "got", "added",
        "adding", "put", "making", "made", "asked", "asking", "wanted", "drew", "painted", "turned",
        "became", "appeared", "arrived", "one", "thing", "change", "changed", "again", "better", "nicer",
        "lol", "haha", "xd", "thanks", "thx", "though",
    ),
    lost=(
        "removed", "remove", "removing", "gone", "away", "took", "taken", "deleted", "erased",
        "disappeared", "vanished", "lost", "dropped",
    ),
    may_ask=("can", "could", "may"),
    redo=(
        "redo", "redo that", "redo it", "undo the undo", "go forward", "one step forward",
        "step forward", "forward again", "ctrl y", "ctrl+y",
    ),
    restart=(
        "start over", "start again", "start from the beginning", "start from scratch", "restart", "reset",
        "back to the start", "back to the beginning", "go back to the start", "go back to the beginning",
        "back to the first picture", "go back to the first picture", "back to the original",
        "go back to the original",
    ),
    again=(
        "again", "once again", "once more", "one more time", "reroll", "re-roll", "roll again",
        "try again", "another try", "another seed", "new seed", "regenerate",
    ),
    vary=(
        "vary", "vary it", "vary a little", "vary it a little", "variation", "a variation", "variations",
        "make a variation", "make variations", "show variations", "show me variations",
    ),
    remix=("vary a lot", "vary it a lot", "remix", "remix it"),
    upscale=("upscale", "upscale it", "upscale that"),
    recompose=("keep composition",),
    question=(
        "info", "what is the seed", "which seed", "which model", "what is the prompt", "which prompt",
        "how was this made", "how was that made", "how did you make this", "how did you make that",
    ),
    ability=(
        "what can you do", "what can you do here", "what else can you do", "what can i do",
        "what can i do here", "what can i say", "what else can i say", "what can i say here",
        "what do you do", "how does this work", "how do you work", "how do i use this", "help", "help me",
    ),
    delete=(
        "delete", "delete this", "delete this picture", "delete the picture", "delete that picture",
        "delete this image", "delete the image", "delete this pic", "delete the pic",
        "remove this picture", "remove the picture", "delete this post", "delete the post",
    ),
    report=(
        "report", "report this", "report it", "report this picture", "report the picture",
        "report that picture", "report this image", "report this post", "i want to report this",
        "i want to report this picture",
    ),
    favourite=(
        "favourite", "favorite", "favourite it", "favorite it", "favourite this", "favorite this",
        "save this picture", "save the picture", "save this one", "bookmark", "bookmark this",
        "add to favourites", "add to favorites", "add it to my favourites", "add it to my favorites",
        "add this to my favourites", "add this to my favorites",
    ),
    thread=(
        "new thread", "a new thread", "open a new thread", "start a new thread", "make a new thread",
        "new thread from here", "new thread from this", "continue in a new thread",
    ),
    history=(
        "history", "the history", "show history", "show the history", "show me the history",
        "show all pictures", "show me all pictures",
    ),
    choose=(
        "pick {n}", "pick number {n}", "take number {n}", "choose {n}", "choose number {n}", "number {n}",
        "the {nth} one", "pick the {nth}", "pick the {nth} one", "take the {nth}", "take the {nth} one",
        "choose the {nth}", "choose the {nth} one",
    ),
    numbers=("one", "two", "three", "four"),
    ordinals=(("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th")),
    then=("and", "but", "then", "only"),
    having=("with",),
    because=("because", "cause", "cuz", "coz"),
    reasons=(
        "a", "all", "awful", "bad", "badly", "because", "before", "best", "better", "bit", "boring",
        "cause", "changed", "cool", "cooler", "coz", "creepy", "cuz", "did", "didn't", "didnt", "do",
        "does", "doesn't", "doesnt", "don't", "dont", "even", "ew", "fault", "fun", "funnier", "funny",
        "good", "got", "great", "hate", "hated", "horrible", "i", "idea", "is", "isn't", "isnt", "it",
        "it's", "its", "just", "last", "like", "liked", "look", "looked", "looks", "loved", "me", "meh",
        "mess", "messed", "mind", "mine", "misclick", "mistake", "more", "much", "my", "myself", "naah",
        "nah", "nice", "nicer", "no", "not", "oh", "oops", "preferred", "prettier", "pretty", "really",
        "right", "silly", "so", "sorry", "strange", "stupid", "such", "terrible", "than", "that", "that's",
        "thats", "the", "then", "these", "they", "think", "this", "time", "too", "turned", "typo", "ugly",
        "very", "was", "wasn't", "wasnt", "way", "weird", "went", "were", "what", "worse", "worst", "wrong",
        "yuck",
    ),
    sighs=(
        "oh", "oh no", "ah", "aw", "ew", "ugh", "argh", "hm", "huh", "mh", "uh", "um", "wait", "no wait",
        "no no", "hold on", "lol", "lmao", "haha", "omg", "damn", "oops", "yikes", "nah", "nope", "yes",
        "yeah", "sorry", "my bad", "no thanks",
    ),
    refusals=("no", "well", "actually", "alright"),
    undo_places=("step back",),
    polite=("please", "pls", "plz", "now", "ok", "okay"),
    greetings=(
        "hi", "hey", "hello", "yo", "good morning", "good evening", "good night", "good day", "bye",
    ),
    thanks=("thanks", "thank you", "thx", "ty", "cheers"),
    to_all=("all", "everyone", "everybody", "guys", "folks", "both", "you two"),
    mood=(
        "there", "so much", "very much", "a lot", "again",
        "that's enough", "that's it", "that's all", "that will do", "that's everything",
    ),
    praise=(
        "nice", "pretty", "cool", "beautiful", "lovely", "great", "perfect", "awesome", "amazing", "cute",
        "gorgeous", "sweet", "stunning", "brilliant", "wonderful", "fantastic", "adorable", "love",
        "excellent", "superb", "wow", "yay", "bravo",
    ),
    around_praise=(
        "oh", "ooh", "oooh", "aww", "aw", "ah", "ahh", "wow", "haha", "omg", "hey", "yes", "that", "thats",
        "that's", "this", "it", "its", "it's", "is", "was", "so", "very", "really", "quite", "just", "how",
        "what", "i", "we", "job", "work", "looks", "look", "turned", "came", "out", "well", "much",
        "lot", "absolutely", "already", "super", "here", "the", "result", "picture", "bot", "one", "bro",
        "dude", "mate",
    ),
)  # fmt: skip
