import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Alarms } from './alarms.ts';

export interface DeadLettersProps {
  readonly alarms: Alarms;
  /** Whose they are, for the name of the alarm. */
  readonly of: string;
}

/** Where an invocation ends that could not be delivered or handled: kept for two weeks, and one is enough for an alarm. They hold names and ids only. */
export class DeadLetters extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, { alarms, of }: DeadLettersProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.queue, 'SQS3', 'This is a dead letter queue; what is in it waits for a person.');
    alarms.watchDeadLetters(of, this.queue);
  }
}
