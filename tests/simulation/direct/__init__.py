"""Many rounds of a simulated server without Discord: votes go straight into the bot's tables.

From the export on everything is the code people run: `python -m training preferences export, clean, pairs`,
`dpo` or `kto`, `promote`. What is left out is what other tests hold: Discord, the bot, its queue.
"""
