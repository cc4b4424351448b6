import { createHash } from 'node:crypto';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { type Result, succeed } from '../../core/failure.ts';
import { startDurable, unqualifiedArn } from './durable-starts.ts';
import { orAwsTrouble } from './trouble.ts';

/** Starts deliveries of webhooks. */
export interface DeliveryStarter {
  /** The name says which event goes to which webhook: a second start of that name sends nothing twice. */
  start(name: string, delivery: object): Promise<Result<void>>;
}

/** What Lambda takes as the name of a run. Ids of events may hold more than that. */
const isName = /^[A-Za-z0-9_-]{1,64}$/;
const nameOf = (name: string): string => (isName.test(name) ? name : createHash('sha256').update(name).digest('hex'));

/** Starts deliveries as durable runs of the function that sends webhooks. The role needs `lambda:InvokeFunction` on its alias. */
export const createLambdaDeliveries = (lambda: LambdaClient, functionArn: string): DeliveryStarter => {
  unqualifiedArn(functionArn);
  return {
    start: (name, delivery) =>
      orAwsTrouble('lambda:InvokeFunction', async () => {
        // a name that is taken is this event on its way to this webhook, told a second time
        await startDurable(lambda, functionArn, nameOf(name), JSON.stringify(delivery));
        return succeed(undefined);
      }),
  };
};
