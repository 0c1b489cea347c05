"""Reference pictures, after which others are painted: what is said of them, and words that ask for one."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.i18n import Language, Text
from model.engine import ReferenceAs

NO_REFERENCE = Text(
    "The model here cannot take style or character from another picture. Say in words what they are like.",
    "Das Modell hier kann Stil oder Figur nicht von einem anderen Bild nehmen. Sag in Worten, wie sie sind.",
)
REFERENCE_IN_REPLIES = Text(
    "The model here paints after another picture only where it changes one. Make a picture first, and reply "
    "to it with yours attached.",
    "Das Modell hier malt nur dort nach einem anderen Bild, wo es eines ändert. Mach erst ein Bild und "
    "antworte darauf mit deinem als Anhang.",
)
REFERENCE_GONE = Text(
    "The picture that this was painted after was deleted. Attach one again, or go on with the words “without "
    "the reference”.",
    "Das Bild, nach dem das gemalt war, wurde gelöscht. Häng wieder eines an, oder mach mit den Worten „ohne "
    "die Vorlage“ weiter.",
)
IMAGE_OR_REFERENCE = Text(
    "Choose one of `image` and `reference`: the first is what I start from, the second what I paint after.",
    "Nimm nur eines von `bild` und `vorlage`: Vom ersten gehe ich aus, nach dem zweiten male ich.",
)
REFERENCE_MISSING = Text(
    "`reference_as` says what I take from the picture in `reference`: attach one there.",
    "`vorlage_für` sagt, was ich aus dem Bild in `vorlage` nehme: Häng dort eines an.",
)

AS_REFERENCE = Text("As reference", "Als Vorlage")
# The form behind it: title and labels at most 45 characters.
FORM_TITLE = Text("Paint after this picture", "Nach diesem Bild malen")
FORM_WORDS = Text("What should the picture show?", "Was soll auf dem Bild sein?")
FORM_PLACEHOLDER = Text("a castle by the sea", "a castle by the sea")
FORM_TAKE = Text("What do I take from this one?", "Was nehme ich von diesem?")
TAKE: dict[ReferenceAs, Text] = {
    "style": Text("Its style", "Seinen Stil"),
    "character": Text("Its character", "Seine Figur"),
}

# One line by the picture.
PAINTED_AFTER: dict[ReferenceAs, Text] = {
    "style": Text(
        "-# 🖼️ In the style of a reference picture. “without the reference” ends that.",
        "-# 🖼️ Im Stil einer Vorlage. „ohne die Vorlage“ beendet das.",
    ),
    "character": Text(
        "-# 🖼️ With the character of a reference picture. “without the reference” ends that.",
        "-# 🖼️ Mit der Figur einer Vorlage. „ohne die Vorlage“ beendet das.",
    ),
}
INFO: dict[ReferenceAs, Text] = {
    "style": Text("**Reference** the style of a picture", "**Vorlage** der Stil eines Bildes"),
    "character": Text("**Reference** the character of a picture", "**Vorlage** die Figur eines Bildes"),
}

_PICTURE: Mapping[Language, str] = MappingProxyType(
    {
        Language.ENGLISH: r"(?:picture|image|photo|painting|drawing|reference|attachment|one)",
        Language.GERMAN: r"(?:bild(?:e?s)?|fotos?|gemäldes?|zeichnung|vorlage|anhangs?)",
        Language.FRENCH: r"(?:image|photo|dessin|tableau|référence)",
        Language.SPANISH: r"(?:imagen|foto|dibujo|cuadro|referencia)",
        Language.PORTUGUESE: r"(?:imagem|foto|desenho|quadro|referência)",
        Language.JAPANESE: r"(?:参考画像|画像|絵|写真)",
    }
)

IN_THE_STYLE: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        Language.ENGLISH: (
            (
                r"\b(?:in|with|using) (?:the |a )?(?:same )?(?:style|look) (?:of|as|from|like)(?: in| on)?"
                rf" (?:(?:this|that|the|the attached)(?: {_PICTURE[Language.ENGLISH]})\b|(?:this|that)\b"
                r"(?! (?!(?:but|and|please|with|at|on|now)\b)\w))"
            ),
            r"\bin (?:this|that|the same) (?:style|look)\b",
        ),
        Language.GERMAN: (
            (
                r"\bim (?:selben |gleichen )?stil (?:von |wie )?(?:auf |in )?(?:diesem|dieses|dem|des|jenem)"
                rf" {_PICTURE[Language.GERMAN]}\b"
            ),
            (
                r"\b(?:im stil (?:von|wie) (?:diesem|diesen|hier)|im (?:selben|gleichen) stil"
                r"|in (?:diesem|jenem) stil)\b"
            ),
        ),
        Language.FRENCH: (
            (
                r"\bdans le (?:même )?style (?:de|que)(?: sur)? (?:cette |ce |cet |l'|la |le )"
                rf"{_PICTURE[Language.FRENCH]}\b"
            ),
            r"\bdans (?:ce|le même) style\b",
        ),
        Language.SPANISH: (
            (
                r"\b(?:en el|al|con el) (?:mismo )?estilo (?:de|que)(?: en)? (?:est[ae]|la|el)"
                rf" {_PICTURE[Language.SPANISH]}\b"
            ),
            r"\b(?:en este|con este|en el mismo|con el mismo) estilo\b",
        ),
        Language.PORTUGUESE: (
            (
                r"\b(?:no|com o) (?:mesmo )?estilo (?:d?est[ae]|dess[ae]|da|do|que (?:n?est[ae]|na|no))"
                rf" {_PICTURE[Language.PORTUGUESE]}\b"
            ),
            r"\b(?:neste|nesse|no mesmo|com o mesmo) estilo\b",
        ),
        Language.JAPANESE: (
            rf"(?:この|あの|その)?{_PICTURE[Language.JAPANESE]}の(?:スタイル|画風|作風|雰囲気)で",
            r"(?:この|同じ)(?:スタイル|画風|作風)で",
        ),
    }
)
"""Patterns of words that ask for a picture's style; they are no words for the picture itself."""

