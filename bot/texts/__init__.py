"""Every sentence the bot says to people, in every language it speaks.

How to add a sentence:
1. Take the file of its feature: `slash` what Discord shows of commands, `pictures` what stands around a
   picture, `answers`, `privacy`, `errors`, or a new one for a new feature. Nothing else holds sentences.
2. Give it a name, with English and German side by side: `DELETED = Text("It is gone.", "Es ist gelöscht.")`.
3. What changes in it stands in braces, under the same name everywhere: `Text("Hello {who}", "Hallo {who}")`.
   A value of people goes in escaped (`bot.chat.wording.prompt_diff.escape`); a value that is a `Text` is said
   in the same language. Where a count or a case changes the words, write a function over several texts.
4. Say it with a language: `words.DELETED(language)`, `words.HELLO(language, who=name)`. For the person alone
   it is `await bot.languages.of(interaction)`, for all who can read there `await bot.languages.around(...)`.
5. A command takes the English, `description=slash.IMAGINE.en`: Discord gets the others by
   `bot.client.command_translator`.
6. A new error names its text as `sentence`; whoever catches it knows whom it is told, and in which language.
7. Short sentences that say what to do next; in German "du". Names of commands stay the same everywhere.
8. tests/bot/texts/test_texts.py checks: nothing missing, the same placeholders, the fields of every call,
   Discord's limits.

9. `make translations` puts it into the files of the other languages, where it is to be translated.

English and German stand in the code, as those who write a sentence know both and mypy sees them. The others
are gettext files (`translations/*.po`), as their translators work apart from the code.
What only operators read (log, command line, settings) is English.
"""
