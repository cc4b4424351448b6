import { expect, it } from 'vitest';
import { failed, succeed } from '../../core/failure.ts';
import type { GatehouseEvent } from '../../ports/events.ts';
import { createWebhookPublisher } from './publisher.ts';
import type { WebhookSender, WebhookTarget } from './sender.ts';

const event = (id: string): GatehouseEvent => ({
  id,
  type: 'scan.failed',
  subject: 'projects/default',
  time: '2026-11-27T10:00:00.000Z',
  data: {},
});
const target = (id: string, active = true): WebhookTarget => ({ id, url: 'https://a.test', secretName: id, active });

const recording = () => {
  const sent: string[] = [];
  const send: WebhookSender['send'] = async ({ id }, { id: eventId }) => {
    await Promise.resolve();
    sent.push(`${eventId} to ${id}`);
    return succeed({ eventId, isSucceeded: false, message: 'The receiver is down.', time: '2026-11-27T10:00:00.000Z', tries: 5 });
  };
  return { sent, send };
};

it('sends every event to those who want it and are switched on; a receiver that is down is no failure', async () => {
  const sender = recording();
  const targetsOf = async ({ id }: GatehouseEvent) =>
    succeed(id === 'e1' ? [target('a'), target('off', false)] : [target('a'), target('b')]);
  expect(await createWebhookPublisher({ sender, targetsOf }).publish([event('e1'), event('e2')])).toEqual({ ok: true, value: undefined });
  expect(sender.sent).toEqual(['e1 to a', 'e2 to a', 'e2 to b']);
});

it('sends nothing when it is not known to whom, so that all can be tried again', async () => {
  const sender = recording();
  const targetsOf = async ({ id }: GatehouseEvent) =>
    id === 'e1' ? succeed([target('a')]) : failed('timed-out', 'The store is slow; try again.');
  expect(await createWebhookPublisher({ sender, targetsOf }).publish([event('e1'), event('e2')])).toMatchObject({
    failure: { code: 'timed-out' },
  });
  expect(sender.sent).toEqual([]);
});

it('leaves the sending to the background when there is one', async () => {
  const sender = recording();
  const background: Promise<void>[] = [];
  const inBackground = (deliveries: Promise<void>): void => void background.push(deliveries);
  await createWebhookPublisher({ sender, targetsOf: async () => succeed([target('a')]), inBackground }).publish([event('e1')]);
  expect(background).toHaveLength(1);
  await Promise.all(background);
  expect(sender.sent).toEqual(['e1 to a']);
});
