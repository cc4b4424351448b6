import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { metricDimensions, metricNames, metricNamespace } from '../../lib/core/environment.ts';

type Fields = Readonly<Record<string, string | number | undefined>>;

const logger = new Logger({ serviceName: metricDimensions.service });
const metrics = new Metrics({ namespace: metricNamespace, serviceName: metricDimensions.service });

/** One line of the operational log: a code that never changes, and fields. */
export const log = (code: string, fields: Fields = {}): void => logger.info(code, { ...fields });
/** The same where a level is named. */
export const logAt = (level: 'info' | 'error', code: string, fields: Fields = {}): void => logger[level](code, { ...fields });

/** Numbers that alarms and the dashboard watch, written at once. */
export const count = (numbers: Partial<Readonly<Record<keyof typeof metricNames, number>>>): void => {
  for (const [name, value] of Object.entries(numbers)) {
    const unit = name === 'oldestOverdue' ? MetricUnit.Seconds : MetricUnit.Count;
    metrics.addMetric(metricNames[name as keyof typeof metricNames], unit, value);
  }
  metrics.publishStoredMetrics();
};
