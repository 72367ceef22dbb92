# newscrawl as one image: the crawler, the delivery and the one-shot jobs of docker-compose.yml.
# Python is the version that the tests run on; compilers and build tools stay in the first stage.

FROM python:3.11.14-slim-bookworm AS build

# camel-kenlm and a few small packages come as source on some machines.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential cmake zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9

ENV VIRTUAL_ENV=/opt/venv \
    UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1
RUN uv venv --python /usr/local/bin/python /opt/venv

# Dependencies first: a change in our own code then costs no download. There is no way round the CPU-only
# torch here, unlike in the Makefile: the default index would put 4 GB of CUDA into the image.
WORKDIR /src
COPY pyproject.toml constraints.txt ./
RUN uv pip install --torch-backend cpu --constraint constraints.txt --requirement pyproject.toml

COPY README.md LICENSE ./
COPY newscrawl newscrawl
RUN uv pip install --no-deps .


FROM python:3.11.14-slim-bookworm

# A uid that no user of the host has. A new named volume takes owner and mode of the folder that it covers, so
# both folders must be there: /data for the archive, /keys for the API key that the job `bootstrap` writes and
# the crawler reads. No VOLUME: it would give each one-shot job an empty volume of its own.
RUN groupadd --gid 10001 newscrawl \
    && useradd --uid 10001 --gid 10001 --create-home --shell /usr/sbin/nologin newscrawl \
    && install --directory --owner=newscrawl --group=newscrawl --mode=0700 /data /keys

COPY --from=build /opt/venv /opt/venv
COPY docker/crawl-loop.sh /usr/local/bin/crawl-loop

# camel-tools makes ~/.camel_tools when it is imported, so HOME must be writable; its models, if any are
# fetched, go to the volume. SCRAPY_SETTINGS_MODULE stands for the scrapy.cfg of a checkout.
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/home/newscrawl \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SCRAPY_SETTINGS_MODULE=newscrawl.settings \
    NEWSCRAWL_STORE_URL=sqlite:////data/newscrawl.db \
    CAMELTOOLS_DATA=/data/camel_tools

WORKDIR /data
USER 10001:10001
CMD ["newscrawl", "--help"]
