package org.lesionstream.worker.architecture.violations.kafka.worker.persist;

import org.apache.kafka.common.TopicPartition;

/** Kafka where only SQL belongs. */
record KnowsKafka(TopicPartition partition) {}
