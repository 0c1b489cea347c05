"""The engine whose models are elsewhere: any servers that speak OpenAI's protocol.

`engine` is the `Engine`. `words` and `pictures` make its requests, `answers` reads what comes back, `pool`
chooses among several servers and tries again, `server` is one of them, `listing` what it says it offers,
`proxies` the way to it, `failures` turns whatever goes wrong into `model.errors`, `probe` asks everything
once for `check`.

Looked up for this: OpenAI's API reference (pages "Chat Completions", "Images", "Image streaming"); vLLM's
"OpenAI-Compatible Server"; vLLM-Omni's "Image Generation API" and "Image Edit API"; SGLang's "SGLang
Diffusion OpenAI API"; the help of `transformers serve`.
"""
