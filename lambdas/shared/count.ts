import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricDimensions, metricNames, metricNamespace } from '../../lib/core/environment.ts';

const metrics = new Metrics({ namespace: metricNamespace, serviceName: metricDimensions.service });

/** Numbers that alarms and the dashboard watch, written at once. */
export const count = (numbers: Partial<Readonly<Record<keyof typeof metricNames, number>>>): void => {
  for (const [name, value] of Object.entries(numbers)) {
    const unit = name === 'oldestOverdue' ? MetricUnit.Seconds : MetricUnit.Count;
    metrics.addMetric(metricNames[name as keyof typeof metricNames], unit, value);
  }
  metrics.publishStoredMetrics();
};
