import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { GatehouseFunction } from './gatehouse-function.ts';

export interface EventsProps {
  readonly key: IKey;
  /** Whether every event also goes to a topic. */
  readonly notify: boolean;
}

/** What happened, for whoever wants to know: a bus of our own with an archive of a month, and if asked a topic. Events hold ids and counts, so the bus needs no key of its own. */
export class Events extends Construct {
  /** For people who add rules of their own. */
  readonly busName: string;
  private readonly bus: EventBus;
  private readonly topic: Topic | undefined;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, notify }: EventsProps) {
    super(scope, id);
    this.key = key;
    this.bus = new EventBus(this, 'Bus', { description: 'Gatehouse: scans, findings, schedules, waivers' });
    this.busName = this.bus.eventBusName;
    this.bus.archive('Archive', {
      description: 'Events of Gatehouse, to be replayed',
      eventPattern: { account: [Stack.of(this).account] },
      retention: Duration.days(30),
    });
    this.topic = notify ? new Topic(this, 'Topic', { displayName: 'Gatehouse events', masterKey: key, enforceSSL: true }) : undefined;
  }

  allowPublishing(from: GatehouseFunction): void {
    from.set('eventBus', this.bus.eventBusName);
    from.allow('EventsPublish', ['events:PutEvents'], [this.bus.eventBusArn]);
    if (!this.topic) return;
    from.set('topic', this.topic.topicArn);
    from.allow('TopicPublish', ['sns:Publish'], [this.topic.topicArn]);
    from.allow('TopicKey', ['kms:GenerateDataKey', 'kms:Decrypt'], [this.key.keyArn], {
      StringEquals: { 'kms:ViaService': `sns.${Stack.of(this).region}.amazonaws.com` },
    });
  }
}
