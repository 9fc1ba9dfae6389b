package org.lesionstream.worker.architecture.violations.sql.worker.publish;

import javax.sql.DataSource;

/** Tables where only Kafka belongs. */
record KnowsTables(DataSource database) {}
