import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { metricDimensions, metricNames, metricNamespace } from '../core/environment.ts';

interface Watch {
  readonly id: string;
  /** What it means and what to do first: this is what a person reads at night. */
  readonly says: string;
  readonly metric: IMetric;
  /** The alarm is raised above it. */
  readonly above?: number;
  /** The alarm is raised below it. */
  readonly below?: number;
  /** No data is bad news (a clock that stopped) instead of none. */
  readonly silenceIsBad?: boolean;
}

const minutes = (count: number) => ({ period: Duration.minutes(count) });
/** A number that a function counts itself. */
const own = (metricName: keyof typeof metricNames, statistic: string, period: Duration): Metric =>
  new Metric({ namespace: metricNamespace, dimensionsMap: metricDimensions, metricName: metricNames[metricName], statistic, period });

/** All alarms of a deployment, and whom they tell. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  private readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, topic?: ITopic) {
    super(scope, id);
    this.topic = topic;
  }

  watchFunction(name: string, fn: IFunction, toleratedErrors: number): void {
    this.watch({
      id: `${name}-errors`,
      says: `The function ${name} ends with errors; its log says which.`,
      metric: fn.metricErrors(minutes(5)),
      above: toleratedErrors,
    });
    this.watch({
      id: `${name}-throttles`,
      says: `Lambda refuses to start ${name}: the account's limit of concurrent runs is reached. Ask AWS for more, or spread the schedules.`,
      metric: fn.metricThrottles(minutes(5)),
      above: 0,
    });
  }

  watchDeadLetters(of: string, queue: IQueue): void {
    this.watch({
      id: `${of}-dead-letters`,
      says: `Something that ${of} should have done was given up. Read the message in the queue, repair the cause, then send it again or delete it.`,
      metric: queue.metricApproximateNumberOfMessagesVisible({ ...minutes(1), statistic: 'max' }),
      above: 0,
    });
  }

  /** Schedules run late, or nobody looks for due ones any more. */
  watchSchedules(dispatch: IFunction): void {
    this.watch({
      id: 'schedules-overdue',
      says: 'The oldest due schedule is more than 15 minutes late. Look at the log of dispatch, then at the caps of its project.',
      metric: own('oldestOverdue', 'max', Duration.minutes(5)),
      above: 15 * 60,
    });
    this.watch({
      id: 'clock-stopped',
      says: 'Nobody has looked for due schedules for ten minutes. Look whether the rule of the minute is enabled.',
      metric: dispatch.metricInvocations(minutes(10)),
      below: 1,
      silenceIsBad: true,
    });
  }

  watchScans(failedScans: number): void {
    this.watch({
      id: 'scans-failed',
      says: `At least ${failedScans} scans failed within an hour. Each says why in its record; many at once point at the network or at credentials.`,
      metric: own('scansFailed', 'sum', Duration.hours(1)),
      above: failedScans - 1,
    });
  }

  watchApi(serverErrors: IMetric): void {
    this.watch({ id: 'api-server-errors', says: 'The API answers with 5xx; the log of api says why.', metric: serverErrors, above: 0 });
  }

  private watch({ id, says, metric, above, below, silenceIsBad = false }: Watch): void {
    const alarm = new Alarm(this, id, {
      alarmDescription: says,
      metric,
      threshold: below ?? above ?? 0,
      evaluationPeriods: 1,
      comparisonOperator: below === undefined ? ComparisonOperator.GREATER_THAN_THRESHOLD : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic));
    this.all.push(alarm);
  }
}
