"""How people speak of one of two things by a property: its colour, its size, or that it came last.

`{d}` is "the red one" (in German in the accusative; `{d1}` nominative, `{d3}` dative), `{x}` a colour or a
size, `{y}` another thing.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language, patterns

REFERENCES: dict[str, dict[Language, tuple[str, ...]]] = {
    "ref_it": patterns(
        """
        make {d} {x}
        make {d} {x} (please|pls|too)
        {d} {x}
        {d} {x} (please|pls)
        {d} should be {x}
        and {d} should be {x}
        (and|now|but|then) make {d} {x}
        (and|now|but|then) {d} {x}
        i want {d} {x}
        i'd like {d} {x}
        (can|could) {d} be {x}(?|)
        (can|could) you make {d} {x}(?|)
        {d} needs to be {x}
        {d} would be (nicer|better|cooler) {x}
        i think {d} should be {x}
        {d}: {x}
        what if {d} was {x}(?|)
        i meant {d} to be {x}
        let {d} be {x}
        """,
        """
        mach {d} {x}
        mach {d} (bitte|mal|bitte mal|jetzt) {x}
        {d} {x}
        {d} (bitte|jetzt|dann|lieber) {x}
        {d1} {should} {x} (sein|werden)
        und {d1} {should} {x} sein
        (und|jetzt|aber) {d} {x}
        (und|jetzt|aber) mach {d} {x}
        {d} (will|möchte) ich {x}
        {d} hätt ich (gern|lieber) {x}
        ich (hätte|hätt) {d} gern {x}
        (kannst du|kannste|könntest du) {d} {x} machen?
        {d1} muss {x} (sein|werden)
        {d1} wär {x} (schöner|besser|cooler)
        ich (finde|find), {d1} {should} {x} sein
        ich will, dass {d1} {x} {is}
        was wenn {d1} {x} wär
        {d}: {x}
        kann {d1} {x} sein?
        """,
    ),
    "ref_gone": patterns(
        """
        remove {d}
        remove {d} (please|pls|again)
        (delete|lose) {d}
        get rid of {d}
        {d} can go
        {d} (has|needs) to go
        {d} should go
        (and|now|ok) remove {d}
        take {d} (out|away)
        i don't want {d} (anymore|in there|)
        we don't need {d}
        without {d}
        i don't like {d}, (remove it|take it out|get rid of it)
        (can|could) you remove {d}(?|)
        {d} away
        kick {d} out
        {d} is (ugly|annoying|too much), remove it
        """,
        """
        {d} weg
        {d} (bitte|wieder) weg
        mach {d} weg
        mach {d} (bitte|mal|wieder) weg
        nimm {d} (weg|raus)
        {d1} {can} weg
        {d1} {should} weg
        {d1} muss weg
        weg mit {d3}
        raus mit {d3}
        (lösch|entfern) {d}
        {d} (brauch ich|brauchen wir) nicht
        {d} (will|mag) ich nicht, (weg damit|raus damit)
        ohne {d}
        (kannst du|kannste) {d} wegmachen?
        und {d} weg
        {d1} stört, weg damit
        """,
    ),
    "ref_swap": patterns(
        """
        turn {d} into {y}
        (and|now|please) turn {d} into {y}
        make {d} {y}
        {d} should be {y}
        replace {d} with {y}
        (swap|switch) {d} for {y}
        {y} instead of {d}
        change {d} to {y}
        i want {y} instead of {d}
        (can|could) {d} be {y}(?|)
        let {d} become {y}
        """,
        """
        mach aus {d3} {y}
        (und|jetzt) mach aus {d3} {y}
        aus {d3} {y}
        statt {d3} {y}
        {y} statt {d3}
        {d1} {should} {y1} (sein|werden)
        tausch {d} gegen {y}
        ersetz {d} durch {y}
        verwandel {d} in {y}
        ich hätte statt {d3} (gern|lieber) {y}
        (kannst du|kannste) aus {d3} {y} machen?
        """,
    ),
    "as_done": patterns(
        """
        do (with|to) {x} what you did (with|to) {y}
        do the same (with|to) {x} as (with|to) {y}
        same for {x} as for {y}
        what you did with {y}, do it with {x} too
        (can|could) you do (with|to) {x} what you did (with|to) {y}(?|)
        {x} needs the same treatment as {y}
        remember what you did to {y}? {x} too
        you did it with {y}, now {x}
        i want for {x} what {y} got
        {x} should get what {y} got
        like you did with {y}, but for {x}
        the change you made to {y}, {x} too please
        """,
        """
        mach mit {x3} (das gleiche|dasselbe) wie mit {y3}
        mach mit {x3} was du mit {y3} gemacht hast
        (bei|mit) {x3} das gleiche wie (bei|mit) {y3} (bitte|vorhin|)
        was du mit {y3} gemacht hast, bitte auch mit {x3}
        was du bei {y3} gemacht hast, auch bei {x3}
        (kannste|kannst du) mit {x3} das gleiche machen wie mit {y3}?
        wie bei {y3} vorhin, jetzt auch bei {x3}
        für {x} das gleiche wie für {y}
        die änderung von {y3} auch bei {x3}
        das gleiche wie mit {y3} jetzt mit {x3}
        """,
    ),
}
