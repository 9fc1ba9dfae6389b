package org.lesionstream.worker.architecture.violations.pipeline.worker.api;

import org.lesionstream.worker.pipeline.PipelineStatus;

/** A resource that looks into the pipeline. */
record AsksThePipeline(PipelineStatus status) {}
