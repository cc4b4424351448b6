import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly key: IKey;
  readonly email?: string;
}

/** Whom alarms tell. There also without an address, so that a pager can subscribe later. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { key, email }: AlarmTopicProps) {
    super(scope, id);
    const topic = new Topic(this, 'Topic', { displayName: 'Gatehouse alarms', masterKey: key, enforceSSL: true });
    if (email) topic.addSubscription(new EmailSubscription(email));
    this.topic = topic;
  }
}
