"""A thing is named first, and a pronoun then says what shall become of it: "see the dog? make it red"."""

from __future__ import annotations

from training.tiny.wishes.voice import patterns

RECOLOUR = patterns(
    """
    {thing}, (make|paint|color|turn) {it} {colour}
    {thing}: (make|paint|turn) {it} {colour} (please|)
    (you see|see|do you see|you know) {thing}? (make|paint|turn) {it} {colour}
    (take|grab|look at) {thing} and (make|paint|turn) {it} {colour}
    what about {thing}? (make|paint) {it} {colour}
    {thing}... i want {it} {colour}
    {thing}? i'd (like|prefer|love) {it} {colour}
    there's {thing}, i want {it} in {colour}
    as for {thing}, (make|paint|i want) {it} {colour}
    {thing}, (could|can) you make {it} {colour}?
    {thing}, can i (get|have) {it} in {colour}?
    (regarding|concerning|about) {thing}: i need {it} {colour}
    it's about {thing}. (make|paint|i want) {it} {colour}
    {nom} {is} nice but i want {it} {colour}
    """,
    """
    {nom}: mach {es} (bitte|mal|) {colour}
    (siehst du|siehste|kennst du) {thing}? mach {es} (bitte|mal|) {colour}
    schau dir {thing} an und (mach|mal|färb) {es} {colour}
    nimm {thing} und (mach|färb) {es} {colour}
    was ist mit {dat}? mach {es} (doch|bitte|mal|) {colour}
    {nom}... {er} {soll} {colour} sein
    {nom}? {er} {soll} {colour} sein
    {nom}? ich hätt {es} (gern|lieber) {colour}
    {nom}, {kann} {er} (bitte|auch|) {colour} sein?
    {nom}, kann ich {es} in {colour} haben?
    (was {thing} angeht|apropos {nom}|zu {dat}): {er} {soll} {colour} sein
    es geht um {thing}. {er} {soll} {colour} (sein|werden)
    {nom} {ist} schön, aber ich will {es} {colour}
    {nom} {gefällt} mir, aber {er} {soll} {colour} sein
    """,
)
TO_SIZE = patterns(
    """
    {thing}, make {it} {size}
    (you see|see|do you see|you know) {thing}? make {it} {size}
    {thing}? i'd (like|prefer|love) {it} {size}
    as for {thing}, (make|i want) {it} {size}
    {thing}, (could|can) you make {it} {size}?
    it's about {thing}. (make|i want) {it} {size}
    {nom} {is} nice but i want {it} {size}
    """,
    """
    {nom}: mach {es} (bitte|mal|) {size}
    (siehst du|siehste|kennst du) {thing}? mach {es} (bitte|mal|) {size}
    {nom}? {er} {soll} {size} sein
    {nom}? ich hätt {es} (gern|lieber) {size}
    {nom}, {kann} {er} (bitte|auch|) {size} sein?
    es geht um {thing}. {er} {soll} {size} (sein|werden)
    {nom} {ist} schön, aber ich will {es} {size}
    """,
)
BIGGER = patterns(
    """
    {thing}, make {it} (bigger|a bit bigger|larger)
    (you see|see|do you see) {thing}? (barely, make {it} bigger|make {it} bigger)
    as for {thing}, make {it} (bigger|larger)
    {thing}, (could|can) you make {it} (bigger|a bit bigger|larger)?
    {nom} {is} nice but i want {it} bigger
    take {thing} and make {it} (bigger|larger)
    """,
    """
    {nom}: mach {es} (bitte|mal|bissl|) größer
    siehst du {thing}? (kaum, mach {es} größer|mach {es} mal größer)
    {nom}? {er} {soll} größer sein
    {nom}, {kann} {er} (bitte|etwas|) größer sein?
    {nom} {ist} schön, aber ich will {es} größer
    es geht um {thing}. {er} {soll} größer werden
    """,
)
SMALLER = patterns(
    """
    {thing}, make {it} (smaller|a bit smaller)
    (you see|see|do you see) {thing}? make {it} smaller
    as for {thing}, make {it} smaller
    {thing}, (could|can) you make {it} (smaller|a bit smaller)?
    {nom} {is} nice but i want {it} smaller
    take {thing} and make {it} smaller
    """,
    """
    {nom}: mach {es} (bitte|mal|bissl|) kleiner
    siehst du {thing}? mach {es} (bitte|mal|) kleiner
    {nom}? {er} {soll} kleiner sein
    {nom}, {kann} {er} (bitte|etwas|) kleiner sein?
    {nom} {ist} schön, aber ich will {es} kleiner
    es geht um {thing}. {er} {soll} kleiner werden
    """,
)
REMOVE = patterns(
    """
    {thing}, (remove|delete|drop|lose) {it}
    {thing}: (take|get) {it} out
    (you see|see|do you see) {thing}? (i don't want to, remove {it}|remove {it}|make {it} disappear)
    as for {thing}, (remove|delete|drop) {it}
    {thing}, (could|can) you (remove|delete|erase) {it}?
    it's about {thing}. (remove|delete) {it}
    {nom} {is} nice but (remove|delete|drop) {it}
    (take|grab) {thing} and throw {it} out
    {thing}... can we (remove|delete) {it}?
    there's {thing}, (remove|delete|erase) {it} (please|)
    """,
    """
    {nom}: mach {es} (bitte|mal|) weg
    (siehst du|siehste) {thing}? (mach {es} weg|ich will {es} nicht sehen|nimm {es} raus)
    was ist mit {dat}? mach {es} (doch|bitte|mal|) weg
    {nom}? {er} {soll} (weg|verschwinden)
    {nom}, {kann} {er} (bitte|) weg?
    (was {thing} angeht|apropos {nom}|zu {dat}): {er} {soll} weg
    es geht um {thing}. {er} {muss} (weg|raus)
    {nom} {ist} schön, aber {er} {muss} weg
    nimm {thing} und (wirf|schmeiß) {es} raus
    da {ist} {nom}, mach {es} (bitte|mal|) weg
    """,
)
REPLACE = patterns(
    """
    {thing}, (make|turn) {it} into {new}
    (you see|see) {thing}? (make|turn) {it} into {new}
    as for {thing}, (make|turn) {it} into {new}
    {thing}, (could|can) you (turn|change) {it} into {new}?
    take {thing} and (turn|change|make) {it} into {new}
    {nom} {is} nice but replace {it} with {new}
    """,
    """
    {nom}: ersetz {es} (bitte|mal|) durch {new}
    (siehst du|siehste) {thing}? tausch {es} (bitte|mal|) gegen {new}
    nimm {thing} weg und (setz|mal|stell) {new} an die Stelle
    {nom}? da hätt ich (gern|lieber) {new}
    {nom} ist schön, aber tausch {es} gegen {new}
    es geht um {thing}. ersetz {es} durch {new}
    """,
)
