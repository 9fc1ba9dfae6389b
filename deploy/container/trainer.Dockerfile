# The trainer, for NVIDIA GPUs: `deploy/container/build.sh trainer`, from a project that was built with `mvn -Pcu118`.
# For processors: `deploy/container/build.sh trainer --build-arg NATIVES=cpu --build-arg BASE=eclipse-temurin:17-jre-jammy`.
#
# There is no RUN: every file comes from the base images or from a COPY below, so `layout.sh` can make the same tree without Docker.
ARG BASE=nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04
FROM ${BASE}

ARG NATIVES=cu118
ARG VERSION=unversioned
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lesionstream trainer (${NATIVES})" \
      org.opencontainers.image.description="Trains, judges, exports and promotes the checkpoints of Lesionstream" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# What changes seldom comes first, so that an upgrade pulls the small layers only.
COPY --from=eclipse-temurin:17-jre-jammy /opt/java/openjdk/ /opt/java/openjdk/
COPY deploy/container/target/natives/${NATIVES}/cache/ /opt/lesionstream/natives/
COPY deploy/container/target/natives/${NATIVES}/trainer/ /opt/lesionstream/trainer/lib/
COPY trainer/target/lib/ /opt/lesionstream/trainer/lib/
COPY trainer/target/trainer.jar /opt/lesionstream/trainer/trainer.jar
COPY deploy/container/target/sbom/trainer/ /opt/lesionstream/
COPY LICENSE /opt/lesionstream/LICENSE
COPY --chown=65532:65532 deploy/container/scratch/ /scratch/

# The natives are unpacked above; without ENGINE_CACHE_DIR the engine would unpack them at the first start, into a home that nobody has.
ENV LANG=C.UTF-8 \
    JAVA_HOME=/opt/java/openjdk \
    ENGINE_CACHE_DIR=/opt/lesionstream/natives \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

USER 65532:65532
WORKDIR /scratch
# Beside the checkpoint store the one place that is written to; everything else may be read-only.
VOLUME /scratch
ENTRYPOINT ["/opt/java/openjdk/bin/java", \
            "-XX:MaxRAMPercentage=50", \
            "-XX:+ExitOnOutOfMemoryError", \
            "-XX:-UsePerfData", \
            "-XX:ErrorFile=/scratch/hs_err_pid%p.log", \
            "-Djava.io.tmpdir=/scratch", \
            "-Djna.library.path=/usr/local/cuda-11.8/targets/x86_64-linux/lib", \
            "-jar", "/opt/lesionstream/trainer/trainer.jar"]
