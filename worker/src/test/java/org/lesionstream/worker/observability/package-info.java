/** What operators get, checked against what the worker shows: metrics, alerts, dashboards, runbook, traces and logs. */
package org.lesionstream.worker.observability;
