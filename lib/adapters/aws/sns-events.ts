import { PublishBatchCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { EventPublisher, GatehouseEvent } from '../../ports/events.ts';
import { cloudEventOf } from '../rules/events.ts';
import { publishInBatches, type Refused } from './batches.ts';

export interface SnsOptions {
  readonly topicArn: string;
  readonly pause?: (ms: number) => Promise<unknown>;
}

const text = (value: string) => ({ DataType: 'String', StringValue: value });

/** Events on an SNS topic, for people who want mail: the message is the CloudEvent, and the attributes `type` and `subject` are there for filter policies. */
export const createSnsEvents = (client: SNSClient, { topicArn, pause }: SnsOptions): EventPublisher =>
  publishInBatches({
    action: 'sns:Publish',
    pause,
    send: async (events: readonly GatehouseEvent[]): Promise<readonly Refused[]> => {
      const entries = events.map((event, at) => ({
        // ids of events may hold characters that ids of entries may not
        Id: String(at),
        Message: JSON.stringify(cloudEventOf(event)),
        MessageAttributes: { type: text(event.type), subject: text(event.subject) },
      }));
      const { Failed = [] } = await client.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries: entries }));
      return Failed.flatMap(({ Id, Code = 'unknown' }) => {
        const event = events[Number(Id)];
        return event ? [{ event, code: Code }] : [];
      });
    },
  });
