"""What moderators and the owner of the bot read: /admin."""

from bot.i18n import Language, Text

PAUSED = Text(
    "⏸️ I take nothing new on {where}. What was asked for is still made. `/admin resume` opens me again.",
    "⏸️ Ich nehme {where} nichts Neues an. Gewünschtes male ich noch. `/admin resume` öffnet mich wieder.",
)
RESUMED = Text("▶️ I am taking requests again {where}.", "▶️ Ich nehme {where} wieder Wünsche an.")
STILL_PAUSED = Text(
    "▶️ This server is open, but I am paused everywhere: the owner of the bot must open me again.",
    "▶️ Dieser Server ist offen, aber ich habe überall Pause: Der Besitzer des Bots muss mich wieder öffnen.",
)
DRAINING = Text(
    "⏳ I begin nothing more; {running} under way.", "⏳ Ich fange nichts mehr an; {running} in Arbeit."
)
DRAINED = Text(
    "✅ Nothing is under way any more, and {waiting} wait for the next start. I can be stopped now.",
    "✅ Nichts ist mehr in Arbeit, und {waiting} warten auf den nächsten Start. Ich kann angehalten werden.",
)
STILL_DRAINING = Text(
    "⏳ {running} are still under way. `/admin status` tells when they are done.",
    "⏳ {running} sind noch in Arbeit. `/admin status` sagt, wann sie fertig sind.",
)
RELOADED = Text(
    "✅ The language model is loaded anew: {model}.", "✅ Das Sprachmodell ist neu geladen: {model}."
)
NOT_RELOADABLE = Text(
    "This engine cannot load its language model anew; restart me instead.",
    "Diese Engine kann ihr Sprachmodell nicht neu laden; startet mich stattdessen neu.",
)
REPORTS_GO_TO = Text(
    "🚩 Reports go to {channel}: the picture is covered there, with buttons to delete or dismiss it.",
    "🚩 Meldungen gehen an {channel}: Das Bild ist dort verdeckt, mit Knöpfen zum Löschen oder Verwerfen.",
)
SHOWCASE_IS = Text(
    "🖼️ Pictures with {hearts} ❤️ are shown in {channel}, if their author said in `/gallery` or `/settings` "
    "that others may see them.",
    "🖼️ Bilder mit {hearts} ❤️ werden in {channel} gezeigt, wenn ihr Urheber in `/gallery` oder `/settings` "
    "gesagt hat, dass andere sie sehen dürfen.",
)
SHOWCASE_IS_NOWHERE = Text(
    "🖼️ No channel shows pictures here. What was shown stays until its picture is deleted.",
    "🖼️ Hier zeigt kein Kanal Bilder. Was gezeigt wurde, bleibt, bis sein Bild gelöscht wird.",
)
REPORTS_GO_NOWHERE = Text(
    "🚩 No channel of this server takes reports. Name one with `/admin reports channel:`.",
    "🚩 Kein Kanal dieses Servers nimmt Meldungen an. Nenne einen mit `/admin reports kanal:`.",
)
HERE = Text("here", "hier")
EVERYWHERE = Text("anywhere", "überall")
NOTHING_PURGED = Text("🧹 Nothing was waiting.", "🧹 Nichts hat gewartet.")
PURGED = Text("🧹 Cancelled {count} waiting.", "🧹 {count} Wartende abgebrochen.")

AMOUNTS = {
    "queued_per_user": Text("{amount} waiting", "{amount} wartend"),
    "hourly_per_user": Text("{amount} an hour", "{amount} je Stunde"),
    "daily_per_user": Text("{amount} a day", "{amount} am Tag"),
}
ANY_NUMBER = Text("any number", "beliebig viele")
AS_THE_OPERATOR_SET = Text(
    "{amounts}, as the operator set it", "{amounts}, wie der Betreiber es eingestellt hat"
)
FOR_EVERYBODY = Text("**For everybody**: {amounts}", "**Für alle**: {amounts}")
FOR_A_ROLE = Text("<@&{role}>: {amounts}", "<@&{role}>: {amounts}")
CHANNELS = Text("**Channels**: {channels}", "**Kanäle**: {channels}")
ROLES = Text("**Roles**: {roles}", "**Rollen**: {roles}")
A_MODEL = Text("**{model}**: in {channels}, for {roles}", "**{model}**: in {channels}, für {roles}")
A_GONE_MODEL = Text("{line} (there is no such model now)", "{line} (dieses Modell gibt es jetzt nicht)")
NO_MODELS = Text(
    "There is one model here, for everybody. The operator names others in `[models.NAME]` of bot.toml.",
    "Hier gibt es ein Modell, für alle. Weitere nennt der Betreiber in `[models.NAME]` der bot.toml.",
)
ALL_CHANNELS = Text("all", "alle")
ALL_ROLES = Text("everybody", "alle")
UPLOADS = Text("**Attached pictures** are edited for {who}", "**Angehängte Bilder** bearbeite ich für {who}")
WHOSE_UPLOADS = {
    "allow": Text("everybody", "alle"),
    "moderated": Text("moderators", "Moderatoren"),
    "off": Text("nobody", "niemanden"),
}

STATUS_HEAD = Text("**DiffChat {version}**, preset {preset}", "**DiffChat {version}**, Preset {preset}")
STATUS_DRAINING = Text(
    "⏳ I am draining: nothing new, and nothing more is begun.",
    "⏳ Ich laufe leer: nichts Neues, und nichts wird mehr angefangen.",
)
STATUS_PAUSED_EVERYWHERE = Text("⏸️ I am paused everywhere.", "⏸️ Ich habe überall Pause.")
STATUS_PAUSED = Text("⏸️ I am paused here.", "⏸️ Ich habe hier Pause.")
STATUS_OPEN = Text("🟢 I am taking requests.", "🟢 Ich nehme Wünsche an.")
STATUS_QUEUE = Text(
    "🗂️ {waiting} waiting, {running} under way{pace}", "🗂️ {waiting} wartend, {running} in Arbeit{pace}"
)
STATUS_PACE = Text(
    "; lately a picture takes about {seconds:.0f} s", "; ein Bild braucht zuletzt etwa {seconds:.0f} s"
)
STATUS_LIMITS = Text(
    "⏱️ at most {write:.0f} s for a prompt and for each look at a picture (/describe; the first one "
    "{first:.0f} s), {paint:.0f} s for painting",
    "⏱️ höchstens {write:.0f} s für einen Prompt und für jeden Blick auf ein Bild (/describe; der erste "
    "{first:.0f} s), {paint:.0f} s fürs Malen",
)
STATUS_WORKER = Text("⚙️ {kind}: {model}{restarts}", "⚙️ {kind}: {model}{restarts}")
STATUS_STARTING = Text("starting again", "startet wieder")
STATUS_RESTARTS = Text(", restarts: {count}", ", Neustarts: {count}")
STATUS_DISK = Text("💾 {free:.1f} GiB free of {total:.1f}", "💾 {free:.1f} GiB frei von {total:.1f}")
STATUS_FAILURE = Text("⚠️ job {job_id}: {cause}, <t:{at}:R>", "⚠️ Job {job_id}: {cause}, <t:{at}:R>")


def purged(language: Language, count: int) -> str:
    """After a purge."""
    return PURGED(language, count=count) if count else NOTHING_PURGED(language)
