# Byline's web chat over the articles in /articles, with its archive in the volume /data:
#
#   docker build -t byline .
#   docker run -p 127.0.0.1:7860:7860 -v byline:/data -v ./articles:/articles:ro \
#       -e RAG_AUTH=token byline
#
# Nothing is fetched while it runs: the model's weights are in the locked wheels.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/byline
WORKDIR /src
COPY requirements.lock .
RUN /opt/byline/bin/pip install --no-deps --require-hashes --only-binary :all: -r requirements.lock
COPY pyproject.toml README.md LICENSE ui.py ./
COPY rag rag
COPY prompts prompts
# The build system is in the lock, too.
RUN /opt/byline/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
# Number 1000, as Hugging Face's Spaces run it.
RUN useradd --create-home --uid 1000 byline \
    && install -d -o byline -g byline -m 0700 /data \
    && install -d -o byline -g byline /articles
COPY --from=build /opt/byline /opt/byline
COPY --chown=byline:byline seeds /seeds
COPY --chmod=0755 deploy/start /usr/local/bin/byline-start
USER byline
WORKDIR /home/byline
ENV PATH=/opt/byline/bin:$PATH PYTHONUNBUFFERED=1 \
    RAG_HOME=/data/byline RAG_CORPUS=/articles RAG_HOST=0.0.0.0 RAG_HOSTS=localhost
VOLUME /data
EXPOSE 7860
# The first start ingests before it serves.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/healthz')"]
CMD ["byline-start"]