SAME_CHARACTER: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        Language.ENGLISH: (
            (
                r"\b(?:the|this|that) same (?P<who>character|person|figure|subject|man|woman|girl|boy|child"
                r"|kid|hero|animal|creature|dog|cat|fox|horse|bird|dragon|robot|monster|mascot)\b"
                r"(?P<of> (?:as|from|like)(?: in| on)? (?:this|that|the|the attached)"
                rf" {_PICTURE[Language.ENGLISH]}\b)?"
            ),
        ),
        Language.GERMAN: (
            (
                r"\b(?:(?:die|der|den|das|dem)selben?|(?:die|der|den|das|dem) gleichen?)"
                r" (?P<who>figur|person|charakter|mann|frau|mädchen|junge|kind|held|heldin|tier|wesen|hund"
                r"|katze|fuchs|pferd|vogel|drache|drachen|roboter|monster|maskottchen)\b"
                rf"(?P<of> (?:wie )?(?:auf|in|aus) (?:diesem|dem|jenem) {_PICTURE[Language.GERMAN]}\b)?"
            ),
        ),
        Language.FRENCH: (
            (
                r"\b(?:le|la|du|au) même (?P<who>personnage|personne|homme|femme|fille|garçon|enfant|animal"
                r"|chien|chat|renard|cheval|oiseau|dragon|robot|monstre)\b"
                rf"(?P<of> que (?:sur|dans) (?:cette |ce |l'){_PICTURE[Language.FRENCH]}\b)?"
            ),
        ),
        Language.SPANISH: (
            (
                r"\b(?:el mismo|la misma|al mismo|del mismo) (?P<who>personaje|persona|hombre|mujer|chica"
                r"|chico|niña|niño|animal|perro|gato|zorro|caballo|pájaro|dragón|robot|monstruo)\b"
                rf"(?P<of> (?:que |de )?(?:en )?est[ae] {_PICTURE[Language.SPANISH]}\b)?"
            ),
        ),
        Language.PORTUGUESE: (
            (
                r"\b[oa] mesm[oa] (?P<who>personagem|pessoa|homem|mulher|menina|menino|criança|animal|cão"
                r"|cachorro|gato|raposa|cavalo|pássaro|dragão|robô|monstro)\b"
                rf"(?P<of> (?:que )?[dn]?est[ae] {_PICTURE[Language.PORTUGUESE]}\b)?"
            ),
        ),
        Language.JAPANESE: (
            (
                rf"(?P<of>(?:この|あの){_PICTURE[Language.JAPANESE]})?(?:の|と)?同じ"
                r"(?P<who>キャラクター|キャラ|人物|人|動物)"
            ),
        ),
    }
)
"""Patterns of words that ask for whom a picture shows; `who` is what stays of them in the picture's words.

`of` says of which picture: without it, "the same fox" may be the one of the conversation.
"""

WITHOUT: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        Language.ENGLISH: (r"\bwithout (?:the |that |this |any )?reference(?: picture| image)?\b",),
        Language.GERMAN: (r"\bohne (?:die |das |eine )?(?:vorlage|referenz(?:bild)?)\b",),
        Language.FRENCH: (r"\bsans (?:la |l'image de |image de )?référence\b",),
        Language.SPANISH: (r"\bsin (?:la |imagen de |la imagen de )?referencia\b",),
        Language.PORTUGUESE: (r"\bsem (?:a |imagem de |a imagem de )?referência\b",),
        Language.JAPANESE: (r"(?:参照|参考)(?:画像)?(?:なし|無し)(?:で)?",),
    }
)
"""Patterns of words after which a picture is painted without its reference."""
