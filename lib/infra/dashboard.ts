import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricDimensions, metricNames, metricNamespace } from '../core/environment.ts';
import type { Alarms } from './alarms.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface OverviewProps {
  readonly alarms: Alarms;
  readonly functions: readonly GatehouseFunction[];
}

const period = Duration.minutes(5);
const own = (metricName: keyof typeof metricNames, statistic: string): IMetric =>
  new Metric({ namespace: metricNamespace, dimensionsMap: metricDimensions, metricName: metricNames[metricName], statistic, period });
const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 12 });

/** One page for whoever is on call: alarms first, then scans, schedules and functions. */
export class Overview extends Construct {
  constructor(scope: Construct, id: string, { alarms, functions }: OverviewProps) {
    super(scope, id);
    const each = (pick: (fn: GatehouseFunction) => IMetric): IMetric[] => functions.map(pick);
    new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) }).addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: 24 }),
      graph('Scans', [own('scansStarted', 'sum'), own('scansCompleted', 'sum'), own('scansFailed', 'sum'), own('slotsSkipped', 'sum')]),
      graph('Oldest due schedule: seconds late', [own('oldestOverdue', 'max')]),
      graph(
        'Runs',
        each(({ alias }) => alias.metricInvocations({ period })),
      ),
      graph(
        'Errors',
        each(({ alias }) => alias.metricErrors({ period })),
      ),
      graph(
        'Duration, 99 of 100 below',
        each(({ alias }) => alias.metricDuration({ period, statistic: 'p99' })),
      ),
      graph(
        'Throttled',
        each(({ alias }) => alias.metricThrottles({ period })),
      ),
    );
  }
}
