import { describe, expect, it } from 'vitest';
import { type LambdaAnswer, lambdaApi } from '../../../test/support/lambda-api.ts';
import { createLambdaDeliveries } from './lambda-deliveries.ts';

const unqualified = 'arn:aws:lambda:eu-central-1:123456789012:function:gatehouse-deliver';
const delivery = { projectId: 'default', webhookId: 'whk-0123456789ab', event: { id: 'e1' } };

const starting = async (invoke: LambdaAnswer) => {
  const { asked, lambda } = await lambdaApi({ invoke });
  const { start } = createLambdaDeliveries(lambda, `${unqualified}:live`);
  const names = () => asked.map(({ request }) => String(request.headers['x-amz-durable-execution-name']));
  return { asked, start, names };
};

it('starts a run of the alias, asynchronously, by its name', async () => {
  const { asked, start, names } = await starting({ status: 202 });
  expect(await start('e1-whk-0123456789ab', delivery)).toEqual({ ok: true, value: undefined });
  const { request, body } = asked[0] ?? {};
  expect(decodeURIComponent(request?.url ?? '')).toBe(`/2015-03-31/functions/${unqualified}:live/invocations`);
  expect([request?.headers['x-amz-invocation-type'], names()]).toEqual(['Event', ['e1-whk-0123456789ab']]);
  expect(JSON.parse(body ?? '')).toEqual(delivery);
});

describe('a name that Lambda does not take', () => {
  it.each(['cls-0123456789ab-credential-2026-12-01T00:00:00.000Z-whk-0123456789ab', `${'x'.repeat(60)}-whk-1`])(
    'is told by another, always the same: %s',
    async (name) => {
      const { start, names } = await starting({ status: 202 });
      await start(name, delivery);
      await start(name, delivery);
      await start(`${name}2`, delivery);
      const [first, again, other] = names();
      expect(first).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
      expect([again === first, other === first]).toEqual([true, false]);
    },
  );
});

it('is content when the same delivery is on its way already, even told at another time', async () => {
  const { asked, start } = await starting({ status: 409, error: 'DurableExecutionAlreadyStartedException' });
  expect(await start('e1-whk-0123456789ab', delivery)).toEqual({ ok: true, value: undefined });
  expect(asked, 'and asks nothing else, so it needs no other right').toHaveLength(1);
});

it('fails when Lambda refuses, so that the event is told again', async () => {
  const { start } = await starting({ status: 429, error: 'TooManyRequestsException' });
  expect(await start('e1-whk-0123456789ab', delivery)).toMatchObject({ ok: false, failure: { code: 'timed-out' } });
});
