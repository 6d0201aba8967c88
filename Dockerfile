# Samverkansguiden in a container: docs/operations.md#in-containers.
# What the program needs, from locked packages with their hashes; nothing is compiled.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /build/requirements.txt
RUN python -m venv /venv
RUN /venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --only-binary=:all: --require-hashes -r /build/requirements.txt

FROM python:3.11-slim-bookworm
# pg_dump, pg_restore and psql, for backups.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --no-create-home --uid 10001 --home-dir /app --shell /usr/sbin/nologin guide
COPY --from=packages /venv /venv
COPY pyproject.toml LICENSE /app/
COPY locales /app/locales
COPY dialogs /app/dialogs
COPY storage /app/storage
COPY bot /app/bot
WORKDIR /app
RUN /venv/bin/python -m compileall -q bot dialogs storage
# What is written: files and the register of erasures where no other store is set, and what child processes make.
RUN install --directory --owner=guide --group=guide --mode=0700 /app/var /app/var/tmp
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/app/var/tmp \
    HOST=0.0.0.0 \
    METRICS_PORT=9100
VOLUME /app/var
EXPOSE 8080 9100
USER guide
# Of web and worker alike: METRICS_PORT has /healthz, too, and a worker has no other door.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['METRICS_PORT'] + '/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "serve"]
