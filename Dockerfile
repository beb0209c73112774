# The image that takes the place of the prebuilt monitoring container.
#
#   docker build -t tidemark:0.1.0 .
#   docker build -t tidemark:0.1.0-python --target python .
#
# It runs `tidemark container`; any other command line follows the image's name:
#
#   docker run --rm -v "$PWD:/work" -w /work tidemark:0.1.0 check capture -b baseline -o report
#
# Reproducible: the packages are those of package-lock.json, checked by their hashes, and in the
# tree every time is SOURCE_DATE_EPOCH and every mode is set. A tag can be moved; for the same bytes
# in a year give the digest too, --build-arg NODE_IMAGE=node:20.20.2-bookworm-slim@sha256:<digest>,
# and let BuildKit set the times of the folders around it: --build-arg SOURCE_DATE_EPOCH=0
# --output type=image,rewrite-timestamp=true.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json rolldown.config.ts compile-chunks.ts LICENSE ./
COPY schema schema
COPY src src
RUN npm run build && npm ci --ignore-scripts --omit=dev
ARG SOURCE_DATE_EPOCH=0
RUN mkdir /tree \
 && mv dist schema node_modules package.json LICENSE /tree \
 && chmod -R u=rwX,go=rX /tree \
 && chmod 755 /tree/dist/cli.cjs \
 && find /tree -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +

FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="tidemark" \
      org.opencontainers.image.description="Drift analysis in the files of SageMaker Model Monitor" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /tree /opt/tidemark
RUN ln -s /opt/tidemark/dist/cli.cjs /usr/local/bin/tidemark
ENV NODE_ENV=production
# There is no USER: SageMaker mounts /opt/ml for root, and the exit message would be lost. Nothing
# in the image needs root: elsewhere run it with --user, or runAsNonRoot in Kubernetes.
STOPSIGNAL SIGTERM
# No shell stands between: the first process is node, which gets the signal and ends with 143. A
# ContainerEntrypoint of a job definition replaces the one, ContainerArguments the other.
ENTRYPOINT ["tidemark"]
CMD ["container"]

# The same with python3, for hooks written in Python.
FROM runtime AS python
# Debian keeps only the newest build of a release's package: a pinned one could not be installed.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*

# Without --target the last stage is built: the one without Python.
FROM runtime AS tidemark
