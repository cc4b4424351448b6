import { afterEach, expect, it, vi } from 'vitest';
import { metricDimensions, metricNames, metricNamespace } from '../../lib/core/environment.ts';
import { count } from './count.ts';

afterEach(() => vi.restoreAllMocks());

it('writes numbers under the very namespace, name and dimension that alarms watch', () => {
  const lines: string[] = [];
  // the metrics library writes through a console of its own
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  count({ scansFailed: 2, oldestOverdue: 0 });
  const line = JSON.parse(lines.find((one) => one.includes('_aws')) ?? '{}');
  expect(line).toMatchObject({ ...metricDimensions, [metricNames.scansFailed]: 2, [metricNames.oldestOverdue]: 0 });
  const [written] = line._aws.CloudWatchMetrics;
  expect([written.Namespace, written.Dimensions]).toEqual([metricNamespace, [Object.keys(metricDimensions)]]);
});
