import { expect, it } from 'vitest';
import { endOldSecret, rotateSecret, secretText, signWebhook, verifyWebhook } from './webhook-signature.ts';

// The example of the specification of Standard Webhooks.
const known = { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' };
const body = '{"test": 2432232314}';
const now = '2021-02-25T01:08:50.000Z';
const old = secretText(new Uint8Array(32).fill(1));
const fresh = secretText(new Uint8Array(32).fill(2));
const signed = (stored: string) => {
  const headers = signWebhook(stored, known.id, now, body);
  if (!headers) throw new Error('not signed');
  return headers;
};

it('signs as the published test vector of Standard Webhooks wants it', () => {
  expect(signWebhook(known.secret, known.id, new Date(1_614_265_330_000).toISOString(), body)).toEqual({
    'webhook-id': known.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('signs with both secrets while one is replaced, and receivers with either take it', () => {
  const both = rotateSecret(old, fresh);
  expect(both).toBe(`${fresh} ${old}`);
  expect(rotateSecret(both, 'whsec_x')).toBe(`whsec_x ${fresh}`);
  expect(endOldSecret(both)).toBe(fresh);
  const headers = signed(both);
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
  for (const one of [old, fresh, both]) expect(verifyWebhook(one, headers, body, now)).toEqual({ ok: true, value: { id: known.id } });
  expect(verifyWebhook(known.secret, headers, body, now)).toMatchObject({ ok: false });
});

it('signs with no secret that is none', () => {
  for (const stored of ['', 'hello', 'whsec_c2hvcnQ=']) expect(signWebhook(stored, 'a', now, body)).toBeUndefined();
  expect(() => secretText(new Uint8Array(23))).toThrow('24–64 bytes');
});

it('takes bytes and text alike', () => {
  expect(verifyWebhook(old, signed(old), Buffer.from(body), now)).toMatchObject({ ok: true });
});

const unsigned = /^The message is not signed/;
const stale = /^The message was signed more than 300 seconds ago or ahead/;
const wrong = /^The signature of the message does not fit its body/;
it.each([
  ['another body', {}, `${body} `, now, wrong],
  ['another id', { 'webhook-id': 'x' }, body, now, wrong],
  ['another time', { 'webhook-timestamp': '1614215331' }, body, now, wrong],
  ['a cut signature', { 'webhook-signature': 'v1,g0hM' }, body, now, wrong],
  ['no known version', { 'webhook-signature': 'v2,g0hM' }, body, now, wrong],
  ['an old message', {}, body, '2021-02-25T01:13:51.000Z', stale],
  ['one from the future', {}, body, '2021-02-25T01:03:49.000Z', stale],
  ['a time that is none', { 'webhook-timestamp': '1e9' }, body, now, stale],
  ['no signature', { 'webhook-signature': undefined }, body, now, unsigned],
  ['a repeated header', { 'webhook-id': ['a', 'b'] }, body, now, unsigned],
  ['an id with a full stop', { 'webhook-id': 'a.1' }, body, now, unsigned],
])('refuses %s', (_, change, text, at, say) => {
  expect(verifyWebhook(old, signed(old), body, now)).toMatchObject({ ok: true });
  expect(verifyWebhook(old, { ...signed(old), ...change }, text, at)).toMatchObject({
    ok: false,
    failure: { code: 'credential-refused', say: expect.stringMatching(say) },
  });
});
