"""How people say that the bot miscounted, went the wrong way, replaced what was to stay, or did not listen.

`{x}` is what was asked for, `{y}` what came instead; `{i}` is the wish as it was typed.
"""

from __future__ import annotations

from training.tiny.wishes.voice import Language, patterns

MISTAKES: dict[str, dict[Language, tuple[str, ...]]] = {
    "miscounted": patterns(
        """
        i said {x}, not {y}
        i said {x} {many}, not {y}
        (no|nope|um|hm), {x}, not {y}
        {x} {many}, not {y}
        (that's|these are|i see) {y}, i (said|wanted|asked for) {x}
        that's {y}, not {x}
        (can you count?|learn to count,|count again,|count them:) {x}
        i (wanted|asked for|ordered|said) {x}
        i (wanted|asked for|ordered|said) {x} {many}
        (wrong number|wrong amount), {x} (please|)
        why {y}? i said {x}
        {y}?? {x}!
        not {y}, {x}
        {x}!! not {y}
        it should be {x}, not {y}
        there should be {x}, not {y}
        make it {x}, not {y}
        close, but i said {x}
        {x} (pls|please), not {y}
        i (count|see) {y}, should be {x}
        """,
        """
        ich (sagte|wollte) {x}, nicht {y}
        ich (sagte|wollte) {x} {many}, nicht {y}
        (nein|ne|nee|äh|hm), {x}, nicht {y}
        {x} {many}, nicht {y}
        das sind {y}, ich wollte {x}
        das sind {y}, nicht {x}
        (kannst du zählen?|zähl nochmal,|lern zählen,|zähl mal nach:) {x}
        ich (wollte|sagte) {x} {many}
        (falsche anzahl|falsche zahl), {x} bitte
        (wieso|warum) {y}? ich (sagte|wollte) {x}
        {y}?? {x}!
        nicht {y}, {x}
        nicht {y}, sondern {x}
        es sollten {x} sein, nicht {y}
        es (sollen|müssen) {x} sein, nicht {y}
        mach {x} draus, nicht {y}
        fast, aber ich wollte {x}
        ich seh {y}, sollten {x} sein
        ich hab {x} gesagt und nicht {y}
        """,
    ),
    "wrong_way": patterns(
        """
        i said {x}, not {y}
        (no|nope|um|uh), {x}, not {y}
        (wrong way|wrong direction|other way|the other way), i said {x}
        (wrong way|wrong direction|the other way round)!
        (the opposite|the exact opposite) (please|pls|of that|)
        you made it {y}, i said {x}
        now it's {y}, i wanted it {x}
        {x}!! not {y}
        that's {y}, not {x}
        not {y}, {x}
        why {y}? i said {x}
        it got {y}, it should be {x}
        i wanted it {x}, not {y}
        did i say {y}? {x}!
        the other direction, {x}
        (hm|hmm|ok) that's {y}. i meant {x}
        """,
        """
        ich (sagte|wollte|meinte) {x}, nicht {y}
        (nein|ne|nee|äh), {x}, nicht {y}
        (falsche richtung|andersrum|anders rum), ich (sagte|wollte) {x}
        (falsche richtung|andersrum|anders rum|genau andersrum)!
        genau das gegenteil (bitte|wollte ich|)
        du hast es {y} gemacht, ich (sagte|wollte) {x}
        jetzt ist es {y}, ich wollte {x}
        {x}!! nicht {y}
        das ist {y}, nicht {x}
        nicht {y}, {x}
        nicht {y}, sondern {x}
        (wieso|warum) {y}? ich sagte {x}
        hab ich {y} gesagt? {x}!
        in die andere richtung, {x}
        das sollte {x} werden, nicht {y}
        ich hab {x} gesagt und nicht {y}
        """,
    ),
    "both_wanted": patterns(
        """
        i wanted both
        (no,|but|hey,) i wanted both
        both, not just {y}
        (in addition|additionally), not instead
        i said add, not replace
        (don't|do not) replace {x}, (add|just add) {y}
        (where is|what happened to) {x}? i wanted both
        {x} should (stay|still be there)
        keep {x} (too|as well|though)
        {x} and {y} please
        {x} AND {y}
        {y} and {x}, both
        not instead of {x}, (next to {it}|in addition)
        i wanted {y} next to {x}
        {x} as well, not only {y}
        {x} too, i never said {it} should go
        (together|both together), i mean
        with {x}, not without
        {y} (good|ok|fine), but {x} should still be there
        """,
        """
        ich wollte beides
        (nein,|aber|hey,|ne,) ich wollte beides
        (dazu|zusätzlich), nicht stattdessen
        (dazu|zusätzlich) hab ich gesagt, nicht stattdessen
        nicht (statt|anstatt) {x}, sondern dazu
        nicht {x} ersetzen, sondern {y} dazu
        wo {is} {x1} hin? ich wollte beides
        {x1} {should} (bleiben|auch noch da sein|dableiben)
        {x} (auch|trotzdem|aber) behalten
        {x} und {y} bitte
        {x} UND {y}
        beides, nicht nur {y}
        ich wollte {y} neben {x3}
        {x} auch, nicht nur {y}
        {x} auch, von weg war nie die rede
        beides zusammen (halt|bitte|mein ich)
        mit {x3}, nicht ohne
        {y} (ist gut|passt|ok), aber {x} will ich auch noch
        """,
    ),
    "said_again": patterns(
        """
        i said: {i}
        i said {i}
        no, i said: {i}
        (no!|nooo!|wrong!|nope!) {i}
        read again: {i}
        {i}!!!
        {i} - (like i said|as i said|that's what i said)
        that's not what i (said|asked for|wanted). {i}
        (hello??|bro,|dude,|omg) i said {i}
        what i wrote was: {i}
        listen: {i}
        (once more for you:|i repeat:|let me repeat:) {i}
        """,
        """
        ich sagte: {i}
        ich hab gesagt: {i}
        nein, ich sagte: {i}
        (nein!|neeein!|falsch!|ne!) {i}
        lies nochmal: {i}
        {i}!!!
        {i} - (wie gesagt|das hab ich gesagt)
        das hab ich nicht (gesagt|gewollt). {i}
        (hallo??|alter,|mensch,|man ey,) ich sagte {i}
        was ich geschrieben hab: {i}
        hör zu: {i}
        (ich wiederhole:|nochmal für dich:) {i}
        """,
    ),
}
