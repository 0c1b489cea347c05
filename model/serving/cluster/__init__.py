"""Our models on many GPUs and machines: the routes of `openai_server` as a Ray Serve application.

Ray is the extra `cluster`; only this package and `model.serving.ray_app` import it.
"""
