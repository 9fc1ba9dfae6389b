# The worker on processors. Build it with `deploy/container/build.sh worker-cpu`, from a project that was built without a profile.
#
# There is no RUN: every file comes from the base image or from a COPY below, so `layout.sh` can make the same tree without Docker.
FROM eclipse-temurin:17-jre-jammy

ARG VERSION=unversioned
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Lesionstream worker (CPU)" \
      org.opencontainers.image.description="Segments the images of Kafka jobs on the processor" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# What changes seldom comes first, so that an upgrade pulls the small layers only.
COPY deploy/container/target/natives/cpu/cache/ /opt/lesionstream/natives/
COPY deploy/container/target/natives/cpu/worker/ /opt/lesionstream/worker/lib/main/
COPY worker/target/quarkus-app/lib/ /opt/lesionstream/worker/lib/
COPY worker/target/quarkus-app/quarkus/ /opt/lesionstream/worker/quarkus/
COPY worker/target/quarkus-app/app/ /opt/lesionstream/worker/app/
COPY worker/target/quarkus-app/quarkus-run.jar /opt/lesionstream/worker/quarkus-run.jar
COPY deploy/container/target/sbom/worker/ /opt/lesionstream/
COPY LICENSE /opt/lesionstream/LICENSE
COPY --chown=65532:65532 deploy/container/scratch/ /scratch/

# The natives are unpacked above; without ENGINE_CACHE_DIR the engine would unpack them at the first start, into a home that nobody has.
ENV LANG=C.UTF-8 \
    JAVA_HOME=/opt/java/openjdk \
    ENGINE_CACHE_DIR=/opt/lesionstream/natives \
    LESIONSTREAM_INFERENCE_DEVICE=cpu

USER 65532:65532
WORKDIR /scratch
# The one place that is written to; everything else may be read-only. Programs must be allowed there (a tmpfs needs the option exec): libraries for
# compressed messages unpack themselves into it.
VOLUME /scratch
EXPOSE 8080
# Half of the memory for the heap: the engine's is outside of it. A worker without memory ends and is started again; it writes no dump, for
# that would hold pictures of patients.
ENTRYPOINT ["/opt/java/openjdk/bin/java", \
            "-XX:MaxRAMPercentage=50", \
            "-XX:+ExitOnOutOfMemoryError", \
            "-XX:-UsePerfData", \
            "-XX:ErrorFile=/scratch/hs_err_pid%p.log", \
            "-Djava.io.tmpdir=/scratch", \
            "-jar", "/opt/lesionstream/worker/quarkus-run.jar"]
