# syntax=docker/dockerfile:1
# The bot, and the server of its models (docs/operating.md, "In containers").
#
#   docker build --target cpu  --tag diffchat-bot:cpu  .    PyTorch without CUDA: TinyWorld, or models elsewhere
#   docker build --target cuda --tag diffchat-bot:cuda .    with CUDA's libraries; the host has the driver alone
#
# The container needs nothing writable but /data (database, pictures), /models (what is fetched from the model
# hub) and /tmp. Python is the version that the tests run on.

FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PYTHON_DOWNLOADS=never \
    VIRTUAL_ENV=/opt/diffchat
# the version of the Makefile
RUN pip install --no-cache-dir uv==0.13.9 && uv venv "$VIRTUAL_ENV"
WORKDIR /src
COPY pyproject.toml requirements.lock ./

FROM build AS build-cpu
# uv takes PyTorch from PyTorch's own index of builds for the CPU, and everything else from PyPI
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip install --torch-backend cpu --constraint requirements.lock \
    --requirements pyproject.toml --extra postgres --extra s3 --extra tracing
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip install --no-deps --build-constraint requirements.lock .

FROM build AS build-cuda
# PyPI's builds of PyTorch bring CUDA's libraries as packages, so no CUDA base image is needed
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip install --constraint requirements.lock \
    --requirements pyproject.toml --extra postgres --extra s3 --extra tracing
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv pip install --no-deps --build-constraint requirements.lock .

FROM python:3.11-slim-bookworm AS runtime
# A number, not a name, in USER: Kubernetes checks `runAsNonRoot` by it.
# Named volumes take owner and mode of the image's folders when they are made.
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /models --shell /usr/sbin/nologin diffchat \
    && install --directory --owner=diffchat --group=diffchat --mode=0700 /data /models
# HOME: the caches of Hugging Face, Triton and others lie below it
ENV PATH="/opt/diffchat/bin:$PATH" \
    HOME=/models \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DIFFCHAT__STORE__DATA_DIR=/data \
    DIFFCHAT__METRICS__SERVE=true \
    DIFFCHAT__METRICS__HOST=0.0.0.0
WORKDIR /srv/diffchat
# every default; mount your own over it, or set DIFFCHAT__SECTION__KEY
COPY bot.toml ./
USER 10001:10001
VOLUME ["/data", "/models"]
EXPOSE 9108
STOPSIGNAL SIGTERM
# 503 while models load: that is what the start period is for. `python -m model serve` needs another one.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9108/healthz', timeout=8)"]
ENTRYPOINT ["diffchat"]
CMD ["run"]

FROM runtime AS cuda
# what NVIDIA's container toolkit is to hand in, where it runs as the runtime
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=build-cuda /opt/diffchat /opt/diffchat

FROM runtime AS cpu
COPY --from=build-cpu /opt/diffchat /opt/diffchat
