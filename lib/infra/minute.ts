import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { DeadLetters } from './dead-letters.ts';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface MinuteProps {
  readonly dispatch: GatehouseFunction;
  readonly alarms: Alarms;
}

/** The only clock of a deployment, whatever the size of the fleet: every minute somebody looks which schedules are due. */
export class Minute extends Construct {
  constructor(scope: Construct, id: string, { dispatch, alarms }: MinuteProps) {
    super(scope, id);
    // this queue holds ticks that did not reach Lambda; those that the function failed at are in its own
    const { queue } = new DeadLetters(this, 'DeadLetters', { alarms, of: 'minute' });
    new Rule(this, 'Rule', {
      description: 'Gatehouse: starts the scans that are due',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(dispatch.alias, { deadLetterQueue: queue, retryAttempts: 2, maxEventAge: Duration.minutes(2) })],
    });
  }
}
