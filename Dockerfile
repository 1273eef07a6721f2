# docker build -t fluentcart-conformance .
# docker run --rm -v "$PWD/reports:/work/reports" -e FLUENTCART_USER -e FLUENTCART_APP_PASSWORD \
#   fluentcart-conformance run --base-url https://staging.example
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
COPY openapi ./openapi
COPY suites ./suites
RUN python -m venv /opt/tool && /opt/tool/bin/pip install --no-cache-dir .

FROM python:3.13-slim
COPY --from=build /opt/tool /opt/tool
RUN useradd --create-home --uid 1000 judge && install -d -o judge /work/reports
ENV PATH=/opt/tool/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER 1000
WORKDIR /work
VOLUME /work/reports
ENTRYPOINT ["fluentcart-conformance"]
CMD ["--help"]
