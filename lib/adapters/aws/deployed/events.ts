import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { succeed } from '../../../core/failure.ts';
import type { EventPublisher } from '../../../ports/events.ts';
import { createEventBridgeEvents } from '../eventbridge-events.ts';
import { createSnsEvents } from '../sns-events.ts';

/** The bus, then the topic where there is one. A failure of either is the answer: publishing again is harmless, receivers know events by their id. */
export const openEvents = (bus: string, topicArn: string | undefined): EventPublisher => {
  const publishers = [
    createEventBridgeEvents(new EventBridgeClient({}), { bus }),
    ...(topicArn === undefined ? [] : [createSnsEvents(new SNSClient({}), { topicArn })]),
  ];
  return {
    publish: async (events) => {
      for (const publisher of publishers) {
        const told = await publisher.publish(events);
        if (!told.ok) return told;
      }
      return succeed(undefined);
    },
  };
};
